package dev.tapetum.fairness.slice;

import dev.tapetum.fairness.Family;
import dev.tapetum.fairness.Gap;
import dev.tapetum.fairness.Group;
import dev.tapetum.fairness.GroupLayout;
import dev.tapetum.fairness.GroupMetric;
import dev.tapetum.fairness.GroupStates;
import dev.tapetum.fairness.GroupStatistics;
import dev.tapetum.fairness.Observation;
import dev.tapetum.fairness.Slice;
import dev.tapetum.stats.FalseDiscoveryRate;
import dev.tapetum.stats.Interval;
import dev.tapetum.stats.StatisticsSettings;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The mergeable state that measures found slices on images that the search did not see: each slice is an attribute whose
 * groups are its images and all others, and accuracy is compared as between any two groups ({@link GroupStates}). The error
 * rate is what accuracy leaves of 1, with the same p-value.
 *
 * <p>The tests of all slices are one family. Confirmed is a slice with a higher error than elsewhere and a q-value of at most
 * the false discovery rate; one with too few units for a verdict has no q-value, and is not.
 */
public final class Confirmation implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String SLICE = "slice ";
    private static final String INSIDE = "in";
    private static final String OUTSIDE = "out";
    private static final String ACCURACY = "accuracy";
    private static final List<String> CLASSES = List.of("right", "wrong");

    private final List<Predicate> predicates;
    private final StatisticsSettings settings;
    private final GroupStates states;

    /**
     * No images.
     *
     * @param predicates the slices, at least one
     * @param clustered whether images come in clusters
     */
    public Confirmation(List<Predicate> predicates, StatisticsSettings settings, boolean clustered) {
        this.predicates = List.copyOf(predicates);
        this.settings = settings;
        List<String> names = IntStream.range(0, predicates.size())
                .mapToObj(Confirmation::name)
                .toList();
        this.states = new GroupStates(settings, new GroupLayout(names, CLASSES, clustered));
    }

    private static String name(int place) {
        return SLICE + (place + 1);
    }

    /** Adds an image, each once; one that is rejected or has no label is none. */
    public void add(Observation image) {
        if (image.rejected() || image.label() == Observation.UNKNOWN) {
            return;
        }

        Map<String, String> sides = new HashMap<>();
        for (int i = 0; i < predicates.size(); i++) {
            sides.put(name(i), predicates.get(i).holds(image) ? INSIDE : OUTSIDE);
        }

        // Of a label the first class stands for "right": nothing but whether the prediction is the label is asked.
        int outcome = image.label() == image.predicted() ? 0 : 1;
        states.add(Observation.scored(image.imageId(), image.cluster(), sides, 0, outcome, Double.NaN, Map.of()));
    }

    /** Adds all images of another state, which stays as it is. Both are of the same slices. */
    public void merge(Confirmation other) {
        states.merge(other.states);
    }

    /**
     * What the images say of the slices, in the order of the search.
     *
     * @param found the slices whose predicates were measured, in their order
     */
    public List<Slice> slices(List<Found> found) {
        GroupStatistics statistics = states.finish(Set.of(Family.OUTCOME));
        Map<Group, GroupMetric> metrics = new HashMap<>();
        statistics.metrics().stream()
                .filter(row -> row.metric().name().equals(ACCURACY))
                .forEach(row -> metrics.put(row.group(), row));
        Map<Group, Gap> gaps = new HashMap<>();
        statistics.gaps().stream()
                .filter(gap -> gap.metric().name().equals(ACCURACY))
                .forEach(gap -> gaps.put(gap.group(), gap));

        List<@Nullable Gap> compared = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            compared.add(gaps.get(new Group(name(i), INSIDE)));
        }

        double[] qValues = FalseDiscoveryRate.benjaminiHochberg(compared.stream()
                .mapToDouble(gap -> gap == null ? Double.NaN : gap.pValue())
                .toArray());
        GroupMetric whole = metrics.get(Group.WHOLE);
        double overall = whole == null ? Double.NaN : 1 - whole.value();
        List<Slice> slices = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            GroupMetric inside = metrics.get(new Group(name(i), INSIDE));
            slices.add(slice(i + 1, found.get(i), inside, compared.get(i), qValues[i], overall));
        }

        return slices;
    }

    private Slice slice(
            int rank, Found found, @Nullable GroupMetric inside, @Nullable Gap gap, double qValue, double overall) {
        // Subtracted from zero, a zero stays a positive one.
        double difference = gap == null ? Double.NaN : 0 - gap.difference();
        Interval interval = gap == null || Double.isNaN(gap.interval().low())
                ? Interval.NONE
                : new Interval(
                        0 - gap.interval().high(),
                        0 - gap.interval().low(),
                        gap.interval().method());
        return new Slice(
                rank,
                found.predicate().text(),
                found.predicate().query(),
                found.predicate().depth(),
                inside == null ? 0 : inside.n(),
                inside == null ? 0 : inside.clusters(),
                inside == null ? Double.NaN : 1 - inside.value(),
                overall,
                difference,
                interval,
                gap == null ? Double.NaN : gap.pValue(),
                qValue,
                difference > 0 && qValue <= settings.falseDiscoveryRate(),
                found.score(),
                found.images(),
                (double) found.errors() / found.images());
    }
}
