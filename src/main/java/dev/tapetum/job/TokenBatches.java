package dev.tapetum.job;

import dev.tapetum.UserError;
import dev.tapetum.sae.Normalisation;
import dev.tapetum.table.ActivationRow;
import java.util.Arrays;
import java.util.Iterator;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The batches that training sees, without an end: a harvest that is seen wholly is seen again, its files in another order. Tokens are
 * shuffled in blocks of some batches, which is as far as those of one image are carried apart; a block may reach from the end of the
 * harvest to its beginning. The batches are a function of the harvest, the sizes and the seed.
 */
final class TokenBatches implements Iterator<float[]>, AutoCloseable {

    /** What a block may take of the heap, 256 MiB, and how many batches are enough to mix well. */
    private static final int BLOCK_FLOATS = 1 << 26;

    private static final int MOST_BATCHES = 64;

    private final Epochs epochs;
    private final TokenBlocks blocks;
    private final Normalisation normalisation;
    private final float[] block;
    private final int batch;
    private int taken;

    /**
     * @param epochs opens the harvest to be read for the n-th time, n from 0
     * @param normalisation of the tokens, which come unnormalised
     * @param batch tokens of a batch
     */
    TokenBatches(IntFunction<ActivationFiles> epochs, Normalisation normalisation, int batch, long seed) {
        int width = normalisation.mean().length;
        this.epochs = new Epochs(epochs);
        this.blocks = new TokenBlocks(this.epochs, width, seed);
        this.normalisation = normalisation;
        this.batch = Math.multiplyExact(batch, width);
        this.block = new float[this.batch * Math.max(1, Math.min(MOST_BATCHES, BLOCK_FLOATS / this.batch))];
        this.taken = block.length;
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public float[] next() {
        return normalisation.apply(raw());
    }

    /** Passes over batches that were seen before. */
    void skip(long batches) {
        for (long i = 0; i < batches; i++) {
            refill();
            taken += batch;
        }
    }

    @Override
    public void close() {
        epochs.close();
    }

    private float[] raw() {
        refill();
        taken += batch;
        return Arrays.copyOfRange(block, taken - batch, taken);
    }

    private void refill() {
        if (taken == block.length) {
            blocks.read(block);
            taken = 0;
        }
    }

    /** The rows of the harvest again and again. */
    private static final class Epochs implements Iterator<ActivationRow>, AutoCloseable {

        private final IntFunction<ActivationFiles> open;
        private @Nullable ActivationFiles files;
        private int epoch;

        Epochs(IntFunction<ActivationFiles> open) {
            this.open = open;
        }

        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public ActivationRow next() {
            if (files == null || !files.hasNext()) {
                close();
                files = open.apply(epoch++);
                if (!files.hasNext()) {
                    throw new UserError("No token was harvested, so there is nothing to train on");
                }
            }

            return files.next();
        }

        @Override
        public void close() {
            if (files != null) {
                files.close();
            }
        }
    }
}
