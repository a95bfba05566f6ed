package dev.tapetum.image.corruption;

/** What lies beyond the edge of a plane, written for the samples {@code a b c d}. */
enum Border {
    /** {@code a a a | a b c d | d d d}. */
    NEAREST,
    /** {@code c b a | a b c d | d c b}, again and again. */
    REFLECT,
    /** {@code d c b | a b c d | c b a}, again and again: the sample at the edge is not repeated. */
    MIRROR;

    /** Which of {@code size} samples stands at a position that may lie outside. */
    int index(int position, int size) {
        return switch (this) {
            case NEAREST -> Math.max(0, Math.min(size - 1, position));
            case REFLECT -> {
                int within = Math.floorMod(position, 2 * size);
                yield within < size ? within : 2 * size - 1 - within;
            }
            case MIRROR -> {
                if (size == 1) {
                    yield 0;
                }

                int within = Math.floorMod(position, 2 * size - 2);
                yield within < size ? within : 2 * size - 2 - within;
            }
        };
    }
}
