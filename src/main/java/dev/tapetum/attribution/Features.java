package dev.tapetum.attribution;

import dev.tapetum.model.InputSpec;
import dev.tapetum.probe.PixelLabels;
import dev.tapetum.spec.Discriminator;
import java.io.Serializable;

/** What a method switches on and off as one: how an image is cut up into parts. */
@Discriminator("features")
public sealed interface Features extends Serializable permits Features.Grid, Features.Superpixels {

    /** Parts of one image, at most: each is a question to the model or a column of a regression. */
    int MOST_PARTS = 2000;

    /** The parts of one subject; every pixel is in one. */
    PixelLabels of(Subject subject);

    /**
     * Cells of a grid, the same for every image. A cell is as nearly square as the image, and a pixel belongs to the cell that
     * its upper left corner lies in.
     *
     * @param cells cells along each side, at most 44; as many as there are pixels if there are fewer
     */
    record Grid(int cells) implements Features {

        private static final int MOST_CELLS = (int) Math.sqrt(MOST_PARTS);

        public Grid {
            if (cells < 1 || cells > MOST_CELLS) {
                throw new IllegalArgumentException(
                        "cells is the number of cells along each side, from 1 to " + MOST_CELLS + ", not " + cells);
            }
        }

        @Override
        public PixelLabels of(Subject subject) {
            InputSpec input = subject.input();
            int down = Math.min(cells, input.height());
            int across = Math.min(cells, input.width());
            int[] marks = new int[input.pixels()];
            for (int i = 0; i < marks.length; i++) {
                int row = i / input.width() * down / input.height();
                int col = i % input.width() * across / input.width();
                marks[i] = row * across + col;
            }

            return PixelLabels.of(marks);
        }
    }

    /**
     * Segments that follow the image's own edges, see {@link GraphSegmentation}.
     *
     * @param scale how different neighbours may be within a segment, on pixels of 0 to 255; larger makes larger segments
     * @param sigma standard deviation in pixels of the blur before, or 0 for none
     * @param minSize the smallest segment, as a share of the image's pixels, at least 0.0005
     */
    record Superpixels(double scale, double sigma, double minSize) implements Features {

        public Superpixels {
            check(scale, sigma, minSize);
        }

        @Override
        public PixelLabels of(Subject subject) {
            return GraphSegmentation.of(subject, sigma)
                    .segments(scale, minSize * subject.input().pixels());
        }

        static void check(double scale, double sigma, double minSize) {
            if (!(scale > 0)) {
                throw new IllegalArgumentException("scale is above zero, not " + scale);
            }

            if (!(sigma >= 0)) {
                throw new IllegalArgumentException("sigma is in pixels, zero or more, not " + sigma);
            }

            if (!(minSize >= 1.0 / MOST_PARTS && minSize <= 1)) {
                throw new IllegalArgumentException(
                        "min-size is a share of the pixels, from 0.0005 to 1, since an image is cut into at most "
                                + MOST_PARTS + " parts, not " + minSize);
            }
        }
    }
}
