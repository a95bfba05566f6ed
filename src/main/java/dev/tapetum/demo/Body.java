package dev.tapetum.demo;

/**
 * A solid put into the scene.
 *
 * @param right the body's own x axis in the scene; with {@code up} and {@code front} an orthonormal basis
 * @param scale the length of the solid's unit in the scene
 */
record Body(
        Shape shape,
        double slim,
        double tall,
        Vec right,
        Vec up,
        Vec front,
        Vec centre,
        double scale,
        Material material) {
    private static final int REST_GRID = 10;

    double reach() {
        return Shape.REACH * scale;
    }

    double distance(Vec point) {
        Vec from = point.minus(centre).times(1 / scale);
        return scale * shape.distance(right.dot(from), up.dot(from), front.dot(from), slim, tall);
    }

    Vec albedo(Vec point) {
        Vec from = point.minus(centre).times(1 / scale);
        return material.at(right.dot(from), up.dot(from), front.dot(from));
    }

    /** The outward direction at a point of the surface, from four distances at the corners of a tetrahedron. */
    Vec normal(Vec point) {
        double h = 1e-3;
        Vec a = new Vec(h, -h, -h);
        Vec b = new Vec(-h, -h, h);
        Vec c = new Vec(-h, h, -h);
        Vec d = new Vec(h, h, h);
        return a.times(distance(point.plus(a)))
                .plus(b.times(distance(point.plus(b))))
                .plus(c.times(distance(point.plus(c))))
                .plus(d.times(distance(point.plus(d))))
                .unit();
    }

    /** The same body moved up or down until it touches the table at y = 0. */
    Body resting() {
        double lowest = centre.y();
        double step = 2 * Shape.REACH / REST_GRID;
        for (int i = 0; i <= REST_GRID; i++) {
            for (int j = 0; j <= REST_GRID; j++) {
                for (int k = 0; k <= REST_GRID; k++) {
                    double x = -Shape.REACH + i * step;
                    double y = -Shape.REACH + j * step;
                    double z = -Shape.REACH + k * step;
                    double depth = shape.distance(x, y, z, slim, tall);
                    if (depth < 0) {
                        double height = right.y() * x + up.y() * y + front.y() * z;
                        lowest = Math.min(lowest, centre.y() + scale * (height + depth));
                    }
                }
            }
        }

        return new Body(
                shape,
                slim,
                tall,
                right,
                up,
                front,
                new Vec(centre.x(), centre.y() - lowest, centre.z()),
                scale,
                material);
    }
}
