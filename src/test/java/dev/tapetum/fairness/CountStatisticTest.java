package dev.tapetum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.stats.Interval;
import dev.tapetum.stats.StatisticsSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Fairness metrics worked by hand on 2 groups × 2 labels × 2 predictions of 100 images each:
 *
 * <pre>
 *              group A                 group B
 *              said cat  said dog      said cat  said dog
 *   is cat        40        10            15        10
 *   is dog         5        45            15        60
 * </pre>
 */
class CountStatisticTest {
    private static final double EXACT = 1e-12;
    private static final Group A = new Group("site", "A");
    private static final Group B = new Group("site", "B");
    private static final GroupLayout LAYOUT = new GroupLayout(List.of("site"), List.of("cat", "dog"), false);
    private static final GroupStatistics STATISTICS =
            Images.fold(LAYOUT, images(1)).finish();

    private static List<Observation> images(int perCluster) {
        List<Observation> images = new ArrayList<>();
        addTable(images, "A", new int[] {40, 10, 5, 45});
        addTable(images, "B", new int[] {15, 10, 15, 60});
        return perCluster == 1 ? images : clustered(images, perCluster);
    }

    private static void addTable(List<Observation> images, String site, int[] counts) {
        for (int cell = 0; cell < 4; cell++) {
            for (int i = 0; i < counts[cell]; i++) {
                images.add(Images.image("image " + images.size(), site, cell / 2, cell % 2, 0.75));
            }
        }
    }

    /** Clusters of images of one group, in an order that mixes the cells. */
    private static List<Observation> clustered(List<Observation> images, int perCluster) {
        List<Observation> mixed = new ArrayList<>(images);
        Collections.shuffle(mixed, new Random(3));
        List<Observation> clustered = new ArrayList<>();
        for (int i = 0; i < mixed.size(); i++) {
            Observation image = mixed.get(i);
            String site = image.attributes().getOrDefault("site", "");
            clustered.add(Observation.scored(
                    image.imageId(),
                    site + " patient " + i / perCluster,
                    Map.of("site", site),
                    image.label(),
                    image.predicted(),
                    image.confidence(),
                    Map.of()));
        }

        return clustered;
    }

    private static void assertValue(String metric, Group group, double value) {
        assertThat(Images.metric(STATISTICS, metric, group).value())
                .as(metric + " of " + group)
                .isCloseTo(value, within(EXACT));
    }

    @Test
    void precisionIsTheShareOfThePredictedThatAreRight() {
        // 40 of 45 and 15 of 30.
        assertValue("precision[cat]", A, 40 / 45.0);
        assertValue("precision[cat]", B, 0.5);
        assertThat(Images.gap(STATISTICS, "precision[cat]", B).difference()).isCloseTo(0.5 - 8 / 9.0, within(EXACT));
    }

    @Test
    void macroRatesAreMeansOverTheClasses() {
        // True positive rates 40/50 and 45/50; 15/25 and 60/75. Each class's false positives are the other's false
        // negatives.
        assertValue("balanced-accuracy", A, 0.85);
        assertValue("balanced-accuracy", B, 0.7);
        assertValue("false-positive-rate.macro", A, 0.15);
        assertValue("false-positive-rate.macro", B, (0.4 + 0.2) / 2);
    }

    @Test
    void inequalityOfCorrectnessFollowsFromAccuracy() {
        // A: 85 images have b/mu = 1/0.85, 15 have 0: (85 (1/0.7225 - 1) - 15)/200 = 15/170.
        assertValue("generalised-entropy", A, 15 / 170.0);
        assertValue("theil", A, -Math.log(0.85));
        assertValue("generalised-entropy", B, 0.25 / 1.5);
        assertValue("theil", B, -Math.log(0.75));
    }

    @Test
    void inequalityOfTheBenefitsOfAClassIsThatOfItsErrors() {
        // A, cat: 5 false positives (b = 2), 10 false negatives (0), 85 ones; mu = 95/100, sum of squares 85 + 20 =
        // 105.
        assertValue("generalised-entropy[cat]", A, (105 / (100 * 0.9025) - 1) / 2);
        assertValue("theil[cat]", A, (85 / 0.95 * Math.log(1 / 0.95) + 5 * 2 / 0.95 * Math.log(2 / 0.95)) / 100);
        // B, cat: 15 false positives, 10 false negatives; mu = 1.05, sum of squares 75 + 60 = 135.
        assertValue("generalised-entropy[cat]", B, (135 / (100 * 1.1025) - 1) / 2);
    }

