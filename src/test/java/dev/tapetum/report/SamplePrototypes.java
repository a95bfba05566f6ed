package dev.tapetum.report;

import dev.tapetum.image.ImageEncoder;
import dev.tapetum.image.RgbImage;
import dev.tapetum.table.PathPart;
import dev.tapetum.table.PrototypeReadingRow;
import dev.tapetum.table.PrototypeRow;
import dev.tapetum.table.ReadingKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Made-up drawings of two classes by two methods, two each; a tag is drawn into one of the classes. */
final class SamplePrototypes {
    private SamplePrototypes() {}

    static Prototypes prototypes() {
        return prototypes("mug", "cone", "cue");
    }

    static Prototypes prototypes(String first, String second, String attribute) {
        return prototypes(SampleRun.RUN, first, second, attribute);
    }

    static Prototypes prototypes(String run, String first, String second, String attribute) {
        List<PrototypeRow> rows = new ArrayList<>();
        for (int seed = 0; seed < 2; seed++) {
            rows.add(row(run, first, 0, "prototype", seed, 0.4, 0.5));
            rows.add(row(run, first, 0, "activation-maximisation", seed, 0.6, 0.3));
            rows.add(row(run, second, 1, "prototype", seed, 0.5, 0.45));
            rows.add(row(run, second, 1, "activation-maximisation", seed, 0.45, 0.4));
        }

        return new Prototypes(
                rows,
                List.of(
                        reading(run, second, 1, attribute, 0.1, false),
                        reading(run, first, 0, attribute, 1.05, true),
                        reading(run, first, 0, "vendor", null, false)));
    }

    static PrototypeRow row(String run, String name, int index, String method, int seed, double l1, double spearman) {
        byte[] pixels = new byte[3 * 64];
        Arrays.fill(pixels, (byte) (60 + 40 * index + 20 * seed));
        return new PrototypeRow(
                run,
                name,
                index,
                seed,
                method + "(steps=20)",
                method,
                12.5,
                0.9,
                20,
                method.equals("prototype") ? 1e-6 : null,
                50,
                l1,
                spearman,
                0.35,
                0.55,
                0.48,
                0.35,
                List.of(new PathPart("block3", l1, spearman, 0.35, 0.55, 0.48, 0.35)),
                ImageEncoder.png(new RgbImage(8, 8, pixels)));
    }

    static PrototypeReadingRow reading(
            String run, String name, int index, String attribute, @Nullable Double value, boolean drawnIn) {
        return new PrototypeReadingRow(
                run,
                name,
                index,
                "prototype(steps=20)",
                "prototype",
                ReadingKind.ATTRIBUTE,
                attribute,
                "yes",
                null,
                "block3",
                value == null ? 0.52 : 1.0,
                2,
                value,
                value == null ? null : 0.1,
                value == null ? null : 0.02,
                value == null ? null : value - 0.1,
                value == null ? null : value - 0.4,
                value == null ? null : value + 0.2,
                value == null ? null : 0.0001,
                value == null ? null : 0.004,
                drawnIn,
                drawnIn ? List.of(25, 24, 6, 7) : List.of(),
                drawnIn ? List.of(0.96, 0.62, 0.27) : List.of(),
                drawnIn ? List.of(0.72, 0.44, 0.43) : List.of());
    }
}
