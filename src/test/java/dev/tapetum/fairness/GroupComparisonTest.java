package dev.tapetum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.stats.IntervalMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupComparisonTest {
    private static final Group B = new Group("site", "B");
    private static final GroupLayout CLUSTERED =
            new GroupLayout(List.of("site", "vendor"), List.of("cat", "dog"), true);

    @Test
    void namesThePlantedGapWithAnIntervalThatExcludesZero() {
        GroupStatistics statistics =
                Images.fold(Images.LAYOUT, Images.planted(2000, 1)).finish();
        Gap gap = Images.gap(statistics, "accuracy", B);

        assertThat(gap.difference()).isBetween(-0.26, -0.14);
        assertThat(gap.interval().high()).isNegative();
        assertThat(gap.interval().method()).isEqualTo(IntervalMethod.CONTINGENCY_BCA);
        assertThat(gap.established(0.05)).isTrue();
        assertThat(gap.ratio()).isCloseTo(gap.value() / gap.referenceValue(), within(1e-12));
        assertThat(Images.gap(statistics, "attribution.gini.mean[saliency()]", B)
                        .established(0.05))
                .isTrue();
    }

    @Test
    void thePlainCalibrationErrorIsReportedButNotCompared() {
        GroupStatistics statistics =
                Images.fold(Images.LAYOUT, Images.planted(300, 1)).finish();

        assertThat(Images.metric(statistics, "calibration-error", B).value()).isPositive();
        assertThat(statistics.gaps())
                .extracting(gap -> gap.metric().name())
                .contains("calibration-error-debiased")
                .doesNotContain("calibration-error");
    }

    @Test
    void aHarmlessAttributeStaysCleanBesideOneFullOfGaps() {
        int found = 0;
        for (int seed = 0; seed < 40; seed++) {
            GroupStatistics statistics =
                    Images.fold(Images.LAYOUT, Images.planted(600, seed)).finish();
            found += statistics.gaps().stream()
                            .anyMatch(gap -> gap.group().attribute().equals("vendor") && gap.established(0.05))
                    ? 1
                    : 0;
        }

        // Three families of one harmless attribute, each at 5% times R/m ≤ 1: at most 15% of 40 runs are expected.
        assertThat(found).isLessThanOrEqualTo(9);
    }

    @Test
    void aGroupBelowTheMinimumGetsNoVerdictButIsToldWhatItCouldHaveShown() {
        List<Observation> images = new ArrayList<>(Images.planted(600, 2));
        for (int i = 0; i < 29; i++) {
            images.add(Images.image("small " + i, "D", 0, 1, 0.9));
        }

        Gap gap = Images.gap(Images.fold(Images.LAYOUT, images).finish(), "accuracy", new Group("site", "D"));

        assertThat(gap.untested()).isTrue();
        assertThat(gap.qValue()).isNaN();
        assertThat(gap.interval().method()).isEqualTo(IntervalMethod.NONE);
        assertThat(gap.difference()).isLessThan(-0.7);
        // 2.8·√(0.8·0.2)·√(1/29 + 1/590) = 0.21.
        assertThat(gap.minimumDetectable()).isBetween(0.18, 0.24);
    }

    @Test
    void aGroupWithoutASingleRejectClaimsNoCertainty() {
        List<Observation> images = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            images.add(Images.image("good " + i, "A", 0, 0, 0.9));
        }

        for (int i = 0; i < 100; i++) {
            Map<String, String> site = Map.of("site", "B");
            images.add(
                    i < 4 ? Observation.rejected("bad " + i, null, site, 0) : Images.image("bad " + i, "B", 0, 0, 0.9));
        }

        GroupStatistics statistics = Images.fold(Images.LAYOUT, images).finish();
        GroupMetric rejects = Images.metric(statistics, "reject-rate", new Group("site", "A"));
        Gap gap = Images.gap(statistics, "reject-rate", new Group("site", "A"));

        // Wilson of 0/40: z²/(40 + z²) = 0.0876.
        assertThat(rejects.interval().method()).isEqualTo(IntervalMethod.WILSON);
        assertThat(rejects.interval().low()).isZero();
        assertThat(rejects.interval().high()).isCloseTo(0.0876, within(1e-4));
        assertThat(gap.interval().method()).isEqualTo(IntervalMethod.NEWCOMBE);
        assertThat(gap.interval().excludesZero()).isFalse();
        assertThat(gap.established(0.05)).isFalse();
    }

    @Test
    void clustersWidenTheIntervalsOfRatesAndAreCounted() {
        // 60 patients with ten images each, all right or all wrong: the images say 0.5 ± 0.04, the patients ± 0.13.
        List<Observation> images = IntStream.range(0, 600)
                .mapToObj(i -> Observation.scored(
                        "image " + i,
                        "patient " + i / 10,
                        Map.of("site", i / 10 % 2 == 0 ? "A" : "B"),
                        0,
                        i / 10 % 4 < 2 ? 0 : 1,
                        0.7,
                        Map.of()))
                .toList();
        GroupMetric accuracy = Images.metric(Images.fold(CLUSTERED, images).finish(), "accuracy", Group.WHOLE);

        assertThat(accuracy.n()).isEqualTo(600);
        assertThat(accuracy.clusters()).isEqualTo(60);
        assertThat(accuracy.interval().method()).isEqualTo(IntervalMethod.POISSON_PERCENTILE);
        assertThat(accuracy.interval().high() - accuracy.interval().low()).isBetween(0.22, 0.30);
    }

    @Test
    void theMinimumIsOneOfClustersWhereThereAreAny() {
        List<Observation> images = Images.planted(600, 2, 0.7, 10);

        // 200 images per site, but 20 patients.
        assertThat(Images.gap(Images.fold(CLUSTERED, images).finish(), "accuracy", B)
                        .untested())
                .isTrue();
    }

    @Test
    void clusteredImagesShowThePlantedGapToo() {
        Gap gap = Images.gap(
                Images.fold(CLUSTERED, Images.planted(3000, 2, 0.6, 5)).finish(), "accuracy", B);

        assertThat(gap.established(0.05)).isTrue();
        assertThat(gap.interval().excludesZero()).isTrue();
    }

    @Test
    void aDegenerateRateOfClusteredImagesCountsPatientsAndNotImages() {
        List<Observation> images = IntStream.range(0, 800)
                .mapToObj(i -> Observation.scored(
                        "image " + i, "patient " + i / 10, Map.of("site", i < 400 ? "A" : "B"), 0, 0, 0.7, Map.of()))
                .toList();
        GroupMetric accuracy =
                Images.metric(Images.fold(CLUSTERED, images).finish(), "accuracy", new Group("site", "A"));

        // Wilson of 40/40, not of 400/400.
        assertThat(accuracy.interval().method()).isEqualTo(IntervalMethod.WILSON);
        assertThat(accuracy.interval().low()).isCloseTo(1 - 0.0876, within(1e-4));
    }

    /** Forty patients of each site with ten images each; in site A four of them have a cat, in site B all. */
    @Test
    void aClassRateRestsOnThePatientsItsOwnImagesComeFrom() {
        List<Observation> images = IntStream.range(0, 800)
                .mapToObj(i -> Observation.scored(
                        "image " + i,
                        "patient " + i / 10,
                        Map.of("site", i < 400 ? "A" : "B"),
                        i % 10 == 0 || (i >= 40 && i < 400) ? 1 : 0,
                        i % 3 == 0 ? 1 : 0,
                        0.7,
                        Map.of()))
                .toList();
        GroupStatistics statistics = Images.fold(CLUSTERED, images).finish();
        Group a = new Group("site", "A");

        assertThat(Images.metric(statistics, "accuracy", a).clusters()).isEqualTo(40);
        assertThat(Images.metric(statistics, "calibration-error", a).clusters()).isEqualTo(40);
        assertThat(Images.metric(statistics, "true-positive-rate[cat]", a).n()).isEqualTo(36);
        assertThat(Images.metric(statistics, "true-positive-rate[cat]", a).clusters())
                .isEqualTo(4);
        assertThat(Images.metric(statistics, "true-positive-rate[cat]", B).clusters())
                .isEqualTo(40);
        assertThat(Images.gap(statistics, "true-positive-rate[cat]", a).untested())
                .isTrue();
        assertThat(Images.gap(statistics, "accuracy", a).untested()).isFalse();
    }

    /** One patient with 400 images and 39 with one: Kish's number is 439²/(400² + 39) = 1.2. */
    @Test
    void whatHangsOnOnePatientIsNotTested() {
        List<Observation> images = IntStream.range(0, 839)
                .mapToObj(i -> Observation.scored(
                        "image " + i,
                        "patient " + (i < 400 ? "0" : i < 439 ? "a" + i : "b" + i / 10),
                        Map.of("site", i < 439 ? "A" : "B"),
                        0,
                        i % 3 == 0 ? 1 : 0,
                        0.7,
                        Map.of()))
                .toList();
        GroupStatistics statistics = Images.fold(CLUSTERED, images).finish();

        for (String metric : List.of("accuracy", "calibration-error-debiased", "true-positive-rate[cat]")) {
            assertThat(Images.gap(statistics, metric, new Group("site", "A")).untested())
                    .isTrue();
        }
    }

    @Test
    void errorsOfFewPatientsAreFewHoweverManyImagesTheyHave() {
        List<Observation> images = IntStream.range(0, 400)
                .mapToObj(i -> Observation.scored(
                        "image " + i, "patient " + i / 10, Map.of("site", "A"), 0, i < 20 ? 1 : 0, 0.7, Map.of()))
                .toList();
        GroupMetric accuracy = Images.metric(Images.fold(CLUSTERED, images).finish(), "accuracy", Group.WHOLE);

        // Twenty errors of two patients: Wilson's 38 of 40.
        assertThat(accuracy.interval().method()).isEqualTo(IntervalMethod.WILSON);
        assertThat(accuracy.interval().low()).isCloseTo(0.8350, within(1e-4));
    }

    @Test
    void manyClassesWithClustersKeepTheirValuesButGetNoIntervalOfClassRates() {
        List<String> classes =
                IntStream.range(0, 1000).mapToObj(i -> "class " + i).toList();
        GroupLayout layout = new GroupLayout(List.of("site"), classes, true);
        SplittableRandom random = new SplittableRandom(1);
        List<Observation> images = IntStream.range(0, 300)
                .mapToObj(i -> Observation.scored(
                        "image " + i,
                        "patient " + i / 3,
                        Map.of("site", i % 2 == 0 ? "A" : "B"),
                        random.nextInt(5),
                        random.nextInt(5),
                        0.5,
                        Map.of()))
                .toList();
        GroupStatistics statistics = Images.fold(layout, images).finish();
        GroupMetric rate = Images.metric(statistics, "true-positive-rate[class 3]", Group.WHOLE);

        assertThat(rate.value()).isBetween(0.0, 0.6);
        assertThat(rate.interval().method()).isEqualTo(IntervalMethod.NONE);
        assertThat(Wording.whyNot(Images.gap(statistics, "true-positive-rate[class 3]", B), Images.SETTINGS))
                .isEqualTo(
                        "rates by class have no interval and no test where images come in clusters and a model has more"
                                + " than 64 classes");
        assertThat(statistics.metrics())
                .allSatisfy(row -> assertThat(layout.isWithoutIntervals(row.metric())
                                && !Double.isNaN(row.interval().low()))
                        .isFalse());
        assertThat(statistics.metrics())
                .filteredOn(row -> row.group().equals(Group.WHOLE) && !layout.isWithoutIntervals(row.metric()))
                .noneMatch(row -> Double.isNaN(row.interval().low()));
        assertThat(CLUSTERED.isWithoutIntervals(rate.metric())).isFalse();
        assertThat(Images.metric(statistics, "accuracy", Group.WHOLE).interval().method())
                .isEqualTo(IntervalMethod.POISSON_PERCENTILE);
        assertThat(statistics.metrics().stream().map(row -> row.metric().name()))
                .noneMatch(name -> name.contains("class 7"));
    }

    @Test
    void pValuesOfAllKindsAreNotTooSmallWhenNothingDiffers() {
        // 200 runs without any gap; of each metric at most 5% of the p-values may be at most 5%.
        Map<String, int[]> small = new TreeMap<>();
        for (int seed = 0; seed < 200; seed++) {
            GroupStatistics statistics = Images.fold(Images.LAYOUT, Images.planted(300, seed, 0.9, 1))
                    .finish();
            for (Gap gap : statistics.gaps()) {
                if (gap.group().equals(B)) {
                    small.computeIfAbsent(gap.metric().name(), name -> new int[1])[0] += gap.pValue() <= 0.05 ? 1 : 0;
                }
            }
        }

        // Ten are expected of 200; 25 or more happen once in 50,000 times if the tests are right.
        assertThat(small)
                .isNotEmpty()
                .allSatisfy((name, count) -> assertThat(count[0]).isLessThan(25));
    }
}