    @Test
    void overconfidenceIsConfidenceLessAccuracy() {
        assertValue("overconfidence", A, 0.75 - 0.85);
        assertValue("overconfidence", B, 0);
    }

    @Test
    void anAttributeHasTheExtremesOfItsGroups() {
        // Called cat: 45 and 30 of 100. Of the cats 40/50 and 15/25 are found, but 25 are fewer than min-group; of the
        // dogs 45/50 and 60/75.
        Group site = Group.overAll("site");
        assertValue("demographic-parity-difference[cat]", site, 0.15);
        assertValue("demographic-parity-ratio[cat]", site, 30 / 45.0);
        assertThat(Images.metric(STATISTICS, "equal-opportunity-difference[cat]", site)
                        .value())
                .isNaN();
        assertValue("equal-opportunity-difference[dog]", site, 0.1);
        // False positives of cat among the dogs: 5/50 and 15/75.
        assertThat(Images.metric(STATISTICS, "equalised-odds-difference[cat]", site)
                        .value())
                .isNaN();
        assertValue("worst-group-accuracy", site, 0.8);
        assertThat(Images.metric(STATISTICS, "demographic-parity-ratio[cat]", site))
                .satisfies(row -> {
                    assertThat(row.n()).isEqualTo(200);
                    assertThat(row.interval().low()).isLessThan(2 / 3.0);
                    assertThat(row.interval().high()).isGreaterThan(2 / 3.0);
                });
    }

    @Test
    void onlyMetricsWithoutANamesakeAreCompared() {
        assertThat(STATISTICS.gaps())
                .extracting(gap -> gap.metric().name())
                .contains("accuracy", "precision[cat]", "false-positive-rate[dog]")
                .doesNotContain("theil", "balanced-accuracy", "overconfidence", "generalised-entropy[cat]");
    }

    @Test
    void everyIntervalHasItsValueInsideWithClustersAndWithout() {
        GroupStatistics clustered = Images.fold(
                        new GroupLayout(List.of("site"), List.of("cat", "dog"), true), images(2))
                .finish();

        for (GroupStatistics statistics : List.of(STATISTICS, clustered)) {
            for (String metric : List.of(
                    "balanced-accuracy",
                    "false-positive-rate.macro",
                    "generalised-entropy",
                    "theil",
                    "generalised-entropy[cat]",
                    "theil[dog]")) {
                GroupMetric row = Images.metric(statistics, metric, A);
                assertThat(row.interval().low()).as(metric).isBetween(0.0, row.value());
                assertThat(row.interval().high()).as(metric).isGreaterThan(row.value());
            }
        }
    }

    /** 300 audits of 120 images; the standard error of a coverage of 95% is 1.3%, and below 90% would be four of them. */
    @Test
    void intervalsCoverTheTruth() {
        int runs = 300;
        SplittableRandom random = new SplittableRandom(5);
        int[] covered = new int[4];
        // Of label cat (share 0.4) 0.8 are found, of dog 0.9: false positives of cat 0.06 and false negatives 0.08 of
        // all.
        double mean = 1 + 0.06 - 0.08;
        double[] truth = {0.85, 0.15, ((1 + 3 * 0.06 - 0.08) / (mean * mean) - 1) / 2, -Math.log(0.86)};
        for (int run = 0; run < runs; run++) {
            GroupStates states = new GroupStates(
                    new StatisticsSettings(0.95, 300, 0.05, 30, run),
                    new GroupLayout(List.of(), List.of("cat", "dog"), false));
            for (int i = 0; i < 120; i++) {
                int label = random.nextDouble() < 0.4 ? 0 : 1;
                boolean right = random.nextDouble() < (label == 0 ? 0.8 : 0.9);
                states.add(Images.image("image " + i, "A", label, right ? label : 1 - label, 0.8));
            }

            GroupStatistics statistics = states.finish();
            List<String> names =
                    List.of("balanced-accuracy", "false-positive-rate.macro", "generalised-entropy[cat]", "theil");
            for (int m = 0; m < names.size(); m++) {
                Interval interval =
                        Images.metric(statistics, names.get(m), Group.WHOLE).interval();
                covered[m] += interval.low() <= truth[m] && truth[m] <= interval.high() ? 1 : 0;
            }
        }

        assertThat(Arrays.stream(covered).boxed())
                .allSatisfy(runsCovered -> assertThat(runsCovered).isBetween(270, 300));
    }
}
