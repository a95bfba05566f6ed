package dev.tapetum.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IntersectionsTest {
    private static final GroupLayout LAYOUT =
            Images.LAYOUT.crossing(Partition.crossings(Images.LAYOUT.attributes(), 2));

    @Test
    void aCrossingHasAGroupForEveryPairOfValuesWithImages() {
        List<Observation> images = Images.planted(600, 4);
        GroupStatistics statistics = Images.fold(LAYOUT, images).finish();

        assertThat(statistics.metrics().stream()
                        .map(GroupMetric::group)
                        .filter(group -> group.isCrossing() && !group.value().equals("*"))
                        .distinct())
                .extracting(Group::value)
                .containsExactly("A × x", "A × y", "B × x", "B × y", "C × x", "C × y");
        long bx = images.stream()
                .filter(image -> image.attributes().equals(Map.of("site", "B", "vendor", "x")))
                .count();
        assertThat(Images.metric(statistics, "reject-rate", new Group("site × vendor", "B × x"))
                        .n())
                .isEqualTo(bx);
    }

    @Test
    void combinationsWithoutImagesDoNotExist() {
        List<Observation> images = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            images.add(Observation.scored(
                    "image " + i,
                    null,
                    i % 2 == 0 ? Map.of("site", "A", "vendor", "x") : Map.of(),
                    0,
                    0,
                    0.9,
                    Map.of()));
        }

        GroupStatistics statistics = Images.fold(LAYOUT, images).finish();

        assertThat(statistics.metrics().stream().map(GroupMetric::group).filter(Group::isCrossing))
                .extracting(Group::value)
                .containsOnly("*", "A × x", "(missing) × (missing)");
    }

    /** What a crossing adds is tested in families of its own, and changes no number of the single attributes but q. */
    @Test
    void singleAttributesKeepTheirNumbers() {
        List<Observation> images = Images.planted(600, 4);
        GroupStatistics plain = Images.fold(Images.LAYOUT, images).finish();
        GroupStatistics crossed = Images.fold(LAYOUT, images).finish();

        assertThat(crossed.metrics().stream().filter(row -> !row.group().isCrossing()))
                .containsExactlyElementsOf(plain.metrics());
        assertThat(crossed.gaps().stream()
                        .filter(gap -> !gap.group().isCrossing())
                        .map(gap -> gap.withQValue(0)))
                .containsExactlyElementsOf(
                        plain.gaps().stream().map(gap -> gap.withQValue(0)).toList());
    }

    @Test
    void theGroupsOfACrossingAreComparedWithWhomThePlanNames() {
        References named = new References(Reference.OTHERS, Map.of("site × vendor", "A × x"));
        GroupStatistics statistics =
                Images.fold(LAYOUT.against(named), Images.planted(600, 4)).finish();

        assertThat(Images.gap(statistics, "accuracy", new Group("site × vendor", "B × y"))
                        .reference())
                .isEqualTo("A × x");
    }
}
