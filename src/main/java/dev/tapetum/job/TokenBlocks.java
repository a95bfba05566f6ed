package dev.tapetum.job;

import dev.tapetum.UserError;
import dev.tapetum.spec.SplitMix64;
import dev.tapetum.table.ActivationRow;
import java.util.Iterator;

/**
 * Harvested feature vectors in blocks that are shuffled in themselves: an autoencoder must not meet the tokens of one image one
 * after the other, and a whole harvest does not fit into memory. Every token comes once.
 *
 * <p>How well it mixes is for the size of a block to say; which tokens meet in a block is for the order of the rows.
 */
public final class TokenBlocks {

    private final Iterator<ActivationRow> rows;
    private final int width;
    private final SplitMix64 random;
    private float[] row = {};
    private int taken;

    /**
     * @param rows in the order in which they are to be taken
     * @param width floats per token
     */
    public TokenBlocks(Iterator<ActivationRow> rows, int width, long seed) {
        if (width < 1) {
            throw new IllegalArgumentException("A token has at least one float, not " + width);
        }

        this.rows = rows;
        this.width = width;
        this.random = new SplitMix64(seed);
    }

    /**
     * Fills a block with the tokens that come next, in random order.
     *
     * @param block {@code tokens × width}
     * @return how many tokens there are in it now: fewer than it has room for at the end only, then 0
     * @throws UserError if a row is of another width
     */
    public int read(float[] block) {
        if (block.length == 0 || block.length % width != 0) {
            throw new IllegalArgumentException(block.length + " floats hold no whole number of tokens of " + width);
        }

        int filled = 0;
        while (filled < block.length && moreInRow()) {
            int length = Math.min(block.length - filled, row.length - taken);
            System.arraycopy(row, taken, block, filled, length);
            taken += length;
            filled += length;
        }

        int tokens = filled / width;
        shuffle(block, tokens);
        return tokens;
    }

    private boolean moreInRow() {
        if (taken == row.length && rows.hasNext()) {
            ActivationRow next = rows.next();
            if (next.width() != width) {
                throw otherWidth(next, width);
            }

            row = next.tokens();
            taken = 0;
        }

        return taken < row.length;
    }

    static UserError otherWidth(ActivationRow row, int width) {
        return new UserError("The activations of " + row.imageId() + " have " + row.width()
                + " channels, but the tap has " + width + ": harvest again");
    }

    /** Fisher and Yates, from the end. */
    private void shuffle(float[] block, int tokens) {
        float[] moved = new float[width];
        for (int i = tokens - 1; i > 0; i--) {
            int j = random.below(i + 1);
            System.arraycopy(block, i * width, moved, 0, width);
            System.arraycopy(block, j * width, block, i * width, width);
            System.arraycopy(moved, 0, block, j * width, width);
        }
    }
}
