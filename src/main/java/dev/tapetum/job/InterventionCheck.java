package dev.tapetum.job;

import dev.tapetum.UserError;
import dev.tapetum.config.Plan;
import dev.tapetum.config.PlanFile;
import dev.tapetum.config.PropertyGradientSettings;
import dev.tapetum.config.Target;
import dev.tapetum.fairness.ResponseMeasure;
import dev.tapetum.intervention.Diffusion;
import dev.tapetum.intervention.Editor;
import dev.tapetum.job.source.HadoopSettings;
import dev.tapetum.model.EditorCard;
import dev.tapetum.model.ModelCard;
import dev.tapetum.spec.Nearest;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** What of a plan's interventions can be refused before anything is read of the dataset. */
record InterventionCheck(PlanFile file, ModelCard model) {

    private static final int MOST_CLASSES = 50;

    /** Refuses a plan that cannot be carried out; else what its editors need from files. */
    EditorMaterials check(HadoopSettings hadoop) {
        checkTargets();
        checkLabels();
        EditorMaterials materials = EditorMaterials.none(file.plan(), hadoop);
        List<Editor> editors = file.plan().interventions();
        for (int i = 0; i < editors.size(); i++) {
            materials = check("interventions[" + i + "]", editors.get(i), materials);
        }

        return materials;
    }

    /** Says what a plan that can be carried out will not have. */
    static void remark(Plan plan, Consumer<String> remarks) {
        if (CorruptionReference.isNeeded(plan) && plan.dataset().label() == null) {
            remarks.accept(
                    "there are no corruption errors, since they need labels and dataset.label says that there are"
                            + " none; how far the probabilities move under the corruptions is told all the same");
        }
    }

    private void checkTargets() {
        Plan plan = file.plan();
        List<Target> targets = plan.propertyGradients().targets();
        for (int i = 0; i < targets.size(); i++) {
            String text = targets.get(i).text();
            if (targets.get(i).isClass() && !model.classes().contains(text)) {
                throw file.error(
                        "property-gradients.targets",
                        "targets[" + i + "] must be predicted, label, all or a class of the model, not '" + text + "'"
                                + Nearest.hint(text, "classes", model.classes()));
            }
        }

        if (targets.contains(Target.ALL) && model.classes().size() > MOST_CLASSES) {
            throw file.error(
                    "property-gradients.targets",
                    "targets has all, and the model has " + model.classes().size() + " classes, more than "
                            + MOST_CLASSES + ", each of which would be a row per image, editor and step; name some");
        }

        if (!plan.interventions().isEmpty()
                && targets.contains(Target.LABEL)
                && plan.dataset().label() == null) {
            throw file.error(
                    "property-gradients.targets", "targets has label, and dataset.label says that there are none");
        }
    }

    /** Refuses what is asked for by name and needs the labels that are not there. */
    private void checkLabels() {
        Plan plan = file.plan();
        if (plan.dataset().label() != null || !CorruptionReference.isNeeded(plan)) {
            return;
        }

        String reference = plan.propertyGradients().corruptionReference();
        if (!reference.equals(PropertyGradientSettings.ALEXNET)) {
            throw file.error(
                    "property-gradients.corruption-reference",
                    "corruption-reference names run '" + reference + "', and corruption errors need labels, of which"
                            + " dataset.label says that there are none; name the column of the labels, or leave the"
                            + " reference out");
        }

        for (int i = 0; i < plan.gate().size(); i++) {
            String metric = plan.gate().get(i).metric();
            if (ResponseMeasure.isOfCorruption(metric)) {
                throw file.error(
                        "gate[" + i + "].metric",
                        "the run will have no '" + metric
                                + "', which needs labels, and dataset.label says that there are"
                                + " none; name the column of the labels, or leave the rule out");
            }
        }
    }

    private EditorMaterials check(String path, Editor editor, EditorMaterials before) {
        if (editor.needs().contains(Editor.Need.MASK) && file.plan().dataset().mask() == null) {
            throw file.error(
                    path,
                    editor.getClass().getSimpleName()
                            + " needs masks, and dataset.mask names none; name the column of the masks' paths, or leave it out");
        }

        if (editor instanceof Diffusion && model.input().channels() != EditorCard.CHANNELS) {
            throw file.error(
                    path,
                    "Diffusion paints images of " + EditorCard.CHANNELS + " channels, and the model takes images of "
                            + model.input().channels() + "; leave it out");
        }

        EditorMaterials materials;
        try {
            materials = before.with(editor);
        } catch (UserError e) {
            throw file.error(path, String.valueOf(e.getMessage()));
        }

        if (editor instanceof Diffusion diffusion) {
            checkSampling(path, diffusion, materials);
        }

        return materials;
    }

    private void checkSampling(String path, Diffusion diffusion, EditorMaterials materials) {
        EditorCard card = Objects.requireNonNull(materials.editors().get(diffusion.path()))
                .card();
        try {
            card.schedule().steps(diffusion.samplingSteps());
        } catch (IllegalArgumentException e) {
            throw file.error(path, "sampling-steps is too large for " + diffusion.path() + ": " + e.getMessage());
        }
    }
}
