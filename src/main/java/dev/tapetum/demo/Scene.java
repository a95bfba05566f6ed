package dev.tapetum.demo;

import dev.tapetum.demo.Material.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A still life: bodies on a table before a wall, one light, one camera that looks from {@code eye} at {@code aim}.
 *
 * @param wall the z coordinate of the wall behind the table
 * @param light the direction towards the light
 * @param zoom half the picture's width at distance one
 */
record Scene(
        List<Body> bodies,
        Material table,
        Material backdrop,
        double wall,
        Vec light,
        Vec lightColour,
        Vec ambient,
        double softness,
        Vec eye,
        Vec aim,
        double zoom) {
    private static final List<Pattern> OBJECT_PATTERNS =
            List.of(Pattern.PLAIN, Pattern.PLAIN, Pattern.STRIPES, Pattern.MARBLE, Pattern.SPECKLES);
    private static final List<Pattern> TABLE_PATTERNS =
            List.of(Pattern.PLAIN, Pattern.PLANKS, Pattern.PLANKS, Pattern.CHECKS, Pattern.MARBLE, Pattern.SPECKLES);
    private static final int MAX_CLUTTER = 3;
    private static final double LYING = 0.2;

    /** A random scene about one object of the class {@code label}. */
    static Scene about(String label, SeededRandom random) {
        List<Body> bodies = new ArrayList<>();
        bodies.add(object(Shape.valueOf(label.toUpperCase(Locale.ROOT)), random));
        for (int i = random.below(MAX_CLUTTER + 1); i > 0; i--) {
            bodies.add(clutter(random));
        }

        double sunHeight = random.between(0.35, 1.3);
        double sunTurn = random.between(-2.6, 2.6);
        Vec sun = new Vec(
                StrictMath.cos(sunHeight) * StrictMath.sin(sunTurn),
                StrictMath.sin(sunHeight),
                StrictMath.cos(sunHeight) * StrictMath.cos(sunTurn));
        double elevation = random.between(0.22, 0.95);
        double distance = random.between(3.9, 6.0);
        Vec aim = new Vec(random.between(-0.45, 0.45), random.between(0.3, 0.8), random.between(-0.3, 0.3));
        Vec eye = aim.plus(new Vec(0, StrictMath.sin(elevation), StrictMath.cos(elevation)).times(distance));
        double warmth = random.between(-1, 1);
        return new Scene(
                List.copyOf(bodies),
                surface(TABLE_PATTERNS, random.between(0.4, 1.6), random),
                surface(List.of(Pattern.PLAIN, Pattern.MARBLE), random.between(0.15, 0.5), random),
                -random.between(2.2, 7),
                sun,
                new Vec(1 + 0.15 * warmth, 1, 1 - 0.2 * warmth).times(random.between(0.45, 1.1)),
                new Vec(1 - 0.1 * warmth, 1, 1 + 0.12 * warmth).times(random.between(0.18, 0.5)),
                random.between(4, 24),
                eye,
                aim,
                random.between(0.24, 0.33));
    }

    private static Body object(Shape shape, SeededRandom random) {
        Vec up = new Vec(random.between(-0.06, 0.06), 1, random.between(-0.06, 0.06)).unit();
        if (random.chance(LYING)) {
            up = new Vec(random.between(-1, 1), random.between(-0.3, 0.6), random.between(-1, 1)).unit();
        }

        Material material = surface(OBJECT_PATTERNS, random.between(1, 3.5), random);
        Vec place = new Vec(random.between(-0.25, 0.25), 1, random.between(-0.25, 0.25));
        return placed(shape, up, place, random.between(0.7, 1.15), material, random);
    }

    private static Body clutter(SeededRandom random) {
        double turn = random.between(0, 2 * Math.PI);
        double away = random.between(1.1, 2.4);
        Vec place = new Vec(away * StrictMath.cos(turn), 1, away * StrictMath.sin(turn));
        Material material = surface(OBJECT_PATTERNS, random.between(1, 3), random);
        Shape shape = random.chance(0.5) ? Shape.PEBBLE : Shape.STICK;
        return placed(shape, new Vec(0, 1, 0), place, random.between(0.25, 0.6), material, random);
    }

    private static Body placed(Shape shape, Vec up, Vec place, double scale, Material material, SeededRandom random) {
        double turn = random.between(0, 2 * Math.PI);
        Vec towards = new Vec(StrictMath.cos(turn), 0.1, StrictMath.sin(turn));
        Vec right = up.cross(towards).unit();
        return new Body(shape, random.unit(), random.unit(), right, up, right.cross(up), place, scale, material)
                .resting();
    }

    private static Material surface(List<Pattern> patterns, double grain, SeededRandom random) {
        double hue = random.unit();
        double saturation = random.between(0.05, 0.75);
        double value = random.between(0.12, 0.8);
        Vec colour = Vec.hsv(hue, saturation, value);
        Vec second = Vec.hsv(
                hue + random.between(-0.12, 0.12),
                saturation * random.between(0.3, 1),
                value < 0.4 ? value * random.between(1.4, 2.2) : value * random.between(0.4, 0.8));
        double gloss = random.chance(0.5) ? random.between(0.1, 0.7) : 0;
        return new Material(random.oneOf(patterns), colour, second, grain, gloss, new Noise((int) random.nextLong()));
    }
}
