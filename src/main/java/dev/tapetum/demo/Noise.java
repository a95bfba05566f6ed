package dev.tapetum.demo;

/** Smooth random fields over space in [0, 1]: random values on the integer lattice, blended in between. */
record Noise(int seed) {

    /** One octave: features about one unit in size. */
    double at(double x, double y, double z) {
        int i = (int) Math.floor(x);
        int j = (int) Math.floor(y);
        int k = (int) Math.floor(z);
        double u = smooth(x - i);
        double v = smooth(y - j);
        double w = smooth(z - k);
        double near = blend(
                blend(lattice(i, j, k), lattice(i + 1, j, k), u),
                blend(lattice(i, j + 1, k), lattice(i + 1, j + 1, k), u),
                v);
        double far = blend(
                blend(lattice(i, j, k + 1), lattice(i + 1, j, k + 1), u),
                blend(lattice(i, j + 1, k + 1), lattice(i + 1, j + 1, k + 1), u),
                v);
        return blend(near, far, w);
    }

    /** Three octaves, each half as large and half as strong as the one before. */
    double rough(double x, double y, double z) {
        return (4 * at(x, y, z) + 2 * at(2 * x, 2 * y, 2 * z) + at(4 * x, 4 * y, 4 * z)) / 7;
    }

    private double lattice(int i, int j, int k) {
        int hash = seed ^ (i * 0x27D4EB2D) ^ (j * 0x165667B1) ^ (k * 0x9E3779B1);
        hash = (hash ^ (hash >>> 15)) * 0x85EBCA6B;
        hash = (hash ^ (hash >>> 13)) * 0xC2B2AE35;
        return ((hash ^ (hash >>> 16)) >>> 8) * 0x1.0p-24;
    }

    private static double smooth(double t) {
        return t * t * (3 - 2 * t);
    }

    private static double blend(double a, double b, double share) {
        return a + (b - a) * share;
    }
}
