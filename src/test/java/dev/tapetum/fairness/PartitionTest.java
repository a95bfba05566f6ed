package dev.tapetum.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PartitionTest {
    private static final List<String> ATTRIBUTES = List.of("tag", "site", "age");

    @Test
    void crossingsAreInTheOrderOfTheAttributesPairsFirst() {
        assertThat(Partition.crossings(ATTRIBUTES, 3))
                .extracting(Partition::name)
                .containsExactly("tag × site", "tag × age", "site × age", "tag × site × age");
        assertThat(Partition.crossings(ATTRIBUTES, 2)).hasSize(3);
        assertThat(Partition.crossings(ATTRIBUTES, 1)).isEmpty();
    }

    @Test
    void aCrossingIsNamedInAnyOrder() {
        assertThat(Partition.named("site × tag", ATTRIBUTES)).isEqualTo(new Partition(List.of("tag", "site")));
        assertThat(Partition.named("age", ATTRIBUTES)).isEqualTo(new Partition(List.of("age")));
        assertThat(Partition.named("site × vendor", ATTRIBUTES)).isNull();
        assertThat(Partition.named("site × site", ATTRIBUTES)).isNull();
        assertThat(new Partition(List.of("tag", "site")).inOrder("site × tag", "annex × yes"))
                .isEqualTo("yes × annex");
    }

    @Test
    void aGroupTellsWhatItIsTheIntersectionOf() {
        Partition crossing = new Partition(List.of("tag", "site"));
        Group group = crossing.of(Map.of("tag", "yes"));

        assertThat(group).isEqualTo(new Group("tag × site", "yes × (missing)"));
        assertThat(group.components()).containsExactly(new Group("tag", "yes"), new Group("site", "(missing)"));
        assertThat(new Group("tag", "a × b").components()).containsExactly(new Group("tag", "a × b"));
    }

    /** Without doubling, a × b with c and a with b × c would be one group. */
    @Test
    void aSignOfTimesWithinAValueDoesNotSeparate() {
        Partition crossing = new Partition(List.of("tag", "site"));
        Group one = crossing.group(List.of("a × b", "c"));
        Group other = crossing.group(List.of("a", "b × c"));

        assertThat(one).isNotEqualTo(other);
        assertThat(one.components()).containsExactly(new Group("tag", "a × b"), new Group("site", "c"));
        assertThat(crossing.group(List.of("×", "2 ×")).components())
                .containsExactly(new Group("tag", "×"), new Group("site", "2 ×"));
    }

    @Test
    void groupsOfSingleAttributesComeFirst() {
        assertThat(new Group("vendor", "x")).isLessThan(new Group("site × tag", "a × b"));
        assertThat(new Group("site", "b")).isGreaterThan(new Group("site", "a"));
    }
}
