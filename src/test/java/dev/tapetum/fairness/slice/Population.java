package dev.tapetum.fairness.slice;

import dev.tapetum.fairness.Observation;
import dev.tapetum.fairness.Slice;
import dev.tapetum.spec.SplitMix64;
import dev.tapetum.stats.Halves;
import dev.tapetum.stats.StatisticsSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Made-up images with attributes a0, a1, … whose values are drawn independently. */
record Population(List<Observation> images, Vocabulary vocabulary) {

    /**
     * @param values how many values each attribute has
     * @param error the probability that the image of these attributes is predicted wrong
     */
    static Population of(long seed, int n, int[] values, ToDoubleFunction<Map<String, String>> error) {
        SplitMix64 random = new SplitMix64(seed);
        List<Observation> images = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            Map<String, String> attributes = new TreeMap<>();
            for (int a = 0; a < values.length; a++) {
                attributes.put("a" + a, "v" + random.below(values[a]));
            }

            boolean wrong = random.nextDouble() < error.applyAsDouble(attributes);
            images.add(image(seed + "-" + i, attributes, wrong));
        }

        List<Vocabulary.Entry> entries = IntStream.range(0, values.length)
                .mapToObj(a -> new Vocabulary.Entry(
                        new Aspect.Attribute("a" + a),
                        IntStream.range(0, values[a]).mapToObj(v -> "v" + v).toList()))
                .toList();
        return new Population(images, new Vocabulary(entries));
    }

    static Observation image(String id, Map<String, String> attributes, boolean wrong) {
        return Observation.scored(id, null, attributes, 0, wrong ? 1 : 0, 0.5, Map.of());
    }

    Cells cells() {
        Cells cells = new Cells(vocabulary);
        images.forEach(cells::add);
        return cells;
    }

    /** What a run would say: searched on one half and measured on the other. */
    List<Slice> slices(SearchSettings search, StatisticsSettings settings, boolean clustered) {
        Halves halves = new Halves(settings.seed());
        Cells cells = new Cells(vocabulary);
        images.stream().filter(image -> halves.isFirst(image.unit())).forEach(cells::add);
        List<Found> found = SliceSearch.of(cells, search);
        if (found.isEmpty()) {
            return List.of();
        }

        Confirmation confirmation =
                new Confirmation(found.stream().map(Found::predicate).toList(), settings, clustered);
        images.stream().filter(image -> !halves.isFirst(image.unit())).forEach(confirmation::add);
        return confirmation.slices(found);
    }
}
