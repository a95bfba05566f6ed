package dev.tapetum.fairness;

import dev.tapetum.stats.PoissonWeights;
import dev.tapetum.stats.StatisticsSettings;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The mergeable state of a run's group statistics: each task folds its images into one, states merge in any order and
 * grouping, and the driver finishes the last one.
 *
 * <pre>{@code
 * GroupStates states = new GroupStates(settings, layout);   // one per task, and a fresh one as the zero of a tree reduce
 * states.add(observation);                                  // per image, each image once in the whole run
 * states.merge(other);                                      // leaves other unchanged
 * GroupStatistics statistics = states.finish();
 * }</pre>
 *
 * <p>Size: groups × (24 bytes × replicates × (1 + summaries + confidence bins in use)), that is about 48 kB per summary
 * and group at 2,000 replicates, whatever the number of images ({@link #bytesPerSummary}): a run whose summaries are too many
 * for that folds its images more than once, each time with some of the summaries ({@link GroupStatistics#together}). Adding an image costs about 2 ns
 * per attribute, continuous metric and replicate (memory bandwidth), and 6 ns per replicate for the weights:
 * {@code GroupStatesBench}. Groups by target keep fewer replicates, since there are as many as the model has classes and
 * nothing is tested by them.
 *
 * <p>Merging is commutative and associative: counts exactly, sums up to the rounding of double additions, some 1e-15
 * relative.
 */
public final class GroupStates implements Serializable {
    private static final long serialVersionUID = 1L;

    /** 12 kB per summary and class; the ends of a 95% interval are then off by about a thirtieth of its length. */
    private static final int MOST_TARGET_REPLICATES = 500;

    /** Beyond so many different combinations of values those that are known are forgotten. */
    private static final int MOST_COMBINATIONS = 10_000;

    private final StatisticsSettings settings;
    private final GroupLayout layout;
    private final PoissonWeights weights;
    private final TreeMap<Group, GroupState> groups = new TreeMap<>();
    private transient double @Nullable [] scratch;

    /** The groups of images with certain values of the attributes: naming 21 groups per image costs more than counting it. */
    private transient @Nullable Map<List<String>, List<GroupState>> combinations;

    /** The bytes that one summary takes in one group. */
    public static long bytesPerSummary(StatisticsSettings settings, GroupLayout layout) {
        return 3L * Double.BYTES * settings.bootstrap()
                + (layout.clustered() ? (long) Long.BYTES * SummaryState.COUNTED_CLUSTERS : 0);
    }

    /** The state of no images. */
    public GroupStates(StatisticsSettings settings, GroupLayout layout) {
        this.settings = settings;
        this.layout = layout;
        this.weights = new PoissonWeights(settings);
    }

    /** Adds an image. Its class indices lie within the layout's classes. */
    public void add(Observation image) {
        double[] unitWeights = weights(image);
        groups(image).forEach(group -> group.add(image, unitWeights));
        String target = image.target();
        if (layout.byTarget() && target != null) {
            group(new Group(Group.TARGET, target)).addExplanations(image, unitWeights);
        }
    }

    /**
     * Adds what interventions told of an image, and nothing else: for all passes but the first. Its groups exist from then on
     * even where they told nothing, which costs no weights: most images of a run with a small sample.
     */
    public void addResponses(Observation image) {
        List<GroupState> of = groups(image);
        if (image.responses().values().isEmpty()) {
            return;
        }

        double[] unitWeights = weights(image);
        of.forEach(group -> group.addResponses(image, unitWeights));
    }

    private double[] weights(Observation image) {
        double[] unitWeights = scratch;
        if (unitWeights == null) {
            unitWeights = new double[weights.replicates()];
            scratch = unitWeights;
        }

        weights.draw(layout.clustered() ? image.unit() : image.imageId(), unitWeights);
        return unitWeights;
    }

    /** With attributes the whole is the sum of the groups of any one of them, and need not be kept besides. */
    private List<GroupState> groups(Observation image) {
        if (layout.attributes().isEmpty()) {
            return List.of(group(Group.WHOLE));
        }

        List<String> values = new ArrayList<>(layout.attributes().size());
        layout.attributes()
                .forEach(attribute ->
                        values.add(Group.of(image.attributes(), attribute).value()));
        Map<List<String>, List<GroupState>> known = combinations;
        if (known == null || known.size() >= MOST_COMBINATIONS) {
            known = new HashMap<>();
            combinations = known;
        }

        return known.computeIfAbsent(
                values,
                absent -> layout.partitions().stream()
                        .map(partition -> group(partition.of(image.attributes())))
                        .toList());
    }

    /** Adds all images of another state, which stays as it is. Both have the same settings and layout. */
    public void merge(GroupStates other) {
        if (!settings.equals(other.settings) || !layout.equals(other.layout)) {
            throw new IllegalArgumentException("states of different runs do not merge");
        }

        other.groups.forEach((group, state) -> group(group).merge(state));
    }

    private GroupState group(Group group) {
        return groups.computeIfAbsent(
                group, absent -> group.isOfTarget(layout) ? empty(targetReplicates()) : empty(settings.bootstrap()));
    }

    private int targetReplicates() {
        return Math.min(MOST_TARGET_REPLICATES, settings.bootstrap());
    }

    /**
     * How strongly classes answer to properties, in the whole and in every group.
     *
     * @param minEffect the smallest mean expected gradient that is of any importance
     */
    public List<PropertyEffect> effects(double minEffect) {
        return new PropertyEffects(settings, layout, minEffect).all(groups, whole());
    }

    /** All metrics and gaps, with intervals, tests and corrections. The state stays as it is. */
    public GroupStatistics finish() {
        return finish(EnumSet.allOf(Family.class));
    }

    /** The metrics and gaps of these families alone. */
    public GroupStatistics finish(Set<Family> families) {
        return new GroupComparison(settings, layout, groups, whole(), families).statistics();
    }

    private GroupState whole() {
        GroupState whole = empty(settings.bootstrap());
        String part = layout.attributes().isEmpty()
                ? Group.WHOLE.attribute()
                : layout.attributes().get(0);
        for (Map.Entry<Group, GroupState> entry : groups.entrySet()) {
            if (entry.getKey().attribute().equals(part)) {
                whole.merge(entry.getValue());
            }
        }

        return whole;
    }

    private GroupState empty(int replicates) {
        return new GroupState(layout, replicates);
    }
}
