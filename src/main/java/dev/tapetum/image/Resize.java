package dev.tapetum.image;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How an image is scaled before it is cropped to the model's input. */
public sealed interface Resize extends Serializable permits Resize.None, Resize.Stretch, Resize.ShorterSide {
    /** The size of the scaled image. */
    Size scaled(Size image, Size input);

    /**
     * Reads {@code none}, {@code stretch} or {@code shorter-side(N)}.
     *
     * @throws IllegalArgumentException when the text is none of them
     */
    static Resize parse(String text) {
        Matcher shorterSide =
                Pattern.compile("shorter-side\\(\\s*([1-9][0-9]{0,4})\\s*\\)").matcher(text.strip());

        if (shorterSide.matches()) {
            return new ShorterSide(Integer.parseInt(shorterSide.group(1)));
        }

        return switch (text.strip()) {
            case "none" -> new None();
            case "stretch" -> new Stretch();
            default ->
                throw new IllegalArgumentException("The resize must be none, stretch or shorter-side(N) with N from 1"
                        + " to 99999, for example shorter-side(256), not '" + text + "'");
        };
    }

    /**
     * Width and height in pixels, before anything of that size exists; therefore as wide as the numbers that an absurd
     * aspect ratio leads to.
     */
    record Size(long width, long height) {}

    /** The image keeps its size. */
    record None() implements Resize {
        @Override
        public Size scaled(Size image, Size input) {
            return image;
        }

        @Override
        public String toString() {
            return "none";
        }
    }

    /** The image takes the size of the model's input, whatever happens to its proportions. */
    record Stretch() implements Resize {
        @Override
        public Size scaled(Size image, Size input) {
            return input;
        }

        @Override
        public String toString() {
            return "stretch";
        }
    }

    /**
     * The shorter side takes a given length and the longer one keeps the proportion, cut to whole pixels: torchvision's
     * {@code Resize(size)}.
     *
     * @param size the wanted length of the shorter side, at least 1
     */
    record ShorterSide(int size) implements Resize {
        public ShorterSide {
            if (size < 1) {
                throw new IllegalArgumentException("The shorter side must have at least one pixel, not " + size);
            }
        }

        @Override
        public Size scaled(Size image, Size input) {
            long shorter = Math.min(image.width, image.height);
            long longer = Math.max(image.width, image.height);
            // A floating-point quotient, as in torchvision: the integer one may differ where the quotient rounds up.
            long scaledLonger = (long) ((double) (size * longer) / shorter);

            return image.width <= image.height ? new Size(size, scaledLonger) : new Size(scaledLonger, size);
        }

        @Override
        public String toString() {
            return "shorter-side(" + size + ")";
        }
    }
}
