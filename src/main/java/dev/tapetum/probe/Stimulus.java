package dev.tapetum.probe;

import dev.tapetum.image.ColourMap;
import dev.tapetum.image.PixelEdit;
import dev.tapetum.model.InputSpec;
import dev.tapetum.model.Painter;
import dev.tapetum.spec.SplitMix64;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * A changed input, described instead of drawn: what an image becomes, as a function of the image.
 *
 * <p>Stimuli nest, and {@link Original} is the leaf that stands for the image itself. {@link #render} defines what each
 * one means; a device may build the same tensor in its own way from what it already holds. Equal stimuli of one image
 * are the same question, which is how the scheduler answers a shared probe once.
 */
public sealed interface Stimulus
        permits Stimulus.Original,
                Stimulus.Solid,
                Stimulus.Blend,
                Stimulus.Noisy,
                Stimulus.Masked,
                Stimulus.Jittered,
                Stimulus.Blurred,
                Stimulus.UniformNoise,
                Stimulus.Farthest,
                Stimulus.Recoloured,
                Stimulus.Edited,
                Stimulus.Painted,
                Stimulus.Pixels {

    /** The one instance that everybody needs. */
    Stimulus ORIGINAL = new Original();

    /**
     * The pixels of this stimulus.
     *
     * @param image the image, {@link InputSpec#size()} normalised floats; never written to
     * @return as many floats; may be {@code image} itself
     */
    float[] render(float[] image, InputSpec input);

    /** Whether it is {@link Pixels} or made of them, so that whoever keeps it keeps a whole picture. */
    boolean holdsPixels();

    /** The image as it is. */
    record Original() implements Stimulus {

        @Override
        public boolean holdsPixels() {
            return false;
        }

        @Override
        public float[] render(float[] image, InputSpec input) {
            return image;
        }
    }

    /** One value per channel everywhere, in normalised units. */
    record Solid(List<Float> levels) implements Stimulus {

        /** Zero in normalised units: the mean colour of the normalisation. */
        public static Solid zero(InputSpec input) {
            return new Solid(Collections.nCopies(input.channels(), 0f));
        }

        public Solid {
            levels = List.copyOf(levels);
        }

        @Override
        public boolean holdsPixels() {
            return false;
        }

        @Override
        public float[] render(float[] image, InputSpec input) {
            float[] pixels = new float[input.size()];
            for (int c = 0; c < input.channels(); c++) {
                Arrays.fill(pixels, c * input.pixels(), (c + 1) * input.pixels(), levels.get(c));
            }

            return pixels;
        }
    }

    /** {@code from + alpha·(to − from)}, a point on the straight line between two stimuli. */
    record Blend(Stimulus from, Stimulus to, double alpha) implements Stimulus {

        public Blend {
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
        }

        @Override
        public boolean holdsPixels() {
            return from.holdsPixels() || to.holdsPixels();
        }

        @Override
        public float[] render(float[] image, InputSpec input) {
            float[] a = from.render(image, input);
            float[] b = to.render(image, input);
            float[] pixels = new float[a.length];
            float weight = (float) alpha;
            for (int i = 0; i < a.length; i++) {
                pixels[i] = a[i] + weight * (b[i] - a[i]);
            }

            return pixels;
        }
    }

    /**
     * {@code of + sigma·z} with {@code z} standard normal: the window of {@link NoiseField} that {@code seed} names.
     *
     * @param sigma standard deviation, in normalised units
     */
    record Noisy(Stimulus of, double sigma, long seed) implements Stimulus {

        public Noisy {
            Objects.requireNonNull(of, "of");
            if (!(sigma >= 0)) {
                throw new IllegalArgumentException("Noise needs a sigma of zero or more, not " + sigma);
            }
        }

        @Override
        public boolean holdsPixels() {
            return of.holdsPixels();
        }

        @Override
        public float[] render(float[] image, InputSpec input) {
            float[] pixels = of.render(image, input).clone();
            NoiseField field = NoiseField.standardNormal(pixels.length);
            int start = field.offset(seed, pixels.length);
            float scale = (float) sigma;
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] += scale * field.value(start + i);
            }

            return pixels;
        }
    }

    /** {@code of} outside a region of pixels, {@code fill} inside it, in all channels; a mixture where it is soft. */
    record Masked(Stimulus of, Stimulus fill, Region inside) implements Stimulus {

        public Masked {
            Objects.requireNonNull(of, "of");
            Objects.requireNonNull(fill, "fill");
            Objects.requireNonNull(inside, "inside");
        }

        @Override
        public boolean holdsPixels() {
            return of.holdsPixels() || fill.holdsPixels();
        }

        @Override
        public float[] render(float[] image, InputSpec input) {
            float[] pixels = of.render(image, input).clone();
            float[] filling = fill.render(image, input);
            float[] mask = new float[input.pixels()];
            inside.paint(mask, 0, input);
            for (int i = 0; i < pixels.length; i++) {
                float share = mask[i % mask.length];
                // Not as a sum of shares where there is only one: zero times an infinite value is not zero.
                if (share == 1) {
                    pixels[i] = filling[i];
                } else if (share != 0) {
                    pixels[i] += share * (filling[i] - pixels[i]);
                }
            }

            return pixels;
        }
    }

    /**
     * {@code of} with independent noise on every value, {@code size} of it on the [0, 1] scale of the pixels, and
     * then cut off at each channel's black and white: what comes out is an image.
     *
     * @param shape what is drawn: a sign, a uniform number in [−1, 1] or a standard normal one
     */
    record Jittered(Stimulus of, Shape shape, double size, long seed) implements Stimulus {

        /** The distribution of the noise, before it is scaled. */
        public enum Shape {
            SIGN,
            UNIFORM,
            NORMAL;

            private double draw(SplitMix64 random) {
                return switch (this) {
                    case SIGN -> random.nextLong() < 0 ? -1 : 1;
                    case UNIFORM -> 2 * random.nextOpenDouble() - 1;
                    case NORMAL -> random.nextNormal();
                };
            }
        }

        public Jittered {
            Objects.requireNonNull(of, "of");
            Objects.requireNonNull(shape, "shape");
            if (!(size >= 0)) {
                throw new IllegalArgumentException("Noise needs a size of zero or more, not " + size);
            }
        }

        @Override
        public boolean holdsPixels() {
            return of.holdsPixels();
        }

        @Override
        public float[] render(float[] image, InputSpec input) {
            float[] pixels = of.render(image, input).clone();
            SplitMix64 random = Seeds.stream(seed);
            for (int i = 0; i < pixels.length; i++) {
                double noise = size * shape.draw(random) / input.std().get(i / input.pixels());
                pixels[i] = (float) (pixels[i] + noise);
            }

            input.clip(pixels);
            return pixels;
        }
    }

    /** {@code of} under a Gaussian blur that reflects at the border, {@code sigma} in pixels. */
    record Blurred(Stimulus of, double sigma) implements Stimulus {

        public Blurred {
            Objects.requireNonNull(of, "of");
            if (!(sigma > 0)) {
                throw new IllegalArgumentException("A blur needs a sigma above zero, not " + sigma);
            }
        }

        @Override
        public boolean holdsPixels() {
            return of.holdsPixels();
        }

        @Override
        public float[] render(float[] image, InputSpec input) {
            return GaussianBlur.apply(of.render(image, input), input, sigma);
        }
    }

    /** Per value, black or white of its channel, whichever lies farther from {@code of}; white in the very middle. */
    record Farthest(Stimulus of) implements Stimulus {

        public Farthest {
            Objects.requireNonNull(of, "of");
        }

        @Override
        public boolean holdsPixels() {
            return of.holdsPixels();
        }

        @Override
        public float[] render(float[] image, InputSpec input) {
            float[] near = of.render(image, input);
            List<Float> black = input.level(0);
            List<Float> white = input.level(1);
            float[] pixels = new float[near.length];
            for (int i = 0; i < pixels.length; i++) {
                float low = black.get(i / input.pixels());
                float high = white.get(i / input.pixels());
                pixels[i] = near[i] - low > high - near[i] ? low : high;
            }

            return pixels;
        }
    }

    /** {@code of} with its colours changed, the same way in every pixel. */
    record Recoloured(Stimulus of, ColourMap map) implements Stimulus {

        public Recoloured {
            Objects.requireNonNull(of, "of");
            Objects.requireNonNull(map, "map");
        }

        @Override
        public boolean holdsPixels() {
            return of.holdsPixels();
        }

        @Override
        public float[] render(float[] image, InputSpec input) {
            return input.normalised(map.apply(input.denormalised(of.render(image, input))));
        }
    }

    /** {@code of} after a change that only the JVM can make; a program that asks about it draws it first, as {@link Pixels}. */
    record Edited(Stimulus of, PixelEdit edit) implements Stimulus {

        public Edited {
            Objects.requireNonNull(of, "of");
            Objects.requireNonNull(edit, "edit");
        }

        @Override
        public boolean holdsPixels() {
            return of.holdsPixels();
        }

        @Override
        public float[] render(float[] image, InputSpec input) {
            return input.normalised(edit.apply(input.denormalised(of.render(image, input))));
        }
    }

    /**
     * {@code of} as a painter changes it by an instruction. Painting costs far more than looking, so a device paints many at
     * once; {@link Ask#PIXELS} brings them to the program.
     *
     * @param textGuidance how strongly the instruction is followed
     * @param imageGuidance how strongly the picture is kept
     * @param steps sampling steps
     */
    record Painted(
            Stimulus of,
            Painter painter,
            String instruction,
            double textGuidance,
            double imageGuidance,
            int steps,
            long seed)
            implements Stimulus {

        public Painted {
            Objects.requireNonNull(of, "of");
            Objects.requireNonNull(painter, "painter");
            Objects.requireNonNull(instruction, "instruction");
        }

        @Override
        public boolean holdsPixels() {
            return of.holdsPixels();
        }

        @Override
        public float[] render(float[] image, InputSpec input) {
            return input.normalised(
                    painter.paint(List.of(commission(image, input))).get(0));
        }

        /** What the painter is told about an image. */
        public Painter.Commission commission(float[] image, InputSpec input) {
            return new Painter.Commission(
                    input.denormalised(of.render(image, input)), instruction, textGuidance, imageGuidance, steps, seed);
        }
    }

    /**
     * Pixels that a program made itself: the fallback for what no other stimulus describes, since they travel to the
     * device one by one. Two are equal only if they hold the very same array, so a device and a program can share
     * one.
     *
     * @param values {@link InputSpec#size()} normalised floats; never written to again
     */
    record Pixels(float[] values) implements Stimulus {

        @Override
        public boolean holdsPixels() {
            return true;
        }

        @Override
        public float[] render(float[] image, InputSpec input) {
            if (values.length != input.size()) {
                throw new IllegalArgumentException(values.length + " floats for an input of " + input.size());
            }

            return values;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Pixels pixels && pixels.values == values;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(values);
        }
    }

    /** Independent uniform values between each channel's black and white, drawn from {@code seed}. */
    record UniformNoise(long seed) implements Stimulus {

        @Override
        public boolean holdsPixels() {
            return false;
        }

        @Override
        public float[] render(float[] image, InputSpec input) {
            SplitMix64 random = Seeds.stream(seed);
            List<Float> black = input.level(0);
            List<Float> white = input.level(1);
            float[] pixels = new float[input.size()];
            for (int i = 0; i < pixels.length; i++) {
                int c = i / input.pixels();
                pixels[i] = black.get(c) + random.nextFloat() * (white.get(c) - black.get(c));
            }

            return pixels;
        }
    }
}
