package dev.tapetum.report;

import dev.tapetum.image.ImageEncoder;
import dev.tapetum.image.RgbImage;
import dev.tapetum.table.DoseResponseRow;
import dev.tapetum.table.EditedImageRow;
import dev.tapetum.table.GroupMetricRow;
import dev.tapetum.table.PropertyEffectRow;
import dev.tapetum.table.StripCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Made-up interventions to look at and to test with: a stamp makes a mug of everything, at site B above all; brightness harms;
 * the hue does not matter, and of the rotation nobody can tell.
 */
final class SampleInterventions {
    static final String STAMP = "stamp(place=corner,steps=11)";
    static final String BRIGHTNESS = "brightness(from=-0.5,to=0.5,steps=11)";
    static final double MIN_EFFECT = 0.05;

    private static final int STEPS = 11;
    private static final long IMAGES = 512;
    private static final String WHOLE = GroupMetricRow.WHOLE;

    private static final Map<String, Double> CORRUPTIONS = new TreeMap<>(Map.ofEntries(
            Map.entry("gaussian-noise", 0.71),
            Map.entry("shot-noise", 0.69),
            Map.entry("impulse-noise", 0.74),
            Map.entry("defocus-blur", 0.42),
            Map.entry("glass-blur", 0.55),
            Map.entry("motion-blur", 0.38),
            Map.entry("zoom-blur", 0.44),
            Map.entry("snow", 0.36),
            Map.entry("frost", 0.33),
            Map.entry("fog", 0.21),
            Map.entry("brightness", 0.12),
            Map.entry("contrast", 0.29),
            Map.entry("elastic-transform", 0.31),
            Map.entry("pixelate", 0.27),
            Map.entry("jpeg-compression", 0.24)));

    private SampleInterventions() {}

    static Interventions interventions() {
        return new Interventions(
                IMAGES,
                "probability",
                "AlexNet of Hendrycks and Dietterich (2019)",
                List.of(stamp(), brightness(), hue(), rotation()),
                2);
    }

    /** Interventions all of whose texts are this one. */
    static Interventions hostile(String text) {
        PropertyEffectRow effect = effect(text, text, text, WHOLE, WHOLE, 90, 0.4, 0.4, 0.001);
        PropertyEffectRow group = effect(text, text, text, text, text, 45, 0.4, 0.4, 0.001);
        List<DoseResponseRow> curves = new ArrayList<>(curve(effect, 0, 1, 0));
        curves.addAll(curve(group, 0, 1, 0));
        List<EditedImageRow> strip = List.of(
                frame(text, text, StripCase.STRONGEST, text, text, null, 0, true, picture(0)),
                frame(text, text, StripCase.STRONGEST, text, text, 0, 0.5, false, picture(0.2)));

        return new Interventions(
                90,
                text,
                text,
                List.of(new Interventions.Property(effect, List.of(effect), List.of(group), curves, strip)),
                1);
    }

    /** Errors under corruption of all images and of the groups. */
    static List<GroupMetricRow> corruptions(String text) {
        List<GroupMetricRow> rows = new ArrayList<>(List.of(
                SampleRun.metric(CorruptionPart.MCE, WHOLE, WHOLE, 0.843),
                SampleRun.metric(CorruptionPart.MCE, "site", "A", 0.79),
                SampleRun.metric(CorruptionPart.MCE, "site", "B", 0.96),
                SampleRun.metric(CorruptionPart.RELATIVE_MCE, WHOLE, WHOLE, 1.052)));
        CORRUPTIONS.forEach((kind, error) -> {
            String metric = CorruptionPart.ERROR + kind + text + "]";
            rows.add(SampleRun.metric(metric, WHOLE, WHOLE, error));
            rows.add(SampleRun.metric(metric, "site", "A", error - 0.06));
            rows.add(SampleRun.metric(metric, "site", "B", error + 0.09));
        });

        return rows;
    }

