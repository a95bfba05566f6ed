package dev.tapetum.fairness;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The methods of a run whose maps are no evidence: what is measured on them is neither a finding nor for a gate to judge.
 *
 * @param methods the verdicts by method
 */
record NoEvidence(Map<String, ExplanationTrust> methods) {

    static NoEvidence of(List<ExplanationTrust> trust) {
        return new NoEvidence(trust.stream()
                .filter(method -> !method.isEvidence())
                .collect(Collectors.toMap(ExplanationTrust::method, method -> method)));
    }

    /** Why a gap says nothing about the model; null for one that does, or that is not about explanations. */
    @Nullable
    ExplanationTrust about(Gap gap) {
        return about(gap.metric());
    }

    /** Why a metric says nothing about the model; null for one that does, or that is not about explanations. */
    @Nullable
    ExplanationTrust about(Metric metric) {
        MethodMeasure measure = MethodMeasure.of(metric);
        return measure == null ? null : methods.get(measure.method());
    }

    /** The same of a value: what was measured to find out whether to believe the maps stands whatever came out. */
    @Nullable
    ExplanationTrust aboutValue(Metric metric) {
        MethodMeasure measure = MethodMeasure.of(metric);
        return measure == null || TrustTest.Kind.measures(measure.measure()) ? null : methods.get(measure.method());
    }
}
