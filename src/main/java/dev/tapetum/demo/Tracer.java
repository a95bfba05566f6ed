package dev.tapetum.demo;

import org.jspecify.annotations.Nullable;

/**
 * Renders a scene: rays advance through the signed distances of the bodies (sphere tracing, Hart 1996), the table and the wall
 * are planes; one light with soft shadows, an ambient term that corners receive less of, and a highlight.
 *
 * <p>Only the four basic operations and the square root are used on the way to a pixel, so that every machine gets the same bits.
 */
record Tracer(Scene scene, Vec right, Vec up, Vec forward) {
    private static final int MAX_STEPS = 60;
    private static final int SHADOW_STEPS = 24;
    private static final double SURFACE = 2e-3;
    private static final double BACKED_OFF = 4 * SURFACE;

    static Tracer of(Scene scene) {
        Vec forward = scene.aim().minus(scene.eye()).unit();
        Vec right = forward.cross(new Vec(0, 1, 0)).unit();
        return new Tracer(scene, right, right.cross(forward), forward);
    }

    /** The linear colour seen at (u, v), both in [−1, 1], v downwards. */
    Vec colour(double u, double v) {
        Sight sight = sight(u, v);
        Vec direction = sight.direction();
        Vec point = scene.eye().plus(direction.times(sight.distance()));
        Body hit = sight.body();
        if (hit != null) {
            double gloss = hit.material().gloss();
            return lit(point, hit.normal(point), hit.albedo(point), gloss, direction, hit);
        }

        if (sight.ofTable()) {
            Vec albedo = scene.table().at(point.x(), 0, point.z());
            return lit(point, new Vec(0, 1, 0), albedo, 0.3 * scene.table().gloss(), direction, null);
        }

        Vec albedo = scene.backdrop().at(point.x(), point.y(), 0);
        return lit(point, new Vec(0, 0, 1), albedo, 0, direction, null);
    }

    /** Whether the scene's subject, its first body, is what is seen at (u, v). */
    boolean showsSubject(double u, double v) {
        return scene.bodies().get(0).equals(sight(u, v).body());
    }

    /**
     * What a ray meets first.
     *
     * @param body null where it is the table or the wall
     * @param ofTable whether it is the table, where it is no body
     */
    private record Sight(
            Vec direction, double distance, @Nullable Body body, boolean ofTable) {}

    private Sight sight(double u, double v) {
        Vec direction = forward.plus(right.times(u * scene.zoom()))
                .minus(up.times(v * scene.zoom()))
                .unit();
        double toTable = direction.y() < 0 ? -scene.eye().y() / direction.y() : Double.POSITIVE_INFINITY;
        double toWall = direction.z() < 0 ? (scene.wall() - scene.eye().z()) / direction.z() : Double.POSITIVE_INFINITY;
        double nearest = Math.min(toTable, toWall);
        Body hit = null;
        for (Body body : scene.bodies()) {
            double reached = march(body, direction, nearest);
            if (reached < nearest) {
                nearest = reached;
                hit = body;
            }
        }

        return new Sight(direction, nearest, hit, toTable < toWall);
    }

    /** The distance along the ray at which it meets the body, or {@code limit}. */
    private double march(Body body, Vec direction, double limit) {
        Vec towards = body.centre().minus(scene.eye());
        double middle = towards.dot(direction);
        double gap = body.reach() * body.reach() - (towards.dot(towards) - middle * middle);
        if (gap <= 0) {
            return limit;
        }

        double half = Math.sqrt(gap);
        double end = Math.min(limit, middle + half);
        double t = middle - half;
        for (int step = 0; step < MAX_STEPS && t < end; step++) {
            double free = body.distance(scene.eye().plus(direction.times(t)));
            if (free < SURFACE) {
                return t;
            }

            t += 0.9 * free;
        }

        return limit;
    }

    private Vec lit(Vec point, Vec normal, Vec albedo, double gloss, Vec direction, @Nullable Body own) {
        double facing = normal.dot(scene.light());
        double sun = facing <= 0 ? 0 : facing * shadow(point.plus(normal.times(BACKED_OFF)));
        double sky = (0.65 + 0.35 * normal.y()) * openness(point, normal, own);
        Vec light = scene.ambient().times(sky).plus(scene.lightColour().times(sun));
        Vec colour = albedo.times(light);
        if (gloss == 0 || sun == 0) {
            return colour;
        }

        double mirrored = Math.max(0, scene.light().minus(direction).unit().dot(normal));
        double squared = mirrored * mirrored;
        double highlight = squared * squared * squared * squared;
        return colour.plus(scene.lightColour().times(gloss * sun * highlight * highlight * highlight * highlight));
    }

    /** The share of the light that reaches the point: 1 in the open, 0 in the core of a shadow. */
    private double shadow(Vec point) {
        double share = 1;
        for (Body body : scene.bodies()) {
            Vec towards = body.centre().minus(point);
            double middle = towards.dot(scene.light());
            double reach = 1.25 * body.reach();
            double gap = reach * reach - (towards.dot(towards) - middle * middle);
            if (gap <= 0 || middle + Math.sqrt(gap) <= 0) {
                continue;
            }

            double end = middle + Math.sqrt(gap);
            double t = Math.max(0.02, middle - Math.sqrt(gap));
            for (int step = 0; step < SHADOW_STEPS && t < end && share > 0.01; step++) {
                double free = body.distance(point.plus(scene.light().times(t)));
                share = Math.min(share, Math.max(0, scene.softness() * free / t));
                t += Math.max(0.03, 0.9 * free);
            }
        }

        return share;
    }

    /** How much of the sky the point sees, judged by the distance of the other bodies and the table above it. */
    private double openness(Vec point, Vec normal, @Nullable Body own) {
        double open = 1;
        double radius = 0.35;
        Vec probe = point.plus(normal.times(0.5 * radius));
        for (Body body : scene.bodies()) {
            double away = body.centre().minus(probe).length() - body.reach();
            if (away < radius && !body.equals(own)) {
                open *= Math.max(0.35, Math.min(1, 0.35 + body.distance(probe) / radius));
            }
        }

        return own == null ? open : open * Math.max(0.4, Math.min(1, 0.4 + probe.y() / radius));
    }
}
