package dev.tapetum.fairness;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which gaps say once more what another says: of the two groups that make up an attribute each is the other's reference,
 * so their gaps mirror each other. A gap against a named or the best group has no mirror image. The one of the group that is worse off is told, and where there is no worse the one of
 * the smaller group.
 *
 * @param groups all groups of each attribute
 */
record Mirrors(Map<String, TreeSet<Group>> groups) {
    static Mirrors of(List<Gap> gaps) {
        Map<String, TreeSet<Group>> groups = new TreeMap<>();
        gaps.stream()
                .filter(Gap::isAgainstOthers)
                .forEach(gap -> groups.computeIfAbsent(gap.group().attribute(), attribute -> new TreeSet<>())
                        .add(gap.group()));
        return new Mirrors(groups);
    }

    /** Whether the gap of the other group is the one to tell. */
    boolean has(Gap gap) {
        TreeSet<Group> pair = groups.getOrDefault(gap.group().attribute(), new TreeSet<>());
        if (pair.size() != 2 || !gap.isAgainstOthers()) {
            return false;
        }

        Direction direction = gap.metric().direction();
        if (direction != Direction.NEITHER && Math.abs(gap.difference()) > 0) {
            return !direction.worse(gap.difference());
        }

        boolean first = gap.group().equals(pair.first());
        return gap.n() > gap.referenceN() || (gap.n() == gap.referenceN() && !first);
    }
}
