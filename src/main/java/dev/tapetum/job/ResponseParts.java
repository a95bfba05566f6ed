package dev.tapetum.job;

import dev.tapetum.config.GroupSample;
import dev.tapetum.config.Plan;
import dev.tapetum.fairness.GroupLayout;
import dev.tapetum.fairness.GroupStates;
import dev.tapetum.fairness.ResponseMeasure;
import dev.tapetum.job.source.IndexSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which summaries of interventions are folded together. Every editor on every class in every group keeps sums of its own, by
 * bucket of the bootstrap: fifteen corruptions of a model of ten classes have 500 summaries, 60 MB in each large group, and there are as many
 * groups as the attributes have values. Where interventions ran on a sample, or groups are small, it is far less: 500 numbers of
 * 100 images are 4 MB. So the summaries are cut into parts that fit, and the evidence is read once for each.
 *
 * @param parts the names of the summaries of each part; a single empty part without interventions
 * @param groups how many groups there are
 * @param bytesPerSummary the most that a summary takes in one of them, in the mean over the groups
 */
record ResponseParts(List<Set<String>> parts, long groups, long bytesPerSummary) {

    /**
     * The most that the responses to interventions take in the state of one task, unless those of one class and editor are more:
     * they stay together. Each core of an executor holds one, and merges two.
     */
    static final long MOST_BYTES = 128L << 20;

    /** As many passes as nobody waits for. */
    private static final int FEW = 8;

    ResponseParts {
        parts = List.copyOf(parts);
    }

    /** Those of a run. */
    static ResponseParts of(Plan plan, InterventionSummaries summaries, GroupLayout layout, IndexSummary listed) {
        return of(
                summaries.names(plan),
                groups(listed, layout),
                GroupStates.bytesPerSummary(layout, imagesPerGroup(plan, layout, listed)),
                MOST_BYTES);
    }

    /**
     * In the mean: each attribute and each crossing splits the images. What a group takes grows more slowly the more images it has, so that groups
     * of unequal size take no more than as many of the mean size.
     */
    private static long imagesPerGroup(Plan plan, GroupLayout layout, IndexSummary listed) {
        GroupSample sample = plan.propertyGradients().sample();
        double drawn = sample == null || sample.isPerGroup() ? 1 : sample.probability(listed.images());
        int splits = Math.max(1, layout.partitions().size());
        return (long) Math.ceil(drawn * listed.images() * splits / groups(listed, layout));
    }

    /** The numbers of one class and editor stay together, since an effect is made of them; they are three, or one. */
    static ResponseParts of(List<String> names, long groups, long bytesPerSummary, long mostBytes) {
        record Subject(String editor, String target) {}

        Map<Subject, List<String>> subjects = new LinkedHashMap<>();
        for (String name : names) {
            ResponseMeasure measure = Objects.requireNonNull(ResponseMeasure.of(name));
            subjects.computeIfAbsent(new Subject(measure.subject(), measure.target()), subject -> new ArrayList<>())
                    .add(name);
        }

        long fit = mostBytes / (groups * bytesPerSummary);
        List<Set<String>> parts = new ArrayList<>();
        Set<String> part = new LinkedHashSet<>();
        for (List<String> subject : subjects.values()) {
            if (!part.isEmpty() && part.size() + subject.size() > fit) {
                parts.add(part);
                part = new LinkedHashSet<>();
            }

            part.addAll(subject);
        }

        parts.add(part);
        return new ResponseParts(parts, groups, bytesPerSummary);
    }

    /** Those of the attributes, the images without a value among them, and of the crossings as many as there may be. */
    private static long groups(IndexSummary listed, GroupLayout layout) {
        long groups = layout.partitions().stream()
                .mapToLong(partition -> Crossings.groups(partition, listed))
                .sum();
        return Math.max(1, groups);
    }

    /**
     * What to say before the run of how often it will read its evidence, and how much each task then holds; null when it is not
     * often, and no more than it should be.
     */
    @Nullable
    String remark() {
        boolean large = largestBytes() > MOST_BYTES;
        if (parts.size() <= FEW && !large) {
            return null;
        }

        long summaries = parts.stream().mapToLong(Set::size).sum();
        return "The statistics of interventions will read the evidence "
                + (parts.size() == 1 ? "once" : parts.size() + " times") + ": " + summaries
                + " numbers per image in " + groups + " groups are " + mebibytes(summaries * groups * bytesPerSummary)
                + " MiB, of which each task holds " + mebibytes(largestBytes()) + " at once"
                + (large
                        ? ", more than the " + mebibytes(MOST_BYTES)
                                + " that it should, since the numbers of one class and editor stay together; attributes with"
                                + " fewer values or a smaller property-gradients.sample make it less"
                        : "; fewer classes in property-gradients.targets, attributes with fewer values, or a smaller"
                                + " property-gradients.sample make it faster");
    }

    /** What the largest part takes in the state of one task. */
    long largestBytes() {
        return parts.stream().mapToLong(Set::size).max().orElse(0) * groups * bytesPerSummary;
    }

    /** Rounded up, so that what is beyond a bound looks so. */
    private static long mebibytes(long bytes) {
        return (bytes + (1 << 20) - 1) >> 20;
    }
}
