package dev.tapetum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.stats.PoissonWeights;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GroupStatesTest {
    /** Double sums of some hundred numbers in another order. */
    private static final double ROUNDING = 1e-9;

    /** To the last bit: sums do not depend on the order of additions. */
    @Property(tries = 15)
    void anySplitAndOrderGiveTheSameRows(@ForAll @IntRange(min = 1, max = 9) int parts, @ForAll int order) {
        List<Observation> images = new ArrayList<>(Images.planted(150, 3));
        GroupStatistics plain = Images.fold(Images.LAYOUT, images).finish();

        Collections.shuffle(images, new Random(order));
        List<GroupStates> states = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            states.add(new GroupStates(Images.SETTINGS, Images.LAYOUT));
        }

        for (int i = 0; i < images.size(); i++) {
            states.get(i % parts).add(images.get(i));
        }

        // Merged as a tree: pairs first, then pairs of pairs.
        while (states.size() > 1) {
            GroupStates last = states.remove(states.size() - 1);
            states.get(states.size() / 2).merge(last);
        }

        assertSame(states.get(0).finish(), plain);
    }

    private static void assertSame(GroupStatistics actual, GroupStatistics expected) {
        assertThat(actual.metrics()).isEqualTo(expected.metrics());
        assertThat(actual.gaps()).isEqualTo(expected.gaps());
    }

    @Test
    void theWholeLessAGroupEqualsTheOthersCountedDirectly() {
        List<Observation> images = Images.planted(300, 5);
        Group b = new Group("site", "B");
        List<Observation> renamed = images.stream()
                .map(image ->
                        withSite(image, Group.of(image.attributes(), "site").equals(b) ? "B" : "not B"))
                .toList();
        GroupStatistics three = Images.fold(Images.LAYOUT, images).finish();
        GroupStatistics two = Images.fold(Images.LAYOUT, renamed).finish();

        for (Gap gap : three.gaps()) {
            if (gap.group().equals(b)) {
                GroupMetric direct = Images.metric(two, gap.metric().name(), new Group("site", "not B"));
                assertThat(gap.referenceN()).isEqualTo(direct.n());
                assertThat(gap.referenceValue()).isCloseTo(direct.value(), within(ROUNDING));
            }
        }
    }

    private static Observation withSite(Observation image, String site) {
        Map<String, String> attributes = Map.of(
                "site", site, "vendor", Group.of(image.attributes(), "vendor").value());
        return new Observation(
                image.imageId(),
                image.cluster(),
                attributes,
                image.label(),
                image.predicted(),
                image.confidence(),
                image.rejected(),
                image.target(),
                image.features(),
                image.summaries(),
                image.responses());
    }

    @Test
    void survivesSerialisationInTheMiddleOfTheWork() throws Exception {
        List<Observation> images = Images.planted(120, 4);
        GroupStates states = Images.fold(Images.LAYOUT, images.subList(0, 60));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(states);
        }

        GroupStates read;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            read = (GroupStates) in.readObject();
        }

        images.subList(60, 120).forEach(read::add);
        assertSame(read.finish(), Images.fold(Images.LAYOUT, images).finish());
    }

    /**
     * Five groups, in each of which every bucket has: the sums of 8 bins of confidence, 22 bytes each; of the confidence and of one
     * summary, 38; and 4 + 4 · 2 tallies of 4 bytes. Names, digits and sketches are the rest.
     */
    @Test
    void theSizeIsBoundedByTheBucketsHoweverManyImagesThereAre() throws Exception {
        int full = 5 * PoissonWeights.BUCKETS * (8 * 22 + 2 * 38 + 12 * 4);

        assertThat(size(Images.fold(Images.LAYOUT, Images.planted(60_000, 4))))
                .isBetween(full * 8 / 10, full * 105 / 100);
        assertThat(size(Images.fold(Images.LAYOUT, Images.planted(60, 4)))).isLessThan(full / 20);
    }

    /** The states are finished on all cores, and what one of them told must not depend on which came first. */
    @Test
    void finishingOnOneThreadTellsTheSameToTheLastBit() throws Exception {
        GroupStates states = Images.fold(Images.LAYOUT, Images.planted(3000, 4));
        GroupStatistics onAll = states.finish();
        GroupStatistics onOne =
                new ForkJoinPool(1).submit(() -> states.finish()).get();

        assertSame(onOne, onAll);
    }

    private static int size(GroupStates states) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(states);
        }

        return bytes.size();
    }

    @Test
    void ratesByHand() {
        GroupStatistics statistics = Images.fold(
                        new GroupLayout(List.of("site"), List.of("cat", "dog", "never"), false),
                        List.of(
                                Images.image("1", "A", 0, 0, 0.9),
                                Images.image("2", "A", 0, 1, 0.8),
                                Images.image("3", "A", 1, 1, 0.7),
                                Images.image("4", "A", -1, 0, 0.6),
                                Observation.rejected("5", null, Map.of("site", "A"), 0)))
                .finish();

        // Five images, four scored, three labelled, two right; one cat of two found; one dog predicted among two cats.
        assertRow(statistics, "accuracy", 3, 2.0 / 3);
        assertRow(statistics, "reject-rate", 5, 0.2);
        assertRow(statistics, "selection-rate[cat]", 4, 0.5);
        assertRow(statistics, "true-positive-rate[cat]", 2, 0.5);
        assertRow(statistics, "true-positive-rate[dog]", 1, 1);
        assertRow(statistics, "false-positive-rate[cat]", 1, 0);
        assertRow(statistics, "false-positive-rate[dog]", 2, 0.5);
        assertRow(statistics, "confidence", 4, 0.75);
        assertThat(statistics.metrics()).extracting(row -> row.metric().name()).doesNotContain("selection-rate[never]");
        assertThat(statistics.gaps()).isEmpty();
    }

    private static void assertRow(GroupStatistics statistics, String metric, long n, double value) {
        for (Group group : List.of(Group.WHOLE, new Group("site", "A"))) {
            GroupMetric row = Images.metric(statistics, metric, group);
            assertThat(row.n()).isEqualTo(n);
            assertThat(row.clusters()).isEqualTo(n);
            assertThat(row.value()).isCloseTo(value, within(1e-12));
        }
    }

    @Test
    void noImagesGiveRowsWithoutValues() {
        GroupStatistics statistics = Images.fold(Images.LAYOUT, List.of()).finish();

        assertThat(statistics.metrics()).isNotEmpty().allSatisfy(row -> {
            assertThat(row.group())
                    .isIn(Group.WHOLE, Group.overAll("site"), Group.overAll("vendor"))
                    .satisfies(group -> assertThat(group.equals(Group.WHOLE))
                            .isEqualTo(row.metric().isOfGroup()));
            assertThat(row.n()).isZero();
            assertThat(row.value()).isNaN();
            assertThat(row.interval().low()).isNaN();
        });
        assertThat(statistics.gaps()).isEmpty();
    }

    @Test
    void withoutAttributesThereIsTheWhole() {
        GroupLayout layout = new GroupLayout(List.of(), List.of("cat", "dog"), false);
        GroupStatistics statistics = Images.fold(layout, Images.planted(100, 1)).finish();

        assertThat(Images.metric(statistics, "reject-rate", Group.WHOLE).n()).isEqualTo(100);
        assertThat(statistics.gaps()).isEmpty();
    }

    @Test
    void aSummaryThatSomeImagesLackCountsThoseThatHaveIt() {
        GroupLayout layout = new GroupLayout(List.of("site"), List.of("cat"), false);
        Map<String, String> site = Map.of("site", "A");
        GroupStatistics statistics = Images.fold(
                        layout,
                        List.of(
                                Observation.scored("1", null, site, 0, 0, 0.5, Map.of("mask", 0.2)),
                                Observation.scored("2", null, site, 0, 0, 0.5, Map.of("mask", Double.NaN)),
                                Observation.scored("3", null, site, 0, 0, 0.5, Map.of())))
                .finish();

        assertRow(statistics, "mask.mean", 1, 0.2);
        assertThat(Images.metric(statistics, "mask.spread", Group.WHOLE).value())
                .isNaN();
    }

    /** So that a query finds that there is no such number, and need not know that there might be. */
    @Test
    void aResponseThatNoImageHasIsARowWithoutAValue() {
        GroupStates states = new GroupStates(Images.SETTINGS, Images.LAYOUT);
        states.add(Images.image("a", "A", 0, 0, 0.5)
                .responding(new Observation.Responses(1, Map.of(ResponseMeasure.RELATIVE_MCE, Double.NaN))));

        GroupMetric row = Images.metric(states.finish(), "corruption.relative-mce.mean", Group.WHOLE);
        assertThat(row.n()).isZero();
        assertThat(row.value()).isNaN();
    }

    /** What a later pass would have to throw away is not made in the first place; that image b was seen is kept. */
    @Test
    void responsesAloneAreFoldedAndFinishedAlone() {
        Observation.Responses told = new Observation.Responses(3, Map.of(ResponseMeasure.MCE, 0.5));
        Observation a = Images.image("a", "A", 0, 0, 0.5).responding(told);
        Observation b = Images.image("b", "B", 0, 0, 0.5);
        GroupStates all = Images.fold(Images.LAYOUT, List.of(a, b));
        GroupStates alone = new GroupStates(Images.SETTINGS, Images.LAYOUT);
        List.of(a, b).forEach(alone::addResponses);

        GroupStatistics responses = alone.finish(Set.of(Family.INTERVENTION));
        assertThat(responses).isEqualTo(all.finish(Set.of(Family.INTERVENTION)));
        assertThat(responses.metrics())
                .extracting(row -> row.metric().name(), row -> row.group().value(), GroupMetric::n)
                .contains(tuple("corruption.mce.mean", "A", 1L), tuple("corruption.mce.mean", "B", 0L))
                .hasSize(1 + 2 + 1);
        assertThat(responses.gaps()).hasSize(2);
        assertThat(alone.finish().metrics())
                .filteredOn(row -> row.metric().family() != Family.INTERVENTION)
                .isNotEmpty()
                .allMatch(row -> row.n() == 0);
    }

    @Test
    void statesOfDifferentRunsDoNotMerge() {
        GroupStates states = new GroupStates(Images.SETTINGS, Images.LAYOUT);
        GroupStates clustered =
                new GroupStates(Images.SETTINGS, new GroupLayout(List.of(), List.of("cat", "dog"), true));

        assertThatThrownBy(() -> states.merge(clustered)).hasMessage("states of different runs do not merge");
    }

    /** Image i explains cat when it is even; the Gini index of cats is 1 and that of dogs 3. */
    @Test
    void explanationsAreSummarisedByTargetAndNothingIsTestedByIt() {
        GroupLayout layout = new GroupLayout(List.of("site"), List.of("cat", "dog"), false, true);
        List<Observation> images = IntStream.range(0, 80)
                .mapToObj(i -> Observation.scored(
                                "image " + i,
                                null,
                                Map.of("site", i < 40 ? "A" : "B"),
                                0,
                                0,
                                0.9,
                                Map.of(Images.GINI, i % 2 == 0 ? 1.0 : 3.0))
                        .explaining(i % 2 == 0 ? "cat" : "dog"))
                .toList();
        GroupStatistics statistics = Images.fold(layout, images).finish();
        List<GroupMetric> byTarget = statistics.metrics().stream()
                .filter(metric -> metric.group().attribute().equals(Group.TARGET))
                .toList();

        assertThat(byTarget)
                .extracting(
                        metric -> metric.group().value(),
                        metric -> metric.metric().name(),
                        GroupMetric::value)
                .containsExactly(
                        tuple("cat", "attribution.gini.mean[saliency()]", 1.0),
                        tuple("cat", "attribution.gini.spread[saliency()]", 0.0),
                        tuple("dog", "attribution.gini.mean[saliency()]", 3.0),
                        tuple("dog", "attribution.gini.spread[saliency()]", 0.0));
        assertThat(byTarget).extracting(GroupMetric::n).containsOnly(40L);
        assertThat(statistics.gaps())
                .isNotEmpty()
                .noneMatch(gap -> gap.group().attribute().equals(Group.TARGET));

        GroupLayout plain = new GroupLayout(List.of("site"), List.of("cat", "dog"), false);
        assertThat(Images.fold(plain, images).finish().gaps()).isEqualTo(statistics.gaps());
    }

    @Test
    void withoutAttributesTheWholeIsNotMadeOfTheTargets() {
        GroupLayout layout = new GroupLayout(List.of(), List.of("cat"), false, true);
        List<Observation> images = IntStream.range(0, 40)
                .mapToObj(i -> {
                    Observation image =
                            Observation.scored("image " + i, null, Map.of(), 0, 0, 0.9, Map.of(Images.GINI, 1.0));
                    return i < 10 ? image.explaining("cat") : image;
                })
                .toList();

        assertThat(Images.fold(layout, images).finish().metrics())
                .filteredOn(metric -> metric.metric().name().equals("attribution.gini.mean[saliency()]"))
                .extracting(metric -> metric.group().value(), GroupMetric::n)
                .containsExactly(tuple("*", 40L), tuple("cat", 10L));
    }
}
