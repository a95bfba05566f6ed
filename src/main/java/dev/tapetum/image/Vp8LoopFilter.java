package dev.tapetum.image;

/** Smooths the edges between the blocks of a VP8 picture where they are no edges of the picture (RFC 6386, section 15). */
final class Vp8LoopFilter {
    private final boolean simple;
    private final Vp8Plane luma;
    private final Vp8Plane[] colours;

    Vp8LoopFilter(boolean simple, Vp8Plane luma, Vp8Plane... colours) {
        this.simple = simple;
        this.luma = luma;
        this.colours = colours;
    }

    /**
     * How strongly a macroblock is filtered.
     *
     * @param limit the largest step across an edge that is taken for an artefact; 0 leaves the macroblock alone
     * @param interior the largest step beside the edge
     * @param variance from which step beside the edge only the two nearest samples change
     * @param inner whether the edges inside of the macroblock are filtered as well
     */
    record Strength(int limit, int interior, int variance, boolean inner) {
        static Strength of(int level, int sharpness, boolean inner) {
            if (level == 0) {
                return new Strength(0, 0, 0, false);
            }

            int interior = sharpness > 4 ? level >> 2 : sharpness > 0 ? level >> 1 : level;

            if (sharpness > 0) {
                interior = Math.min(interior, 9 - sharpness);
            }

            interior = Math.max(1, interior);

            return new Strength(2 * level + interior, interior, level >= 40 ? 2 : level >= 15 ? 1 : 0, inner);
        }
    }

    void macroblock(int column, int row, Strength strength) {
        if (strength.limit == 0) {
            return;
        }

        if (column > 0) {
            edges(column, row, 0, true, strength);
        }

        if (strength.inner) {
            edges(column, row, 4, true, strength);
        }

        if (row > 0) {
            edges(column, row, 0, false, strength);
        }

        if (strength.inner) {
            edges(column, row, 4, false, strength);
        }
    }

    /** The outer edge (from = 0), or the inner ones (from = 4), of one direction in all planes. */
    private void edges(int column, int row, int from, boolean upright, Strength strength) {
        for (int offset = from; offset < (from == 0 ? 1 : 16); offset += 4) {
            edge(luma, 16 * column, 16 * row, 16, offset, upright, strength);
        }

        if (!simple) {
            for (Vp8Plane colour : colours) {
                edge(colour, 8 * column, 8 * row, 8, from, upright, strength);
            }
        }
    }

    private void edge(Vp8Plane plane, int column, int row, int length, int offset, boolean upright, Strength strength) {
        int across = upright ? 1 : plane.stride();
        int along = upright ? plane.stride() : 1;
        int at = plane.index(column, row) + offset * across;
        int limit = 2 * (offset == 0 ? strength.limit + 4 : strength.limit) + 1;
        byte[] s = plane.samples();

        for (int i = 0; i < length; i++, at += along) {
            if (step(s, at, across) > limit) {
                continue;
            }

            if (simple) {
                two(s, at, across);
            } else if (isSmooth(s, at, across, strength.interior)) {
                if (varies(s, at, across, strength.variance)) {
                    two(s, at, across);
                } else if (offset == 0) {
                    six(s, at, across);
                } else {
                    four(s, at, across);
                }
            }
        }
    }

    private static int step(byte[] s, int at, int d) {
        return 4 * difference(s, at - d, at) + difference(s, at - 2 * d, at + d);
    }

    private static boolean isSmooth(byte[] s, int at, int d, int interior) {
        return difference(s, at - 4 * d, at - 3 * d) <= interior
                && difference(s, at - 3 * d, at - 2 * d) <= interior
                && difference(s, at - 2 * d, at - d) <= interior
                && difference(s, at + 3 * d, at + 2 * d) <= interior
                && difference(s, at + 2 * d, at + d) <= interior
                && difference(s, at + d, at) <= interior;
    }

    private static boolean varies(byte[] s, int at, int d, int variance) {
        return difference(s, at - 2 * d, at - d) > variance || difference(s, at + d, at) > variance;
    }

    private static void two(byte[] s, int at, int d) {
        int a = 3 * (at(s, at) - at(s, at - d)) + signed8(at(s, at - 2 * d) - at(s, at + d));
        move(s, at - d, signed5((a + 3) >> 3));
        move(s, at, -signed5((a + 4) >> 3));
    }

    private static void four(byte[] s, int at, int d) {
        int a = 3 * (at(s, at) - at(s, at - d));
        int near = signed5((a + 4) >> 3);
        int far = (near + 1) >> 1;
        move(s, at - 2 * d, far);
        move(s, at - d, signed5((a + 3) >> 3));
        move(s, at, -near);
        move(s, at + d, -far);
    }

    private static void six(byte[] s, int at, int d) {
        int a = signed8(3 * (at(s, at) - at(s, at - d)) + signed8(at(s, at - 2 * d) - at(s, at + d)));

        for (int i = 0; i < 3; i++) {
            int change = (9 * (3 - i) * a + 63) >> 7;
            move(s, at - (i + 1) * d, change);
            move(s, at + i * d, -change);
        }
    }

    private static int at(byte[] s, int index) {
        return s[index] & 0xFF;
    }

    private static int difference(byte[] s, int first, int second) {
        return Math.abs(at(s, first) - at(s, second));
    }

    private static void move(byte[] s, int index, int change) {
        s[index] = (byte) Math.max(0, Math.min(255, at(s, index) + change));
    }

    private static int signed8(int value) {
        return Math.max(-128, Math.min(127, value));
    }

    private static int signed5(int value) {
        return Math.max(-16, Math.min(15, value));
    }
}
