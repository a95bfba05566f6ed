package dev.tapetum.image;

import java.io.Serializable;
import java.util.Objects;

/**
 * The way from a decoded image to the input of a model, equal to torchvision's {@code Resize}, {@code CenterCrop}, {@code
 * ToTensor} and {@code Normalize} on a Pillow image.
 *
 * <p>The geometric half, {@link #frame}, gives the 8-bit pixels that a person would call what the model sees; the
 * arithmetic half, {@link #normalise}, gives the numbers.
 *
 * @param width columns of the model's input
 * @param height rows of the model's input
 * @param resize how the image is scaled
 * @param crop what is cut out of the scaled image
 * @param interpolation the filter of the scaling
 * @param mean what is subtracted from a sample on [0, 1]
 * @param std what the difference is divided by, none of it zero
 */
public record Preprocessing(
        int width, int height, Resize resize, Crop crop, Interpolation interpolation, PerChannel mean, PerChannel std)
        implements Serializable {

    public Preprocessing {
        Objects.requireNonNull(resize);
        Objects.requireNonNull(crop);
        Objects.requireNonNull(interpolation);
        Objects.requireNonNull(mean);

        if (width < 1 || height < 1 || (long) width * height > RgbImage.MAX_PIXELS) {
            throw new IllegalArgumentException("A model's input cannot be " + width + "x" + height);
        }

        if (std.red() == 0 || std.green() == 0 || std.blue() == 0) {
            throw new IllegalArgumentException("The standard deviation must not be zero: " + std);
        }
    }

    /**
     * Scales and crops an image to {@code width} x {@code height}.
     *
     * <p>Only the part that the crop keeps is ever computed.
     *
     * @throws RejectedImageException WRONG_SIZE when nothing is cropped and the scaled image does not have the size of the
     *     input; TOO_MANY_PIXELS when the image is so long and thin that scaling it would need more than 256 MiB
     */
    public RgbImage frame(RgbImage image) throws RejectedImageException {
        return frame(image, interpolation);
    }

    /**
     * The mask of an image in the geometry of the model's input: same scaling and crop, but with the nearest pixel, and
     * outside of the mask where the crop has to add a border.
     *
     * @param mask a picture of the decoded image's size whose pixels are inside where they are not black
     * @param imageWidth the width of the image that the mask belongs to, after decoding
     * @param imageHeight its height
     * @return {@code height} rows of {@code width} values
     * @throws RejectedImageException BAD_MASK when the mask does not have the image's size, else as {@link #frame}
     */
    public boolean[] frameMask(RgbImage mask, int imageWidth, int imageHeight) throws RejectedImageException {
        if (mask.width() != imageWidth || mask.height() != imageHeight) {
            throw new RejectedImageException(
                    RejectReason.BAD_MASK,
                    "The mask has %dx%d pixels, its image %dx%d"
                            .formatted(mask.width(), mask.height(), imageWidth, imageHeight));
        }

        byte[] rgb = frame(mask, Interpolation.NEAREST).rgb();
        boolean[] inside = new boolean[width * height];

        for (int i = 0; i < inside.length; i++) {
            inside[i] = (rgb[3 * i] | rgb[3 * i + 1] | rgb[3 * i + 2]) != 0;
        }

        return inside;
    }

    /**
     * The numbers that the model receives: (v / 255 - mean) / std in single precision.
     *
     * @param framed an image of {@code width} x {@code height}
     * @return the red plane, then green, then blue, each row by row
     */
    public float[] normalise(RgbImage framed) {
        if (framed.width() != width || framed.height() != height) {
            throw new IllegalArgumentException("Expected " + width + "x" + height + ", not " + framed);
        }

        int plane = width * height;
        float[] planes = new float[3 * plane];

        for (int channel = 0; channel < 3; channel++) {
            float[] values = values(channel);
            int from = channel;

            for (int to = channel * plane; to < (channel + 1) * plane; to++, from += 3) {
                planes[to] = values[framed.rgb()[from] & 0xFF];
            }
        }

        return planes;
    }

    private float[] values(int channel) {
        float[] values = new float[256];

        for (int v = 0; v < values.length; v++) {
            values[v] = (v / 255f - (float) mean.of(channel)) / (float) std.of(channel);
        }

        return values;
    }

    private RgbImage frame(RgbImage image, Interpolation filter) throws RejectedImageException {
        Resize.Size scaled =
                resize.scaled(new Resize.Size(image.width(), image.height()), new Resize.Size(width, height));

        if (crop == Crop.NONE && (scaled.width() != width || scaled.height() != height)) {
            throw new RejectedImageException(
                    RejectReason.WRONG_SIZE,
                    "%dx%d pixels after resize %s, the model takes %dx%d"
                            .formatted(scaled.width(), scaled.height(), resize, width, height));
        }

        Span columns = Span.centred(scaled.width(), width);
        Span rows = Span.centred(scaled.height(), height);
        Resampler.Region part = new Resampler.Region(columns.from, rows.from, columns.length, rows.length);

        if (!Resampler.isFeasible(image, scaled.width(), scaled.height(), part)) {
            throw new RejectedImageException(
                    RejectReason.TOO_MANY_PIXELS,
                    "%dx%d pixels cannot be resized to %dx%d in reasonable memory"
                            .formatted(image.width(), image.height(), scaled.width(), scaled.height()));
        }

        RgbImage cropped = Resampler.resize(image, (int) scaled.width(), (int) scaled.height(), part, filter);

        return cropped.width() == width && cropped.height() == height ? cropped : bordered(cropped, columns, rows);
    }

    private RgbImage bordered(RgbImage inner, Span columns, Span rows) {
        byte[] rgb = new byte[3 * width * height];

        for (int y = 0; y < rows.length; y++) {
            int to = 3 * ((rows.border + y) * width + columns.border);
            System.arraycopy(inner.rgb(), 3 * y * columns.length, rgb, to, 3 * columns.length);
        }

        return new RgbImage(width, height, rgb);
    }

    /**
     * One axis of the crop.
     *
     * @param from the first kept pixel of the scaled image
     * @param length how many are kept
     * @param border the black pixels before them
     */
    private record Span(int from, int length, int border) {
        static Span centred(long available, int wanted) {
            if (available < wanted) {
                return new Span(0, (int) available, (int) (wanted - available) / 2);
            }

            // Half to even, as Python's round. Beyond an int the resize is refused anyway.
            return new Span((int) Math.rint((available - wanted) / 2.0), wanted, 0);
        }
    }
}
