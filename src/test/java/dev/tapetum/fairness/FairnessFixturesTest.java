package dev.tapetum.fairness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every fairness metric of a small audit against NumPy, by {@code src/test/python/make_fairness_fixtures.py}. */
class FairnessFixturesTest {
    /** Sums of 400 numbers of order 1, in another order. */
    private static final double ROUNDING = 1e-12;

    private static final List<String> ATTRIBUTES = List.of("site", "tag");
    private static final GroupLayout LAYOUT = new GroupLayout(ATTRIBUTES, List.of("cup", "mug", "jug"), false)
            .crossing(Partition.crossings(ATTRIBUTES, 2));

    @Test
    void everyMetricOfEveryGroupIsThatOfNumpy() throws IOException {
        assertEqual(Images.fold(LAYOUT, images()).finish());
    }

    @Test
    void shardsThatAreMergedGiveWhatOnePassGives() throws IOException {
        List<Observation> images = images();
        GroupStates merged = new GroupStates(Images.SETTINGS, LAYOUT);
        for (int shard = 0; shard < 7; shard++) {
            GroupStates states = new GroupStates(Images.SETTINGS, LAYOUT);
            for (int i = shard; i < images.size(); i += 7) {
                states.add(images.get(i));
            }

            merged.merge(states);
        }

        assertEqual(merged.finish());
    }

    private static void assertEqual(GroupStatistics statistics) throws IOException {
        Set<String> compared = new HashSet<>();
        for (String[] row : rows("expected.csv")) {
            Group group = new Group(row[1], row[2]);
            GroupMetric metric = Images.metric(statistics, row[0], group);
            String what = row[0] + " of " + group;
            compared.add(row[0]);
            if (row[4].equals("nan")) {
                assertThat(metric.value()).as(what).isNaN();
            } else {
                assertThat(metric.value()).as(what).isCloseTo(Double.parseDouble(row[4]), within(ROUNDING));
            }

            if (!row[3].isEmpty()) {
                assertThat(metric.n()).as(what).isEqualTo(Long.parseLong(row[3]));
            }
        }

        // All but the debiased calibration error, which CalibrationBinsTest computes.
        assertThat(statistics.metrics())
                .extracting(row -> row.metric().name())
                .filteredOn(name -> !name.equals("calibration-error-debiased"))
                .allMatch(compared::contains);
    }

    private static List<Observation> images() throws IOException {
        List<Observation> images = new ArrayList<>();
        for (String[] row : rows("rows.csv")) {
            Map<String, String> attributes =
                    row[4].equals(Group.MISSING) ? Map.of("tag", row[5]) : Map.of("site", row[4], "tag", row[5]);
            String id = "image " + images.size();
            int label = Integer.parseInt(row[0]);
            images.add(
                    row[3].equals("True")
                            ? Observation.rejected(id, null, attributes, label)
                            : Observation.scored(
                                    id,
                                    null,
                                    attributes,
                                    label,
                                    Integer.parseInt(row[1]),
                                    Double.parseDouble(row[2]),
                                    Map.of()));
        }

        return images;
    }

    private static List<String[]> rows(String file) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(FairnessFixturesTest.class.getResourceAsStream("/fixtures/fairness/" + file))) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .toList();
        }
    }
}
