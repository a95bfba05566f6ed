package dev.tapetum.model;

import dev.tapetum.image.PlanarImage;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;

/**
 * The model's input space: planar images of {@code channels × height × width} floats, normalised per channel as
 * {@code (v − mean) / std} with {@code v} in [0, 1].
 *
 * @param mean one mean per channel, on the [0, 1] scale
 * @param std one standard deviation per channel, on the [0, 1] scale, each above zero
 */
public record InputSpec(int channels, int height, int width, List<Float> mean, List<Float> std)
        implements Serializable {

    public InputSpec {
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "An input needs at least one channel and pixel, not " + channels + "x" + height + "x" + width);
        }

        mean = List.copyOf(mean);
        std = List.copyOf(std);
        if (mean.size() != channels || std.size() != channels) {
            throw new IllegalArgumentException("An input of " + channels + " channels needs as many means and stds");
        }

        if (std.stream().anyMatch(s -> !(s > 0))) {
            throw new IllegalArgumentException("Every std must be above zero: " + std);
        }
    }

    /** An input that is used as it is: mean 0 and standard deviation 1 in every channel. */
    public static InputSpec raw(int channels, int height, int width) {
        return new InputSpec(
                channels, height, width, Collections.nCopies(channels, 0f), Collections.nCopies(channels, 1f));
    }

    /** Floats in one image. */
    public int size() {
        return channels * height * width;
    }

    /** Pixels in one channel. */
    public int pixels() {
        return height * width;
    }

    /** The normalised value, per channel, of a grey level {@code v} in [0, 1]. */
    public List<Float> level(float v) {
        Float[] values = new Float[channels];
        for (int c = 0; c < channels; c++) {
            values[c] = (v - mean.get(c)) / std.get(c);
        }

        return List.of(values);
    }

    /** Cuts every value off at its channel's black and white, in place. */
    public void clip(float[] image) {
        List<Float> black = level(0);
        List<Float> white = level(1);
        for (int i = 0; i < image.length; i++) {
            int channel = i / pixels();
            image[i] = Math.min(Math.max(image[i], black.get(channel)), white.get(channel));
        }
    }

    /** An image of this input before its normalisation, on the scale from 0 to 1. */
    public PlanarImage denormalised(float[] image) {
        float[] values = new float[size()];
        for (int c = 0; c < channels; c++) {
            float channelMean = mean.get(c);
            float channelStd = std.get(c);
            for (int i = c * pixels(); i < (c + 1) * pixels(); i++) {
                values[i] = image[i] * channelStd + channelMean;
            }
        }

        return new PlanarImage(channels, height, width, values);
    }

    /** The normalised values of an image of this input's shape. */
    public float[] normalised(PlanarImage image) {
        if (image.channels() != channels || image.height() != height || image.width() != width) {
            throw new IllegalArgumentException("An image of " + image.channels() + "x" + image.height() + "x"
                    + image.width() + " for an input of " + channels + "x" + height + "x" + width);
        }

        float[] values = new float[size()];
        for (int c = 0; c < channels; c++) {
            float channelMean = mean.get(c);
            float channelStd = std.get(c);
            for (int i = c * pixels(); i < (c + 1) * pixels(); i++) {
                values[i] = (image.values()[i] - channelMean) / channelStd;
            }
        }

        return values;
    }
}
