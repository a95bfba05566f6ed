package dev.tapetum.fairness;

import dev.tapetum.stats.StatisticsSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Made-up images with known rates. */
final class Images {
    static final StatisticsSettings SETTINGS = new StatisticsSettings(0.95, 400, 0.05, 30, 7);
    static final GroupLayout LAYOUT = new GroupLayout(List.of("site", "vendor"), List.of("cat", "dog"), false);
    static final String GINI = "attribution.gini[saliency()]";

    private Images() {}

    static Observation image(String id, String site, int label, int predicted, double confidence) {
        return Observation.scored(id, null, Map.of("site", site), label, predicted, confidence, Map.of());
    }

    /**
     * Images of sites A, B and C in turn, of harmless vendors; site B is right in 70% of the images, the others in 90%,
     * and its Gini coefficient is lower by 0.2.
     */
    static List<Observation> planted(int images, long seed) {
        return planted(images, seed, 0.7, 1);
    }

    static List<Observation> planted(int images, long seed, double accuracyOfB, int imagesPerCluster) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Observation> observations = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            String site = List.of("A", "B", "C").get(i / imagesPerCluster % 3);
            String cluster = imagesPerCluster == 1 ? null : "patient " + i / imagesPerCluster;
            Map<String, String> attributes = Map.of("site", site, "vendor", random.nextBoolean() ? "x" : "y");
            observations.add(observation("image " + i, cluster, attributes, site.equals("B"), accuracyOfB, random));
        }

        return observations;
    }

    private static Observation observation(
            String id,
            @Nullable String cluster,
            Map<String, String> attributes,
            boolean bad,
            double badAccuracy,
            SplittableRandom random) {
        int label = random.nextInt(2);
        if (random.nextDouble() < 0.02) {
            return Observation.rejected(id, cluster, attributes, label);
        }

        boolean correct = random.nextDouble() < (bad ? badAccuracy : 0.9);
        double gini = random.nextDouble() + (bad && badAccuracy < 0.9 ? -0.2 : 0);
        return Observation.scored(
                id,
                cluster,
                attributes,
                label,
                correct ? label : 1 - label,
                0.5 + 0.5 * random.nextDouble(),
                Map.of(GINI, gini));
    }

    static GroupStates fold(GroupLayout layout, List<Observation> images) {
        GroupStates states = new GroupStates(SETTINGS, layout);
        images.forEach(states::add);
        return states;
    }

    static GroupMetric metric(GroupStatistics statistics, String name, Group group) {
        return statistics.metrics().stream()
                .filter(row -> row.metric().name().equals(name) && row.group().equals(group))
                .findFirst()
                .orElseThrow();
    }

    static Gap gap(GroupStatistics statistics, String name, Group group) {
        return statistics.gaps().stream()
                .filter(row -> row.metric().name().equals(name) && row.group().equals(group))
                .findFirst()
                .orElseThrow();
    }
}