    private static Interventions.Property stamp() {
        PropertyEffectRow whole = effect(STAMP, "stamp", "mug", WHOLE, WHOLE, 512, 0.4123, 0.388, 0.0004);
        List<PropertyEffectRow> groups = List.of(
                effect(STAMP, "stamp", "mug", "cue", "none", 380, 0.46, 0.44, 0.0004),
                effect(STAMP, "stamp", "mug", "cue", "tag", 132, 0.18, 0.12, 0.0004),
                effect(STAMP, "stamp", "mug", "site", "A", 128, 0.34, 0.31, 0.0004),
                effect(STAMP, "stamp", "mug", "site", "B", 131, 0.66, 0.65, 0.0004),
                effect(STAMP, "stamp", "mug", "site", "C", 122, 0.33, 0.31, 0.0004),
                effect(STAMP, "stamp", "mug", "site", "D", 123, 0.35, 0.3, 0.0004),
                effect(STAMP, "stamp", "mug", "site", "E", 8, 0.41, 0.2, null));
        List<DoseResponseRow> curves = new ArrayList<>(curve(whole, 0, 1, 0.2));

        for (PropertyEffectRow group : groups) {
            curves.addAll(curve(group, 0, 1, group.group().equals("tag") ? 0.6 : 0.2));
        }

        return new Interventions.Property(
                whole,
                List.of(
                        effect(STAMP, "stamp", "cup", WHOLE, WHOLE, 512, 0.212, -0.204, 0.0004),
                        effect(STAMP, "stamp", "vase", WHOLE, WHOLE, 512, 0.021, 0.001, 1.0)),
                groups,
                curves,
                strips(STAMP, "stamp", "mug", 0, 1, true));
    }

    private static Interventions.Property brightness() {
        PropertyEffectRow whole = effect(BRIGHTNESS, "brightness", "*", WHOLE, WHOLE, 512, 0.183, -0.121, 0.0004);
        PropertyEffectRow north = effect(BRIGHTNESS, "brightness", "*", "vendor", "north", 260, 0.19, -0.12, 0.0004);
        PropertyEffectRow south = effect(BRIGHTNESS, "brightness", "*", "vendor", "south", 252, 0.176, -0.12, 0.0004);
        List<DoseResponseRow> curves = new ArrayList<>(curve(whole, -0.5, 0.5, 0.8));
        curves.addAll(curve(north, -0.5, 0.5, 0.81));
        curves.addAll(curve(south, -0.5, 0.5, 0.79));

        return new Interventions.Property(
                whole,
                List.of(),
                List.of(north, south),
                curves,
                strips(BRIGHTNESS, "brightness", "cup", -0.5, 0.5, false));
    }

    private static Interventions.Property hue() {
        PropertyEffectRow whole = effect("hue(steps=11)", "hue", "*", WHOLE, WHOLE, 512, 0.0312, 0.002, 1.0);

        return new Interventions.Property(
                whole,
                List.of(),
                List.of(),
                curve(whole, 0, 360, 0.8),
                strips("hue(steps=11)", "hue", "cup", 0, 360, false));
    }

