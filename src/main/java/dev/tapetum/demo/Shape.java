package dev.tapetum.demo;

/**
 * The solids of the demo (one for each class, and two of clutter), as signed distances: negative inside, never larger than the distance to the surface outside (so that
 * a ray may advance by it). Each fits into the sphere of radius {@link #REACH} about the origin; {@code slim} and {@code tall}
 * in [0, 1] vary its proportions, y points up.
 */
enum Shape {
    BALL {
        @Override
        double distance(double x, double y, double z, double slim, double tall) {
            return length(x, y * (1 + 0.25 * tall), z) / (1 + 0.25 * tall) - 0.7;
        }
    },
    BOTTLE {
        @Override
        double distance(double x, double y, double z, double slim, double tall) {
            double radial = Math.sqrt(x * x + z * z);
            double body = roundedCylinder(radial, y + 0.3, 0.36 + 0.16 * slim, 0.55 + 0.15 * tall, 0.08);
            double neck = roundedCylinder(radial, y - 0.55, 0.12 + 0.05 * slim, 0.42, 0.03);
            return blended(body, neck, 0.18);
        }
    },
    BOX {
        @Override
        double distance(double x, double y, double z, double slim, double tall) {
            return roundedBox(x, y, z, 0.42 + 0.2 * slim, 0.35 + 0.35 * tall, 0.62 - 0.2 * slim, 0.05);
        }
    },
    CONE {
        @Override
        double distance(double x, double y, double z, double slim, double tall) {
            double radial = Math.sqrt(x * x + z * z);
            double half = 0.65 + 0.2 * tall;
            double radius = 0.06 + (0.5 + 0.2 * slim) * (half - y) / (2 * half);
            double slope = (0.5 + 0.2 * slim) / (2 * half);
            double side = (radial - radius) / Math.sqrt(1 + slope * slope);
            return Math.max(side, Math.abs(y) - half);
        }
    },
    MUG {
        @Override
        double distance(double x, double y, double z, double slim, double tall) {
            double radial = Math.sqrt(x * x + z * z);
            double radius = 0.42 + 0.14 * slim;
            double half = 0.45 + 0.2 * tall;
            double wall = roundedCylinder(radial, y, radius, half, 0.04);
            double hollow = roundedCylinder(radial, y - 0.12, radius - 0.08, half, 0.04);
            double handle = length2(length2(x - radius - 0.04, y) - 0.24 - 0.06 * tall, z) - 0.075;
            return Math.max(Math.min(wall, handle), -hollow);
        }
    },
    RING {
        @Override
        double distance(double x, double y, double z, double slim, double tall) {
            return length2(length2(x, z) - 0.55, y) - 0.17 - 0.12 * slim;
        }
    },

    /** Clutter; no class. */
    PEBBLE {
        @Override
        double distance(double x, double y, double z, double slim, double tall) {
            double flat = 1.6 + tall;
            return length(x, y * flat, z * (1 + 0.5 * slim)) / flat - 0.9 / flat;
        }
    },

    /** Clutter; no class. */
    STICK {
        @Override
        double distance(double x, double y, double z, double slim, double tall) {
            double along = Math.max(-1, Math.min(1, x));
            return length(x - along, y, z) - 0.08 - 0.06 * slim;
        }
    };

    /** Nothing of a shape is farther from the origin than this. */
    static final double REACH = 1.15;

    abstract double distance(double x, double y, double z, double slim, double tall);

    private static double length(double x, double y, double z) {
        return Math.sqrt(x * x + y * y + z * z);
    }

    private static double length2(double x, double y) {
        return Math.sqrt(x * x + y * y);
    }

    private static double roundedCylinder(double radial, double y, double radius, double half, double edge) {
        double outX = radial - radius + edge;
        double outY = Math.abs(y) - half + edge;
        return Math.min(Math.max(outX, outY), 0) + length2(Math.max(outX, 0), Math.max(outY, 0)) - edge;
    }

    private static double roundedBox(double x, double y, double z, double a, double b, double c, double edge) {
        double outX = Math.abs(x) - a + edge;
        double outY = Math.abs(y) - b + edge;
        double outZ = Math.abs(z) - c + edge;
        double inside = Math.min(Math.max(outX, Math.max(outY, outZ)), 0);
        return inside + length(Math.max(outX, 0), Math.max(outY, 0), Math.max(outZ, 0)) - edge;
    }

    /** The union of two solids whose seam is rounded over the width {@code seam}. */
    private static double blended(double a, double b, double seam) {
        double share = Math.max(seam - Math.abs(a - b), 0) / seam;
        return Math.min(a, b) - share * share * seam / 4;
    }
}
