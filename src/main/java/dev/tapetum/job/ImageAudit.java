package dev.tapetum.job;

import dev.tapetum.attribution.Attribution;
import dev.tapetum.attribution.Attributor;
import dev.tapetum.attribution.MapSummary;
import dev.tapetum.attribution.PixelValues;
import dev.tapetum.attribution.Subject;
import dev.tapetum.attributionmetric.AttributionMetric;
import dev.tapetum.attributionmetric.Explanation;
import dev.tapetum.attributionmetric.Measurement;
import dev.tapetum.attributionmetric.Reading;
import dev.tapetum.config.MapSettings;
import dev.tapetum.config.Target;
import dev.tapetum.image.RejectReason;
import dev.tapetum.model.InputSpec;
import dev.tapetum.model.ModelCard;
import dev.tapetum.probe.Finite;
import dev.tapetum.probe.Logits;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Seeds;
import dev.tapetum.probe.Softmax;
import dev.tapetum.probe.Stimulus;
import dev.tapetum.spec.CanonicalText;
import dev.tapetum.table.AttributionPart;
import dev.tapetum.table.FeatureEffectPart;
import dev.tapetum.table.FeaturesPart;
import dev.tapetum.table.HeatMap;
import dev.tapetum.table.InterventionPart;
import dev.tapetum.table.MapEncoding;
import dev.tapetum.table.MetricPart;
import dev.tapetum.table.PredictionPart;
import dev.tapetum.table.RejectPart;
import dev.tapetum.table.RejectStage;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one run asks about one image, as a program: the prediction first, since it may choose the target, then
 * all attributions side by side, then all metrics of them, then the interventions, and then the features of an autoencoder.
 *
 * @param references other images of the run, for what compares with them
 * @param interventions what is asked of changed images
 * @param features where the autoencoder is; null for none
 * @param seed the run's seed
 */
