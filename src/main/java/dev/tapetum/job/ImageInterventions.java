package dev.tapetum.job;

import dev.tapetum.config.Plan;
import dev.tapetum.config.PropertyGradientSettings;
import dev.tapetum.config.Target;
import dev.tapetum.intervention.Canvas;
import dev.tapetum.intervention.Control;
import dev.tapetum.intervention.Editor;
import dev.tapetum.intervention.Followed;
import dev.tapetum.intervention.Intervention;
import dev.tapetum.intervention.Materials;
import dev.tapetum.intervention.PropertyGradient;
import dev.tapetum.intervention.Response;
import dev.tapetum.intervention.SaeFeature;
import dev.tapetum.intervention.SteeredFeature;
import dev.tapetum.model.ModelCard;
import dev.tapetum.probe.Logits;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Seeds;
import dev.tapetum.spec.CanonicalText;
import dev.tapetum.table.FeatureEffectPart;
import dev.tapetum.table.InterventionPart;
import dev.tapetum.table.OutcomePart;
import dev.tapetum.table.PropertyGradientPart;
import dev.tapetum.table.StepPart;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All interventions of a run on one image, as a program: one editor after the other, so that an image in flight holds the pixels
 * of one intervention and not of all.
 *
 * @param inclusion which images they run on
 * @param materials what editors need besides the image
 * @param seed the run's seed
 */
