package dev.tapetum.fairness;

import dev.tapetum.stats.PoissonWeights;
import dev.tapetum.stats.StatisticsSettings;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The mergeable state of the changes of one metric in all groups. States of the same metric merge in any order; with partitions
 * the whole is the sum of the groups of any one of them.
 */
public final class ChangeStates implements Serializable {
    private static final long serialVersionUID = 1L;

    private final StatisticsSettings settings;

    /** Whose groups together are the whole. */
    private final String part;

    private final boolean clustered;
    private final PairedNumber of;
    private final PoissonWeights poisson;
    private final TreeMap<Group, ChangeState> groups = new TreeMap<>();

    /**
     * An image of two runs.
     *
     * @param imageId its name, the unit of the bootstrap unless there is a cluster
     * @param cluster the patient, video or other unit that it belongs to, or null
     * @param groups that it is in, one of each partition; the whole where there is none
     */
    public record Image(String imageId, @Nullable String cluster, List<Group> groups) implements Serializable {
        public Image {
            groups = List.copyOf(groups);
        }

        /**
         * With the groups that it is in.
         *
         * @param attributes their values
         * @param partitions that make groups
         */
        public static Image of(
                String imageId, @Nullable String cluster, Map<String, String> attributes, List<Partition> partitions) {
            return new Image(
                    imageId,
                    cluster,
                    partitions.isEmpty()
                            ? List.of(Group.WHOLE)
                            : partitions.stream()
                                    .map(partition -> partition.of(attributes))
                                    .toList());
        }

        /** The unit of resampling. */
        public String unit() {
            return cluster == null ? imageId : cluster;
        }
    }

    /**
     * The state of no images.
     *
     * @param partitions that make groups
     * @param clustered whether clusters are the units
     * @param of a number of the metric; only what is the same in all of them is looked at
     */
    public ChangeStates(StatisticsSettings settings, List<Partition> partitions, boolean clustered, PairedNumber of) {
        this.settings = settings;
        this.part = partitions.isEmpty()
                ? Group.WHOLE.attribute()
                : partitions.get(0).name();
        this.clustered = clustered;
        this.of = of;
        this.poisson = new PoissonWeights(settings);
    }

    /** Adds an image. */
    public void add(Image image, PairedNumber number) {
        if (!number.isDefined()) {
            return;
        }

        String unit = clustered ? image.unit() : image.imageId();
        int bucket = poisson.bucket(unit);
        image.groups().forEach(group -> group(group).add(number, unit, bucket));
    }

    /** Adds the images of another state of the same metric, which stays as it is. */
    public void merge(ChangeStates other) {
        other.groups.forEach((group, state) -> group(group).merge(state));
    }

    private ChangeState group(Group group) {
        return groups.computeIfAbsent(group, absent -> empty());
    }

    private ChangeState empty() {
        return new ChangeState(of.kind(), clustered, poisson);
    }

    /** The changes of the whole and of all groups, not corrected yet. */
    public List<PairedChange> changes() {
        ChangeState whole = empty();
        groups.forEach((group, state) -> {
            if (group.attribute().equals(part)) {
                whole.merge(state);
            }
        });
        List<PairedChange> changes = new ArrayList<>();
        changes.add(whole.change(of, Group.WHOLE, whole, settings));
        groups.forEach((group, state) -> {
            if (!group.equals(Group.WHOLE)) {
                changes.add(state.change(of, group, whole, settings));
            }
        });
        return changes;
    }
}
