package dev.tapetum.model;

import java.io.Serializable;
import java.util.Objects;

/**
 * What is known about an instruction-guided latent diffusion model before it is loaded.
 *
 * @param name how errors call it
 * @param height of its images, in pixels
 * @param width of its images, in pixels
 * @param latent what its images are encoded as
 * @param tokens how instructions are cut into tokens
 * @param schedule of the noise
 */
public record EditorCard(String name, int height, int width, Latent latent, Tokens tokens, NoiseSchedule schedule)
        implements Serializable {

    /** Colour channels of its images. */
    public static final int CHANNELS = 3;

    public EditorCard {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(latent, "latent");
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(schedule, "schedule");
    }

    /** The shape of a latent. */
    public record Latent(int channels, int height, int width) implements Serializable {

        public Latent {
            if (channels < 1 || height < 1 || width < 1) {
                throw new IllegalArgumentException(
                        "a latent has at least one value, and is not " + channels + "x" + height + "x" + width);
            }
        }

        /** Numbers in one latent. */
        public int size() {
            return channels * height * width;
        }
    }

    /**
     * The tokens of an instruction.
     *
     * @param length how many there are of each; longer instructions are cut
     * @param pad what shorter ones are filled up with
     */
    public record Tokens(int length, long pad) implements Serializable {

        public Tokens {
            if (length < 2) {
                throw new IllegalArgumentException("length must be at least 2, not " + length);
            }
        }
    }

    /** Numbers in one image. */
    public int size() {
        return CHANNELS * height * width;
    }
}
