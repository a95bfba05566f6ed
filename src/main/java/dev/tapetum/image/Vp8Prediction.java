package dev.tapetum.image;

/**
 * How VP8 guesses a block from the samples above it and to its left (RFC 6386, section 12). The modes of 4x4 blocks are
 * numbered from 0: DC, true motion, vertical, horizontal, and the diagonals right-down, vertical-right, left-down,
 * vertical-left, horizontal-down, horizontal-up; whole macroblocks and their colour blocks have the first four only.
 */
final class Vp8Prediction {
    static final int DC = 0;
    static final int TRUE_MOTION = 1;
    static final int VERTICAL = 2;
    static final int HORIZONTAL = 3;
    private static final int RIGHT_DOWN = 4;
    private static final int VERTICAL_RIGHT = 5;
    private static final int LEFT_DOWN = 6;
    private static final int VERTICAL_LEFT = 7;
    private static final int HORIZONTAL_DOWN = 8;

    /** Where X, the sample above and to the left, lies among the 13 around a 4x4 block, counted from the lower left. */
    private static final int CORNER = 4;

    private Vp8Prediction() {}

    /** Fills a square block of 16 or 8; DC takes the mean of those sides that lie inside of the picture. */
    static void whole(Vp8Plane plane, int column, int row, int size, int mode) {
        int level = mode == DC ? mean(plane, column, row, size) : 0;

        for (int y = row; y < row + size; y++) {
            int left = plane.at(column - 1, y);

            for (int x = column; x < column + size; x++) {
                int sample = switch (mode) {
                    case DC -> level;
                    case TRUE_MOTION -> clip(left + plane.at(x, row - 1) - plane.at(column - 1, row - 1));
                    case VERTICAL -> plane.at(x, row - 1);
                    default -> left;
                };
                plane.samples()[plane.index(x, y)] = (byte) sample;
            }
        }
    }

    /**
     * Fills a 4x4 block.
     *
     * @param edge the samples around it: the left ones from the bottom up, the corner, eight above from the left
     */
    static void four(Vp8Plane plane, int column, int row, int mode, int[] edge) {
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 4; x++) {
                plane.samples()[plane.index(column + x, row + y)] = (byte) sample(mode, x, y, edge);
            }
        }
    }

    private static int sample(int mode, int x, int y, int[] e) {
        return switch (mode) {
            case DC -> (e[0] + e[1] + e[2] + e[3] + e[5] + e[6] + e[7] + e[8] + 4) >> 3;
            case TRUE_MOTION -> clip(e[3 - y] + e[5 + x] - e[CORNER]);
            case VERTICAL -> smooth(e, 5 + x);
            case HORIZONTAL -> y < 3 ? smooth(e, 3 - y) : (e[1] + 3 * e[0] + 2) >> 2;
            case RIGHT_DOWN -> smooth(e, CORNER + x - y);
            case LEFT_DOWN -> x + y < 6 ? smooth(e, 6 + x + y) : (e[11] + 3 * e[12] + 2) >> 2;
            case VERTICAL_RIGHT -> verticalRight(2 * x - y, x - (y >> 1), e);
            case VERTICAL_LEFT -> verticalLeft(x, y, e);
            case HORIZONTAL_DOWN -> horizontalDown(2 * y - x, y - (x >> 1), e);
            default -> horizontalUp(x + 2 * y, e);
        };
    }

    /** On the steep diagonal even distances fall between two samples and odd ones on one; below it, the left side begins. */
    private static int verticalRight(int distance, int steps, int[] e) {
        if (distance < 0) {
            return smooth(e, distance == -1 ? CORNER : CORNER + 1 + distance);
        }

        return (distance & 1) == 0 ? between(e, CORNER + steps) : smooth(e, CORNER + steps);
    }

    private static int horizontalDown(int distance, int steps, int[] e) {
        if (distance < 0) {
            return smooth(e, distance == -1 ? CORNER : CORNER - 1 - distance);
        }

        return (distance & 1) == 0 ? between(e, CORNER - 1 - steps) : smooth(e, CORNER - steps);
    }

    private static int verticalLeft(int x, int y, int[] e) {
        int first = 5 + x + (y >> 1);

        // The standard breaks its own pattern in the last column.
        if (x == 3 && y >= 2) {
            return smooth(e, first + y - 1);
        }

        return (y & 1) == 0 ? between(e, first) : smooth(e, first + 1);
    }

    private static int horizontalUp(int distance, int[] e) {
        int first = 3 - (distance >> 1);

        if (distance > 5) {
            return e[0];
        }

        if (distance == 5) {
            return (e[1] + 3 * e[0] + 2) >> 2;
        }

        return (distance & 1) == 0 ? between(e, first - 1) : smooth(e, first - 1);
    }

    private static int between(int[] e, int first) {
        return (e[first] + e[first + 1] + 1) >> 1;
    }

    private static int smooth(int[] e, int middle) {
        return (e[middle - 1] + 2 * e[middle] + e[middle + 1] + 2) >> 2;
    }

    private static int mean(Vp8Plane plane, int column, int row, int size) {
        int sum = 0;
        int sides = (column > 0 ? 1 : 0) + (row > 0 ? 1 : 0);

        if (sides == 0) {
            return 128;
        }

        for (int i = 0; i < size; i++) {
            sum += column > 0 ? plane.at(column - 1, row + i) : 0;
            sum += row > 0 ? plane.at(column + i, row - 1) : 0;
        }

        return (sum + sides * size / 2) / (sides * size);
    }

    private static int clip(int value) {
        return Math.max(0, Math.min(255, value));
    }
}
