package dev.tapetum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.stats.FisherExact;
import dev.tapetum.stats.StatisticsSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReferencesTest {
    private static final Group A = new Group("site", "A");
    private static final Group B = new Group("site", "B");
    private static final References BEST = new References(Reference.BEST, Map.of());
    private static final References TO_A = new References(Reference.OTHERS, Map.of("site", "A"));

    @Test
    void aNamedGroupIsWhomTheOthersAreComparedWith() {
        GroupStatistics statistics =
                Images.fold(Images.LAYOUT.against(TO_A), Images.planted(600, 2)).finish();
        Gap gap = Images.gap(statistics, "accuracy", B);
        GroupMetric a = Images.metric(statistics, "accuracy", A);
        GroupMetric b = Images.metric(statistics, "accuracy", B);

        assertThat(gap.reference()).isEqualTo("A");
        assertThat(gap.elsewhere()).isEqualTo("at A");
        assertThat(gap.referenceN()).isEqualTo(a.n());
        assertThat(gap.difference()).isEqualTo(b.value() - a.value());
        assertThat(gap.pValue())
                .isEqualTo(
                        FisherExact.pValue(Math.round(b.value() * b.n()), b.n(), Math.round(a.value() * a.n()), a.n()));
        assertThat(statistics.gaps()).noneMatch(row -> row.group().equals(A));
        assertThat(statistics.gaps())
                .filteredOn(row -> row.group().attribute().equals("vendor"))
                .isNotEmpty()
                .allMatch(Gap::isAgainstOthers);
    }

    @Test
    void aReferenceWithoutImagesIsAnError() {
        References nobody = new References(Reference.OTHERS, Map.of("site", "Z"));
        GroupStates states = Images.fold(Images.LAYOUT.against(nobody), Images.planted(60, 2));

        assertThatThrownBy(states::finish).hasMessage("there is no group site = Z");
        assertThatThrownBy(() -> new References(Reference.BEST, Map.of("site", "others")))
                .hasMessageStartingWith("a group that is called 'others' cannot be a reference");
    }

    @Test
    void twoGapsAgainstANamedGroupAreNoMirrorImages() {
        List<Gap> gaps = Images.fold(Images.LAYOUT.against(TO_A), Images.planted(600, 2))
                .finish()
                .gaps();

        assertThat(Mirrors.of(gaps).has(Images.gap(new GroupStatistics(List.of(), gaps), "accuracy", B)))
                .isFalse();
    }

    @Test
    void theBestGroupIsTheOneOfTheBetterSide() {
        GroupStatistics statistics = Images.fold(Images.LAYOUT.against(BEST), Images.planted(1500, 2, 0.6, 1))
                .finish();
        Gap gap = Images.gap(statistics, "accuracy", B);

        assertThat(gap.reference()).isIn("best: A", "best: C");
        assertThat(gap.difference()).isNegative();
        // Smaller than 400 replicates can say.
        assertThat(gap.pValue()).isBetween(Double.MIN_NORMAL, 1e-6);
        assertThat(gap.interval().low()).isLessThan(gap.difference());
        assertThat(gap.interval().high()).isBetween(gap.difference(), 0.0);
        assertThat(Images.gap(statistics, "confidence", B).isAgainstOthers()).isTrue();
        assertThat(statistics.gaps().stream()
                        .filter(row -> row.metric().name().equals("accuracy")
                                && row.group().attribute().equals("site")))
                .hasSize(2);
    }

    @Test
    void withFewErrorsTheBestIsThatOfTheFewest() {
        Gap rejects = Images.fold(Images.LAYOUT.against(BEST), Images.planted(600, 2)).finish().gaps().stream()
                .filter(row -> row.metric().name().equals("reject-rate"))
                .findFirst()
                .orElseThrow();

        assertThat(rejects.difference()).isNotNegative();
        assertThat(rejects.interval().low()).isNotNegative();
    }

    /**
     * Four equal groups, 400 audits: that one of the groups that are not the best differs at 5% should be found in no more audits than
     * chance allows. Of each fixed group p ≤ 0.05 in at most 5% of the audits: at most 20 ± 4.4, so never more than 34.
     */
    @Test
    void equalGroupsAreFoundToDifferFromTheBestNoMoreOftenThanTheLevel() {
        int runs = 400;
        int[] rejected = new int[2];
        SplittableRandom random = new SplittableRandom(17);
        GroupLayout layout = new GroupLayout(List.of("site"), List.of("cat"), false).against(BEST);
        for (int run = 0; run < runs; run++) {
            GroupStates states = new GroupStates(new StatisticsSettings(0.95, 200, 0.05, 30, run), layout);
            for (int i = 0; i < 320; i++) {
                states.add(Observation.scored(
                        "image " + i,
                        null,
                        Map.of("site", "s" + i % 4),
                        0,
                        0,
                        random.nextDouble(),
                        Map.of("corruption.error[fog]", random.nextDouble() < 0.2 ? 1.0 : 0.0)));
                if (random.nextDouble() < 0.15) {
                    states.add(Observation.rejected("rejected " + i, null, Map.of("site", "s" + i % 4), 0));
                }
            }

            List<Gap> gaps = states.finish().gaps();
            rejected[0] += isRejected(gaps, "reject-rate") ? 1 : 0;
            rejected[1] += isRejected(gaps, "corruption.error.mean[fog]") ? 1 : 0;
        }

        assertThat(Arrays.stream(rejected).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(1, 34));
    }

    private static boolean isRejected(List<Gap> gaps, String metric) {
        return gaps.stream()
                .anyMatch(gap -> gap.metric().name().equals(metric)
                        && gap.group().value().equals("s1")
                        && gap.pValue() <= 0.05);
    }
}