record ImageInterventions(
        ModelCard model,
        List<Editor> editors,
        PropertyGradientSettings settings,
        Inclusion inclusion,
        Materials materials,
        long seed)
        implements Serializable {

    ImageInterventions {
        editors = List.copyOf(editors);
    }

    /** All interventions of a plan. */
    static ImageInterventions of(Plan plan, ModelCard model, Inclusion inclusion, Materials materials) {
        return new ImageInterventions(
                model,
                plan.interventions(),
                plan.propertyGradients(),
                inclusion,
                materials,
                plan.run().seed());
    }

    /**
     * The program of one image; it asks nothing when the image is not drawn.
     *
     * @param predicted index of the class predicted for the image as it is
     */
    Program<Told> program(DecodedImage image, int predicted) {
        double weight = inclusion.weight(image.imageId(), image.attributes(), seed);
        Program<Told> all = Program.done(Told.NOTHING);
        if (weight == 0) {
            return all;
        }

        List<Followee> targets = targets(predicted, image.labelIndex());
        Canvas canvas = canvas(image);
        for (Editor editor : editors) {
            all = all.then(before -> new Intervention(editor, canvas)
                    .program()
                    .then(response -> controls(editor, response, canvas, targets, weight)
                            .map(effects ->
                                    before.with(part(editor, response, targets, weight, canvas.seed()), effects))));
        }

        return all;
    }

    /** The image as editors take it. */
    Canvas canvas(DecodedImage image) {
        return new Canvas(
                image.pixels(),
                model.input(),
                image.mask(),
                image.series(),
                materials,
                Seeds.of(seed, image.imageId()));
    }

    /** What the interventions on one image told. */
    record Told(List<InterventionPart> parts, List<FeatureEffectPart> featureEffects) {

        static final Told NOTHING = new Told(List.of(), List.of());

        private Told with(@Nullable InterventionPart part, List<FeatureEffectPart> effects) {
            List<InterventionPart> allParts = new ArrayList<>(parts);
            if (part != null) {
                allParts.add(part);
            }

            List<FeatureEffectPart> allEffects = new ArrayList<>(featureEffects);
            allEffects.addAll(effects);
            return new Told(allParts, allEffects);
        }
    }

    /** A feature beside what it is held against; nothing for an editor of pixels. */
    private Program<List<FeatureEffectPart>> controls(
            Editor editor, Response own, Canvas canvas, List<Followee> targets, double weight) {
        if (!(editor instanceof SaeFeature feature) || own.steps().isEmpty()) {
            return Program.done(List.of());
        }

        List<Program<FeatureEffectPart>> programs = new ArrayList<>();
        for (Control control : Control.values()) {
            Program<Response> response =
                    control == Control.NONE ? Program.done(own) : Intervention.control(feature, control, canvas);
            programs.add(response.map(told -> effect(feature, control, told, targets, weight)));
        }

        return Program.all(programs);
    }

    private FeatureEffectPart effect(
            SaeFeature editor, Control control, Response response, List<Followee> targets, double weight) {
        SteeredFeature known = materials.feature(editor);
        return new FeatureEffectPart(
                CanonicalText.of(editor),
                known.sae(),
                editor.feature(),
                CanonicalText.value(control),
                control == Control.RANDOM_FEATURE ? known.other() : editor.feature(),
                weight,
                steps(response, targets));
    }

    /**
     * A class that is followed.
     *
     * @param own whether it is the class of the image's own: that of the first target that is no class's name
     */
    private record Followee(int index, boolean own) {}

    private List<Followee> targets(int predicted, int label) {
        int own = own(predicted, label);
        Set<Integer> targets = new LinkedHashSet<>();
        for (Target target : settings.targets()) {
            if (target.equals(Target.ALL)) {
                for (int c = 0; c < model.classes().size(); c++) {
                    targets.add(c);
                }
            } else if (target.isClass()) {
                targets.add(model.classes().indexOf(target.text()));
            } else {
                targets.add(target.equals(Target.LABEL) ? label : predicted);
            }
        }

        targets.remove(-1);
        return targets.stream().map(index -> new Followee(index, index == own)).toList();
    }

    /** Without a predicted class or label among the targets there is none, and none of an image without a label. */
    private int own(int predicted, int label) {
        for (Target target : settings.targets()) {
            if (!target.isClass()) {
                return target.equals(Target.LABEL) ? label : predicted;
            }
        }

        return -1;
    }

    /** What is kept of a response; null of an image that the editor could not change. */
    private @Nullable InterventionPart part(
            Editor editor, Response response, List<Followee> targets, double weight, long imageSeed) {
        if (response.steps().isEmpty()) {
            return null;
        }

        String text = CanonicalText.of((Record) editor);
        List<PropertyGradientPart> gradients = targets.stream()
                .map(target -> gradient(response, target, Seeds.of(imageSeed, "shuffles " + text, target.index)))
                .toList();
        return new InterventionPart(
                text,
                CanonicalText.name((Record) editor),
                editor.property(),
                weight,
                steps(response, targets),
                gradients);
    }

    private List<StepPart> steps(Response response, List<Followee> targets) {
        List<StepPart> steps = new ArrayList<>();
        for (Response.Step step : response.steps()) {
            steps.add(step(steps.size(), step, targets));
        }

        return steps;
    }

    private StepPart step(int index, Response.Step step, List<Followee> targets) {
        List<OutcomePart> outcomes = targets.stream()
                .map(target -> new OutcomePart(
                        model.classes().get(target.index),
                        target.index,
                        target.own,
                        step.value(Followed.LOGIT, target.index),
                        step.value(Followed.PROBABILITY, target.index)))
                .toList();
        return new StepPart(
                index,
                step.strength(),
                Logits.largest(step.logits()),
                step.distance().inside(),
                number(step.distance().outside()),
                number(step.measured()),
                step.valid(),
                outcomes);
    }

    private PropertyGradientPart gradient(Response response, Followee followee, long shuffleSeed) {
        int target = followee.index;
        PropertyGradient gradient = response.gradient(settings.of(), target, settings.shuffles(), shuffleSeed);
        List<Response.Step> valid = response.valid();
        double flipStrength = response.flipStrength(target);
        return new PropertyGradientPart(
                model.classes().get(target),
                target,
                followee.own,
                number(gradient.expected()),
                number(gradient.signed()),
                number(gradient.totalChange()),
                number(gradient.correlation()),
                number(gradient.pValue()),
                valid.isEmpty() ? null : !Double.isNaN(flipStrength),
                number(flipStrength),
                valid.size(),
                response.steps().size() - valid.size());
    }

    private static @Nullable Double number(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
