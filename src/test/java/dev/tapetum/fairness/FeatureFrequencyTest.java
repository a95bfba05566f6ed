package dev.tapetum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.stats.IntervalMethod;
import dev.tapetum.stats.Proportion;
import dev.tapetum.stats.ScoreInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FeatureFrequencyTest {

    private static final GroupLayout LAYOUT =
            new GroupLayout(List.of("tag"), List.of("cat", "dog"), false, false, List.of(34, 222));
    private static final String OFTEN = "feature-frequency[34]";
    private static final String NEVER = "feature-frequency[222]";
    private static final Group TAGGED = new Group("tag", "yes");

    /**
     * Feature 34 is active in 30 of 40 images with a tag and in 20 of 80 without, feature 222 in none; feature 7 is not watched. Ten
     * more images with a tag are rejected.
     */
    private static List<Observation> images() {
        List<Observation> images = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            boolean tagged = i < 40;
            boolean active = tagged ? i < 30 : i < 60;
            images.add(Observation.scored("image " + i, null, Map.of("tag", tagged ? "yes" : "no"), 0, 0, 0.9, Map.of())
                    .showing(active ? Set.of(34, 7) : Set.of(7)));
        }

        IntStream.range(0, 10)
                .mapToObj(i -> Observation.rejected("rejected " + i, null, Map.of("tag", "yes"), 0))
                .forEach(images::add);
        return images;
    }

    private static final GroupStatistics STATISTICS =
            Images.fold(LAYOUT, images()).finish();

    private static final RunStatistics RUN = GateVerdictTest.run(STATISTICS.metrics(), STATISTICS.gaps(), null);

    @Test
    void theFrequencyIsAShareOfTheScoredImages() {
        GroupMetric whole = Images.metric(STATISTICS, OFTEN, Group.WHOLE);
        GroupMetric tagged = Images.metric(STATISTICS, OFTEN, TAGGED);
        Gap gap = Images.gap(STATISTICS, OFTEN, TAGGED);

        assertThat(whole.n()).isEqualTo(120);
        assertThat(whole.value()).isEqualTo(50 / 120.0);
        assertThat(tagged.n()).isEqualTo(40);
        assertThat(tagged.value()).isEqualTo(0.75);
        assertThat(gap.referenceN()).isEqualTo(80);
        assertThat(gap.difference()).isEqualTo(0.75 - 0.25);
        assertThat(gap.established(Images.SETTINGS.falseDiscoveryRate())).isTrue();
    }

    /** A bootstrap of 0 of 40 would be certain; Wilson's interval ends at 1.96² / (40 + 1.96²) = 8.8%. */
    @Test
    void aFeatureThatIsNeverActiveInAGroupIsNotCertainNeverToBe() {
        GroupMetric tagged = Images.metric(STATISTICS, NEVER, TAGGED);

        assertThat(tagged.value()).isZero();
        assertThat(tagged.interval().method()).isEqualTo(IntervalMethod.WILSON);
        assertThat(tagged.interval().high()).isCloseTo(3.8415 / 43.8415, within(1e-4));
        assertThat(Images.gap(STATISTICS, NEVER, TAGGED).pValue()).isEqualTo(1);
    }

    /** Eight clusters of 15 images each; what one cluster counts as is its share of all of them. */
    @Test
    void imagesOfOneClusterAreOneUnitHoweverManyClassesThereAre() {
        List<String> classes = IntStream.range(0, Tallies.MOST_CLUSTERED_CLASSES + 1)
                .mapToObj(k -> "class " + k)
                .toList();
        GroupLayout layout = new GroupLayout(List.of("tag"), classes, true, false, List.of(34, 222));
        List<Observation> images = IntStream.range(0, 120)
                .mapToObj(i -> Observation.scored(
                                "image " + i, "patient " + i % 8, Map.of("tag", "no"), 0, 0, 0.9, Map.of())
                        .showing(i < 60 ? Set.of(222) : Set.of()))
                .toList();
        GroupMetric whole = Images.metric(Images.fold(layout, images).finish(), NEVER, Group.WHOLE);
        GroupMetric other = Images.metric(Images.fold(layout, images).finish(), OFTEN, Group.WHOLE);

        assertThat(whole.value()).isEqualTo(0.5);
        assertThat(whole.clusters()).isEqualTo(8);
        assertThat(whole.interval().method()).isEqualTo(IntervalMethod.POISSON_PERCENTILE);
        assertThat(other.interval()).isEqualTo(ScoreInterval.wilson(new Proportion(0, 8), 0.95));
    }

    @Test
    void aFindingTellsBothShares() {
        Gap gap = GateVerdictTest.gap(Metric.named(OFTEN), "tag", "yes", 0.05, 0.01, 0.0001, 0.001);
        Gap open = GateVerdictTest.gap(Metric.named(OFTEN), "tag", "yes", -0.5, Double.NaN, Double.NaN, Double.NaN);

        assertThat(Wording.sentence(gap, Images.SETTINGS))
                .isEqualTo("feature 34 is active in 95.0% of the images with tag = yes against 90.0% elsewhere"
                        + " (5.0 points more, 95% interval 4.0 to 6.0, q = 0.001)");
        assertThat(Wording.sentence(open, Images.SETTINGS))
                .isEqualTo("feature 34 is active in 40.0% of the images with tag = yes against 90.0% elsewhere"
                        + " (50.0 points less)");
        // The first one is of the rejected images, which all have a tag.
        assertThat(Established.of(RUN, List.of(), List.of(), Images.SETTINGS)
                        .findings()
                        .get(1)
                        .statement())
                .startsWith("feature 34 is active in 75.0% of the images with tag = yes against 25.0% elsewhere"
                        + " (50.0 points more, 95% interval ");
    }

    @Test
    void aRuleNamesOneFeatureOrAll() {
        Gate one = new Gate(NEVER, "tag", 0.1);
        Gate all = new Gate("feature-frequency", "tag", 0.1);

        assertThat(GateVerdict.all(List.of(one, all), RUN, Images.SETTINGS))
                .extracting(GateVerdict::status)
                .containsExactly(GateStatus.PASS, GateStatus.FAIL);
    }
}