record ImageAudit(
        ModelCard model,
        Target target,
        List<Attributor> methods,
        List<AttributionMetric> metrics,
        MapSettings map,
        References references,
        ImageInterventions interventions,
        @Nullable FeatureSource features,
        long seed)
        implements Serializable {

    ImageAudit {
        methods = List.copyOf(methods);
        metrics = List.copyOf(metrics);
    }

    /**
     * What came of one image: a prediction, or the reason why there is none.
     *
     * @param attributions one per method, or none without a prediction or target
     * @param interventions one per editor that could change the image, or none without a prediction
     * @param features what is active of an autoencoder; null without one, or without a prediction
     * @param featureEffects one per editor of a feature and control
     */
    record Scored(
            @Nullable PredictionPart prediction,
            @Nullable RejectPart reject,
            List<AttributionPart> attributions,
            List<InterventionPart> interventions,
            @Nullable FeaturesPart features,
            List<FeatureEffectPart> featureEffects) {

        /** An image that was rejected before the model saw it, or of which the model said nothing. */
        static Scored rejected(@Nullable RejectPart reject) {
            return new Scored(null, reject, List.of(), List.of(), null, List.of());
        }

        private static Scored notFinite(String message) {
            return rejected(new RejectPart(RejectStage.SCORE, RejectReason.NOT_FINITE.name(), message));
        }
    }

    Program<Scored> program(DecodedImage image) {
        Program<float[]> prediction = Program.asking(
                Round.of(Probe.logits(Stimulus.ORIGINAL)),
                answers -> answers.get(0).logits());
        return prediction.then(logits -> Finite.all(logits)
                ? attribute(image, logits)
                        .then(scored -> intervene(image, scored))
                        .then(this::encode)
                : Program.done(Scored.notFinite("The model answers with logits that are not finite numbers")));
    }

    private Program<Scored> intervene(DecodedImage image, Scored scored) {
        PredictionPart prediction = scored.prediction();
        return prediction == null
                ? Program.done(scored)
                : interventions
                        .program(image, prediction.predictedIndex())
                        .map(told -> new Scored(
                                prediction, null, scored.attributions(), told.parts(), null, told.featureEffects()));
    }

    private Program<Scored> encode(Scored scored) {
        if (features == null || scored.prediction() == null) {
            return Program.done(scored);
        }

        String path = features.path();
        return features.program()
                .map(active -> Finite.all(active.maxima())
                        ? new Scored(
                                scored.prediction(),
                                null,
                                scored.attributions(),
                                scored.interventions(),
                                active,
                                scored.featureEffects())
                        : Scored.notFinite("The features by " + path + " are not made of finite numbers"));
    }

    private Program<Scored> attribute(DecodedImage image, float[] logits) {
        PredictionPart prediction = prediction(logits, image.labelIndex());
        int targetIndex = targetIndex(prediction, image.labelIndex());
        if (targetIndex < 0) {
            return Program.done(new Scored(prediction, null, List.of(), List.of(), null, List.of()));
        }

        Subject subject = Subject.of(image.pixels(), targetIndex, model, Seeds.of(seed, image.imageId()))
                .withReferences(references.images());
        List<Program<Attribution>> programs =
                methods.stream().map(method -> method.program(subject)).toList();
        return Program.all(programs).then(attributions -> {
            for (int i = 0; i < attributions.size(); i++) {
                if (!attributions.get(i).values().isFinite()) {
                    return Program.done(Scored.notFinite("The attribution by "
                            + CanonicalText.of((Record) methods.get(i)) + " is not made of finite numbers"));
                }
            }

            return new Measurement(metrics, explanations(image, prediction, subject, attributions))
                    .program()
                    .map(measured -> new Scored(
                            prediction,
                            null,
                            parts(targetIndex, attributions, measured, image.mask()),
                            List.of(),
                            null,
                            List.of()));
        });
    }

    private List<Explanation> explanations(
            DecodedImage image, PredictionPart prediction, Subject subject, List<Attribution> attributions) {
        List<Explanation> explanations = new ArrayList<>();
        for (int i = 0; i < methods.size(); i++) {
            explanations.add(new Explanation(
                    subject,
                    methods.get(i),
                    attributions.get(i),
                    others(i, attributions),
                    prediction.correct(),
                    image.mask()));
        }

        return explanations;
    }

    private List<Explanation.Other> others(int besides, List<Attribution> attributions) {
        List<Explanation.Other> others = new ArrayList<>();
        for (int i = 0; i < methods.size(); i++) {
            if (i != besides) {
                others.add(new Explanation.Other(methods.get(i), attributions.get(i)));
            }
        }

        return others;
    }

    private List<AttributionPart> parts(
            int targetIndex,
            List<Attribution> attributions,
            List<List<List<Reading>>> measured,
            boolean @Nullable [] mask) {
        List<AttributionPart> parts = new ArrayList<>();
        for (int i = 0; i < attributions.size(); i++) {
            parts.add(part(methods.get(i), targetIndex, attributions.get(i), measured.get(i), mask));
        }

        return parts;
    }

    private AttributionPart part(
            Attributor method,
            int targetIndex,
            Attribution attribution,
            List<List<Reading>> measured,
            boolean @Nullable [] mask) {
        InputSpec input = model.input();
        PixelValues values = attribution.values().channelSum();
        PixelValues atInput = values.resampled(input.height(), input.width());
        PixelValues stored = values.resampled(
                map.resolution().cells(input.height()), map.resolution().cells(input.width()));
        MapEncoding encoding = map.encoding();
        HeatMap heatMap = HeatMap.of(stored.rows(), stored.cols(), stored.values(), encoding);
        MapSummary summary = MapSummary.of(atInput.values(), atInput.cols());
        return new AttributionPart(
                CanonicalText.of((Record) method),
                CanonicalText.name((Record) method),
                model.classes().get(targetIndex),
                targetIndex,
                attribution.score(),
                number(attribution.baselineScore()),
                atInput.sum(),
                number(attribution.completenessDelta()),
                attribution.evaluations(),
                heatMap.rows(),
                heatMap.cols(),
                heatMap.encoding(),
                heatMap.map(),
                number(summary.gini()),
                number(summary.entropy()),
                number(summary.positiveShare()),
                mask == null ? null : number(MapSummary.share(atInput.values(), mask)),
                number(summary.centreX()),
                number(summary.centreY()),
                metricParts(measured));
    }

    private List<MetricPart> metricParts(List<List<Reading>> measured) {
        List<MetricPart> parts = new ArrayList<>();
        for (int i = 0; i < metrics.size(); i++) {
            Record metric = (Record) metrics.get(i);
            for (Reading reading : measured.get(i)) {
                parts.add(new MetricPart(
                        CanonicalText.of(metric),
                        CanonicalText.name(metric),
                        reading.detail(),
                        Double.isFinite(reading.value()) ? reading.value() : null));
            }
        }

        return parts;
    }

    private PredictionPart prediction(float[] logits, int labelIndex) {
        Softmax softmax = Softmax.of(logits);
        int predicted = Logits.largest(logits);
        double margin = logits.length > 1 ? Logits.lead(logits, predicted) : 0;
        boolean labelled = labelIndex >= 0;
        return new PredictionPart(
                model.classes().get(predicted),
                predicted,
                labelled ? predicted == labelIndex : null,
                softmax.probability(predicted),
                labelled ? softmax.probability(labelIndex) : null,
                margin,
                softmax.entropy(),
                labelled ? -softmax.logProbability(labelIndex) : null,
                logits);
    }

    private int targetIndex(PredictionPart prediction, int labelIndex) {
        if (target.isClass()) {
            return model.classes().indexOf(target.text());
        }

        return target.equals(Target.LABEL) ? labelIndex : prediction.predictedIndex();
    }

    private static @Nullable Double number(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
