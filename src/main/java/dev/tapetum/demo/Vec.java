package dev.tapetum.demo;

/** A point, a direction or a linear RGB colour. */
record Vec(double x, double y, double z) {
    static final Vec WHITE = new Vec(1, 1, 1);

    Vec plus(Vec other) {
        return new Vec(x + other.x, y + other.y, z + other.z);
    }

    Vec minus(Vec other) {
        return new Vec(x - other.x, y - other.y, z - other.z);
    }

    Vec times(double factor) {
        return new Vec(x * factor, y * factor, z * factor);
    }

    Vec times(Vec other) {
        return new Vec(x * other.x, y * other.y, z * other.z);
    }

    double dot(Vec other) {
        return x * other.x + y * other.y + z * other.z;
    }

    Vec cross(Vec other) {
        return new Vec(y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x);
    }

    double length() {
        return Math.sqrt(dot(this));
    }

    Vec unit() {
        return times(1 / length());
    }

    /** The point at {@code share} of the way to {@code other}. */
    Vec towards(Vec other, double share) {
        return plus(other.minus(this).times(share));
    }

    /** A colour from hue, saturation and value, each in [0, 1]. */
    static Vec hsv(double hue, double saturation, double value) {
        return new Vec(
                channel(hue + 1, saturation, value),
                channel(hue + 2.0 / 3, saturation, value),
                channel(hue + 1.0 / 3, saturation, value));
    }

    private static double channel(double turn, double saturation, double value) {
        double distance = Math.abs((turn - Math.floor(turn)) * 6 - 3) - 1;
        return value * (1 - saturation * (1 - Math.min(1, Math.max(0, distance))));
    }
}
