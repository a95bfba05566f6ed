package dev.tapetum.fairness;

import dev.tapetum.stats.MomentSums;
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
 * <p>Size: what is kept of a number is kept by bucket of the bootstrap ({@link PoissonWeights}), so it grows with the images up to
 * {@link PoissonWeights#BUCKETS} units in a group and not beyond, whatever the number of replicates. A large group takes 0.7 MB for
 * calibration, 80 kB for confidence and for every summary, and 8 kB for each tally that is kept by bucket; 153 groups (six attributes of three
 * values and their crossings) of a model of ten classes some 180 MB in each task and twice that where two merge, a group of 30 images a
 * tenth. A run whose summaries are too many for that folds its images more than once, each time with some of the summaries
 * ({@link #bytesPerSummary}, {@link GroupStatistics#together}). Adding an image costs some 20 ns per attribute and number: {@code
 * GroupStatesBench}.
 *
 * <p>Merging is commutative and associative to the last bit ({@link MomentSums}), so that a rerun gives the same statistics however
 * the images are spread over tasks and in whichever order tasks end.
 */
public final class GroupStates implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Beyond so many different combinations of values those that are known are forgotten. */
    private static final int MOST_COMBINATIONS = 10_000;

    private final StatisticsSettings settings;
    private final GroupLayout layout;
    private final PoissonWeights weights;
    private final TreeMap<Group, GroupState> groups = new TreeMap<>();

    /** The groups of images with certain values of the attributes: naming 21 groups per image costs more than counting it. */
    private transient @Nullable Map<List<String>, List<GroupState>> combinations;

    /**
     * The most bytes that one summary takes in one group.
     *
     * @param images how many images have it there
     */
    public static long bytesPerSummary(GroupLayout layout, long images) {
        long clusters = layout.clustered() ? Math.min(images, SummaryState.COUNTED_CLUSTERS) : 0;
        return MomentSums.bytes(images) + Long.BYTES * clusters;
    }

    /** The state of no images. */
    public GroupStates(StatisticsSettings settings, GroupLayout layout) {
        this.settings = settings;
        this.layout = layout;
        this.weights = new PoissonWeights(settings);
    }

    /** Adds an image. Its class indices lie within the layout's classes. */
    public void add(Observation image) {
        int bucket = bucket(image);
        groups(image).forEach(group -> group.add(image, bucket));
        String target = image.target();
        if (layout.byTarget() && target != null) {
            group(new Group(Group.TARGET, target)).addExplanations(image, bucket);
        }
    }

    /**
     * Adds what interventions told of an image, and nothing else: for all passes but the first. Its groups exist from then on
     * even where they told nothing, which costs nothing else: most images of a run with a small sample.
     */
    public void addResponses(Observation image) {
        List<GroupState> of = groups(image);
        if (image.responses().values().isEmpty()) {
            return;
        }

        int bucket = bucket(image);
        of.forEach(group -> group.addResponses(image, bucket));
    }

    private int bucket(Observation image) {
        return weights.bucket(layout.clustered() ? image.unit() : image.imageId());
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
        return groups.computeIfAbsent(group, absent -> empty());
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
        GroupState whole = empty();
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

    private GroupState empty() {
        return new GroupState(layout, weights);
    }
}
