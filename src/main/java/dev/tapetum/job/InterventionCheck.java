package dev.tapetum.job;

import dev.tapetum.UserError;
import dev.tapetum.config.Plan;
import dev.tapetum.config.PlanFile;
import dev.tapetum.config.Target;
import dev.tapetum.intervention.Editor;
import dev.tapetum.intervention.Stamp;
import dev.tapetum.job.source.HadoopSettings;
import dev.tapetum.model.ModelCard;
import dev.tapetum.spec.Nearest;
import java.util.List;

/** What of a plan's interventions can be refused before anything is read of the dataset. */
record InterventionCheck(PlanFile file, ModelCard model, EditorMaterials materials) {

    private static final int MOST_CLASSES = 50;

    static InterventionCheck of(PlanFile file, ModelCard model, HadoopSettings hadoop) {
        try {
            return new InterventionCheck(file, model, EditorMaterials.of(file.plan(), hadoop));
        } catch (UserError e) {
            throw file.error("interventions", String.valueOf(e.getMessage()));
        }
    }

    void check() {
        Plan plan = file.plan();
        for (int i = 0; i < plan.interventions().size(); i++) {
            check("interventions[" + i + "]", plan.interventions().get(i));
        }

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

    private void check(String path, Editor editor) {
        if (editor.needs().contains(Editor.Need.MASK) && file.plan().dataset().mask() == null) {
            throw file.error(
                    path,
                    editor.getClass().getSimpleName()
                            + " needs masks, and dataset.mask names none; name the column of the masks' paths, or leave it out");
        }

        if (editor instanceof Stamp stamp && stamp.picture() != null) {
            try {
                materials.picture(stamp.picture());
            } catch (UserError e) {
                throw file.error(path, String.valueOf(e.getMessage()));
            }
        }
    }
}
