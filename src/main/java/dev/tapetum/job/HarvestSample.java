package dev.tapetum.job;

import dev.tapetum.UserError;
import dev.tapetum.probe.PixelRanking;
import dev.tapetum.probe.Seeds;
import dev.tapetum.table.ActivationRow;
import java.util.Arrays;
import java.util.Iterator;

/**
 * Tokens of a harvest from which normalisation and first weights are made: a few of every image, of as many images as it takes, since
 * those of one image are alike. Shards are drawn by a hash of image ids, so the images of the first files are a random sample.
 */
final class HarvestSample {

    /** 128 MiB: of 768 channels some 43,000 tokens. */
    private static final int MOST_FLOATS = 1 << 25;

    private static final int PER_IMAGE = 32;

    private HarvestSample() {}

    /**
     * Draws the sample.
     *
     * @return tokens as they were harvested, row by row
     * @throws UserError if there is none, or a row is of another width
     */
    static float[] draw(Iterator<ActivationRow> rows, int width, long seed) {
        float[] sample = new float[MOST_FLOATS / width * width];
        int filled = 0;
        while (filled < sample.length && rows.hasNext()) {
            ActivationRow row = rows.next();
            if (row.width() != width) {
                throw TokenBlocks.otherWidth(row, width);
            }

            float[] tokens = row.tokens();
            int count = tokens.length / width;
            PixelRanking order = PixelRanking.random(
                    count, Math.min(PER_IMAGE, count), Seeds.of(seed, "sample " + row.imageId(), 0));
            for (int i = 0; i < Math.min(PER_IMAGE, count) && filled < sample.length; i++) {
                System.arraycopy(tokens, order.pixel(i) * width, sample, filled, width);
                filled += width;
            }
        }

        if (filled == 0) {
            throw new UserError("No token was harvested, so there is nothing to train on");
        }

        return Arrays.copyOf(sample, filled);
    }
}
