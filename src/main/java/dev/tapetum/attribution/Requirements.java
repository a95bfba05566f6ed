package dev.tapetum.attribution;

import dev.tapetum.UserError;
import dev.tapetum.model.DifferentiableModel;
import dev.tapetum.model.Model;
import dev.tapetum.model.ModelCard;
import dev.tapetum.model.Rule;
import dev.tapetum.model.Tap;
import dev.tapetum.model.Variant;
import java.util.stream.Collectors;

/** What a method needs of a model, and the one sentence that says how to get it. */
record Requirements(String method, ModelCard model) {

    static Requirements of(Attributor attributor, ModelCard model) {
        return new Requirements(attributor.getClass().getSimpleName(), model);
    }

    void type(Class<? extends Model> needed) {
        if (!model.is(needed)) {
            throw new UserError(method + " needs gradients, and " + model.name()
                    + " answers forward questions only; export the model as TorchScript with submit/export_model.py");
        }
    }

    void rule(Rule needed) {
        type(DifferentiableModel.class);
        if (!model.rules().contains(needed)) {
            throw new UserError(method + " needs the inside of the network, and " + model.name()
                    + " was exported without the rule " + needed.text()
                    + "; export it again with --rules all (see submit/export_model.py --help, which also says which models"
                    + " cannot have it)");
        }
    }

    /** @param option of the exporter that adds such variants */
    void variants(Variant.Kind kind, String what, String option) {
        if (model.variants(kind).isEmpty()) {
            throw new UserError(method + " needs " + what + " of the model, and " + model.name()
                    + " has none; export it again with " + option + " (see submit/export_model.py --help)");
        }
    }

    /** The tap of that name, or the last one for {@value #LAST}. */
    Tap tap(String name) {
        type(DifferentiableModel.class);
        if (model.taps().isEmpty()) {
            throw new UserError(method + " needs a tap, and " + model.name()
                    + " has none; export it again with --tap NAME=MODULE (see submit/export_model.py --help)");
        }

        if (name.equals(LAST)) {
            return model.taps().get(model.taps().size() - 1);
        }

        return model.taps().stream()
                .filter(tap -> tap.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new UserError(method + ": " + model.name() + " has no tap '" + name + "'; its taps are "
                                + model.taps().stream().map(Tap::name).collect(Collectors.joining(", "))));
    }

    static final String LAST = "last";
}