    private static Interventions.Property rotation() {
        return new Interventions.Property(
                effect("rotation", "rotation", "*", WHOLE, WHOLE, 12, 0.0009, -0.0002, null),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    static PropertyEffectRow effect(
            String editor,
            String property,
            String target,
            String attribute,
            String group,
            long n,
            double gradient,
            double signed,
            @Nullable Double q) {
        return effect(editor, property, target, attribute, group, n, n, gradient, signed, q);
    }

    static PropertyEffectRow effect(
            String editor,
            String property,
            String target,
            String attribute,
            String group,
            long n,
            long clusters,
            double gradient,
            double signed,
            @Nullable Double q) {
        double half = 0.4 / Math.sqrt(n) * Math.min(1, 2 * gradient);

        return new PropertyEffectRow(
                SampleRun.RUN,
                editor,
                property,
                target,
                attribute,
                group,
                n,
                clusters,
                gradient,
                gradient - half,
                gradient + half,
                signed,
                signed - half,
                signed + half,
                Math.min(1, gradient / 2),
                MIN_EFFECT,
                q,
                q);
    }

    /** A rise or fall by the signed gradient from a value, the steeper the nearer to the middle. */
    private static List<DoseResponseRow> curve(PropertyEffectRow effect, double from, double to, double start) {
        List<DoseResponseRow> points = new ArrayList<>();

        for (int step = 0; step < STEPS; step++) {
            double scaled = step / (STEPS - 1.0);
            double signed = Numbers.orNaN(effect.signedGradient());
            double value = start + signed * scaled * scaled * (3 - 2 * scaled);
            double half = 0.6 / Math.sqrt(effect.n());
            points.add(new DoseResponseRow(
                    SampleRun.RUN,
                    effect.editor(),
                    effect.property(),
                    effect.target(),
                    effect.attribute(),
                    effect.group(),
                    step,
                    from + (to - from) * scaled,
                    effect.n() - step,
                    value,
                    Math.max(0, value - half),
                    Math.min(1, value + half),
                    0.95));
        }

        return points;
    }

    private static List<EditedImageRow> strips(
            String editor, String property, String target, double from, double to, boolean rises) {
        List<EditedImageRow> frames = new ArrayList<>();

        for (StripCase shown : StripCase.values()) {
            String id = "site-b/" + property + "-" + shown.name().toLowerCase(Locale.ROOT) + ".jpg";
            double size = gradient(shown);
            EditedImageRow plain = frame(editor, property, shown, id, target, null, 0, true, picture(0));
            frames.add(with(plain, 0.05 + size * (rises ? 0 : 0.5)));

            for (int step = 0; step < STEPS; step++) {
                double scaled = step / (STEPS - 1.0);
                double strength = from + (to - from) * scaled;
                double light = rises ? scaled : scaled - 0.5;
                EditedImageRow row = frame(
                        editor, property, shown, id, target, step, strength, step < 9 || rises, picture(0.7 * light));
                frames.add(with(row, 0.05 + size * (rises ? scaled : 1 - scaled)));
            }
        }

        return frames;
    }

    static EditedImageRow frame(
            String editor,
            String property,
            StripCase shown,
            String id,
            String target,
            @Nullable Integer step,
            double strength,
            boolean valid,
            RgbImage picture) {
        return new EditedImageRow(
                SampleRun.RUN,
                editor,
                property,
                shown,
                id,
                target,
                gradient(shown),
                shown == StripCase.INSIGNIFICANT ? 0.412 : 0.000999,
                step,
                step == null ? null : strength,
                0.5,
                valid,
                ImageEncoder.png(picture));
    }

    private static double gradient(StripCase shown) {
        return switch (shown) {
            case STRONGEST -> 0.9;
            case TYPICAL -> 0.225;
            case INSIGNIFICANT -> 0.0123;
        };
    }

    private static EditedImageRow with(EditedImageRow row, double probability) {
        return new EditedImageRow(
                row.runId(),
                row.editor(),
                row.property(),
                row.shown(),
                row.imageId(),
                row.target(),
                row.expectedGradient(),
                row.pValue(),
                row.step(),
                row.strength(),
                probability,
                row.valid(),
                row.png());
    }

    /** Ten properties of as many groups and steps as a page draws, and pictures of noise. */
    static Interventions largest() {
        List<Interventions.Property> properties = new ArrayList<>();

        for (int p = 0; p < 10; p++) {
            String editor = "editor-" + p;
            PropertyEffectRow whole = effect(editor, editor, "a class", WHOLE, WHOLE, 9000, 0.4, 0.4, 0.001);
            List<DoseResponseRow> curves = new ArrayList<>(longCurve(whole));
            List<PropertyEffectRow> groups = new ArrayList<>();

            for (int g = 0; g < 50; g++) {
                PropertyEffectRow group = effect(
                        editor, editor, "a class", "attribute " + g / 10, "group " + g, 900 + g, 0.4, 0.4, 0.001);
                groups.add(group);
                curves.addAll(longCurve(group));
            }

            List<EditedImageRow> frames = new ArrayList<>();

            for (StripCase shown : StripCase.values()) {
                for (int step = 0; step < 20; step++) {
                    frames.add(frame(editor, editor, shown, "id", "a class", step, step, true, noise(20 * p + step)));
                }
            }

            properties.add(new Interventions.Property(whole, List.of(), groups, curves, frames));
        }

        return new Interventions(9000, "probability", "", properties, 0);
    }

    private static List<DoseResponseRow> longCurve(PropertyEffectRow effect) {
        List<DoseResponseRow> points = new ArrayList<>();

        for (int step = 0; step < 100; step++) {
            points.add(new DoseResponseRow(
                    SampleRun.RUN,
                    effect.editor(),
                    effect.property(),
                    effect.target(),
                    effect.attribute(),
                    effect.group(),
                    step,
                    step / 99.0,
                    effect.n(),
                    0.123456,
                    0.112345,
                    0.134567,
                    0.95));
        }

        return points;
    }

    private static RgbImage noise(int seed) {
        byte[] rgb = new byte[3 * 96 * 96];
        new Random(seed).nextBytes(rgb);

        return new RgbImage(96, 96, rgb);
    }

    private static RgbImage picture(double light) {
        RgbImage plain = SampleRun.picture(3);
        byte[] rgb = new byte[plain.rgb().length];

        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) Math.max(0, Math.min(255, (plain.rgb()[i] & 0xFF) + 255 * light));
        }

        return new RgbImage(plain.width(), plain.height(), rgb);
    }
}
