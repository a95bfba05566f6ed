package dev.tapetum.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.stats.StatisticsSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the group statistics cost: folding, merging, size and finishing, with the defaults of a plan. */
@Tag("bench")
class GroupStatesBench {
    private static final StatisticsSettings SETTINGS = StatisticsSettings.withSeed(7);
    private static final int IMAGES = 4000;
    private static final int SUMMARIES = 15;

    @Test
    void foldingMergingAndFinishing() throws IOException {
        GroupLayout layout = new GroupLayout(List.of("site", "vendor"), classes(10), false);
        List<Observation> images = images(10);
        fold(layout, images.subList(0, 1000));

        long start = System.nanoTime();
        GroupStates states = fold(layout, images);
        double folding = System.nanoTime() - start;
        start = System.nanoTime();
        states.merge(fold(layout, images.subList(0, 10)));
        double merging = System.nanoTime() - start;
        start = System.nanoTime();
        GroupStatistics statistics = states.finish();
        double finishing = System.nanoTime() - start;

        double sums = 2.0 * (SUMMARIES + 2);
        print(
                "fold: %.2f µs per image, %.1f ns per attribute and number",
                folding / IMAGES / 1e3, folding / IMAGES / sums);
        print("merge: %.1f ms, state: %.1f MB for %d groups", merging / 1e6, size(states) / 1e6, 7);
        print(
                "finish: %.0f ms for %d metrics and %d gaps",
                finishing / 1e6, statistics.metrics().size(), statistics.gaps().size());
        assertThat(statistics.gaps()).isNotEmpty();
    }

    @Test
    void finishingAThousandClasses() {
        GroupLayout layout = new GroupLayout(List.of("site", "vendor"), classes(1000), false);
        GroupStates states = fold(layout, images(1000));
        long start = System.nanoTime();
        GroupStatistics statistics = states.finish();

        print(
                "finish, 1,000 classes: %.1f s for %d metrics and %d gaps",
                (System.nanoTime() - start) / 1e9,
                statistics.metrics().size(),
                statistics.gaps().size());
        assertThat(statistics.gaps()).isNotEmpty();
    }

    private static List<String> classes(int count) {
        return IntStream.range(0, count).mapToObj(i -> "class " + i).toList();
    }

    private static List<Observation> images(int classes) {
        SplittableRandom random = new SplittableRandom(1);
        List<Observation> images = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            Map<String, Double> summaries = new HashMap<>();
            for (int s = 0; s < SUMMARIES; s++) {
                summaries.put("attribution.summary" + s + "[saliency()]", random.nextDouble());
            }

            int label = random.nextInt(classes);
            images.add(Observation.scored(
                    "images/" + i + ".jpg",
                    null,
                    Map.of("site", "s" + i % 5, "vendor", "v" + i % 2),
                    label,
                    random.nextInt(4) > 0 ? label : random.nextInt(classes),
                    random.nextDouble(),
                    summaries));
        }

        return images;
    }

    private static GroupStates fold(GroupLayout layout, List<Observation> images) {
        GroupStates states = new GroupStates(SETTINGS, layout);
        images.forEach(states::add);
        return states;
    }

    private static long size(GroupStates states) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(states);
        }

        return bytes.size();
    }

    private static void print(String format, Object... values) {
        System.out.printf(format + "%n", values);
    }
}
