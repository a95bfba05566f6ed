package dev.tapetum.image.corruption;

import dev.tapetum.spec.SplitMix64;

/**
 * A cloud by the diamond–square method, on a torus. From one corner at 0, and with steps of half of the side, a quarter, and so
 * on, the middle of every square becomes the mean of its four corners plus a random number, and then the middle of every
 * diamond. The random numbers are uniform on {@code [−w², w²]} with w = 100 in the first round and divided by {@code decay}
 * after each, so that one octave is decay² times as strong as the next. At the end the map is moved and scaled onto [0, 1].
 */
final class PlasmaFractal {
    private static final double FIRST_WIBBLE = 100;

    private PlasmaFractal() {}

    /**
     * Draws the map.
     *
     * @param side a power of two, at least 2
     */
    static Plane draw(int side, double decay, SplitMix64 random) {
        if (side < 2 || Integer.bitCount(side) != 1) {
            throw new IllegalArgumentException("The side of a plasma fractal is a power of two, not " + side);
        }

        Plane map = Plane.blank(side, side);
        double wibble = FIRST_WIBBLE;
        for (int step = side; step >= 2; step /= 2) {
            double range = wibble * wibble;
            int half = step / 2;
            for (int row = 0; row < side; row += step) {
                for (int column = 0; column < side; column += step) {
                    double corners = at(map, row, column)
                            + at(map, row + step, column)
                            + at(map, row, column + step)
                            + at(map, row + step, column + step);
                    set(map, row + half, column + half, corners / 4 + random.between(-range, range));
                }
            }

            for (int row = 0; row < side; row += step) {
                for (int column = 0; column < side; column += step) {
                    set(
                            map,
                            row,
                            column + half,
                            diamond(map, row, column + half, half) + random.between(-range, range));
                    set(
                            map,
                            row + half,
                            column,
                            diamond(map, row + half, column, half) + random.between(-range, range));
                }
            }

            wibble /= decay;
        }

        return stretched(map);
    }

    /** The mean of the four neighbours at a distance: two corners of squares and two middles. */
    private static double diamond(Plane map, int row, int column, int distance) {
        return (at(map, row - distance, column)
                        + at(map, row + distance, column)
                        + at(map, row, column - distance)
                        + at(map, row, column + distance))
                / 4;
    }

    private static double at(Plane map, int row, int column) {
        int last = map.width() - 1;
        return map.values()[(row & last) * map.width() + (column & last)];
    }

    private static void set(Plane map, int row, int column, double value) {
        map.values()[row * map.width() + column] = value;
    }

    private static Plane stretched(Plane map) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double value : map.values()) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }

        for (int i = 0; i < map.values().length; i++) {
            map.values()[i] = (map.values()[i] - least) / (most - least);
        }

        return map;
    }
}
