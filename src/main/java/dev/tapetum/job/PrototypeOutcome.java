package dev.tapetum.job;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What came of drawing the classes of a model.
 *
 * @param runId the run whose images judge the drawings and whose report shows them
 * @param drawings all of them
 * @param earlier those that an earlier call had made
 * @param forward evaluations, for drawings and judgement
 * @param gradient evaluations, for drawings
 * @param seconds of this call
 * @param methods in the order of the plan
 * @param modelLoads where the model was loaded, one entry per loading
 * @param report the report's page; null where it could not be written
 */
public record PrototypeOutcome(
        String runId,
        long drawings,
        long earlier,
        long forward,
        long gradient,
        double seconds,
        List<Method> methods,
        List<String> modelLoads,
        @Nullable String report) {

    public PrototypeOutcome {
        methods = List.copyOf(methods);
        modelLoads = List.copyOf(modelLoads);
    }

    /**
     * What a method drew of a class, its seeds' mean; distances are null where the class has no path.
     *
     * @param method with its parameters
     */
    public record OfClass(
            String method,
            int classIndex,
            double logit,
            double probability,
            @Nullable Double pathL1,
            @Nullable Double naturalL1,
            @Nullable Double otherL1,
            @Nullable Double pathSpearman,
            @Nullable Double naturalSpearman,
            @Nullable Double otherSpearman) {}

    /**
     * What a method drew.
     *
     * @param label what it is called
     * @param baseline whether others are to be closer to the images than it
     */
    public record Method(String label, boolean baseline, List<OfClass> classes) {

        public Method {
            classes = List.copyOf(classes);
        }

        /** The mean over the classes that have a value; null where none has. */
        public @Nullable Double mean(Function<OfClass, @Nullable Double> value) {
            return classes.stream()
                    .map(value)
                    .filter(Objects::nonNull)
                    .mapToDouble(Double::doubleValue)
                    .average()
                    .stream()
                    .boxed()
                    .findFirst()
                    .orElse(null);
        }

        /** In how many of the classes that have a path by both methods this one's drawings are closer to it. */
        public Closer closerThan(Method other) {
            Map<Integer, OfClass> others =
                    other.classes.stream().collect(Collectors.toMap(OfClass::classIndex, one -> one));
            long both = 0;
            long l1 = 0;
            long spearman = 0;
            long compared = 0;
            for (OfClass own : classes) {
                OfClass theirs = others.get(own.classIndex);
                if (theirs != null
                        && own.pathL1 != null
                        && theirs.pathL1 != null
                        && own.pathSpearman != null
                        && theirs.pathSpearman != null) {
                    boolean byL1 = own.pathL1 < theirs.pathL1;
                    boolean bySpearman = own.pathSpearman > theirs.pathSpearman;
                    compared++;
                    l1 += byL1 ? 1 : 0;
                    spearman += bySpearman ? 1 : 0;
                    both += byL1 && bySpearman ? 1 : 0;
                }
            }

            return new Closer(compared, l1, spearman, both);
        }
    }

    /**
     * In how many classes one method's drawings are closer to the class's images than another's.
     *
     * @param classes that are compared
     */
    public record Closer(long classes, long byL1, long bySpearman, long byBoth) {}
}
