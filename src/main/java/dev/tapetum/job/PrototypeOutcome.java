package dev.tapetum.job;

import dev.tapetum.report.DrawingMethod;
import java.util.List;
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
 * @param methods the means of each, baselines last
 * @param told what is drawn into classes, or that nothing is, in sentences; none where nothing was looked for
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
        List<DrawingMethod> methods,
        List<String> told,
        List<String> modelLoads,
        @Nullable String report) {

    public PrototypeOutcome {
        methods = List.copyOf(methods);
        told = List.copyOf(told);
        modelLoads = List.copyOf(modelLoads);
    }
}
