package dev.tapetum.model.djl;

/**
 * How much of a batch is worked on at once. On the CPU the latents of a chunk should be small enough that the allocator hands the
 * same memory out again: beyond 32 MiB it returns every block to the system, and a matrix product then takes twice as long. On a GPU
 * what counts is that there are few calls, and that their results fit.
 *
 * @param rows tokens at a time, when all latents of each are computed
 * @param pairs active latents at a time, when a row of weights is copied for each
 */
record TokenChunks(int rows, int pairs) {

    private static final long CPU_FLOATS = 4L << 20;
    private static final long CPU_PAIR_FLOATS = 1L << 19;
    private static final long GPU_FLOATS = 256L << 20;
    private static final long GPU_PAIR_FLOATS = 64L << 20;

    static TokenChunks on(boolean gpu, int width, int features) {
        return gpu
                ? new TokenChunks(count(GPU_FLOATS, features), count(GPU_PAIR_FLOATS, width))
                : new TokenChunks(count(CPU_FLOATS, features), count(CPU_PAIR_FLOATS, width));
    }

    private static int count(long floats, int each) {
        return (int) Math.max(16, floats / each);
    }
}
