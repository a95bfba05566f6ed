package dev.tapetum.prototype;

import dev.tapetum.UserError;
import dev.tapetum.model.DifferentiableModel;
import dev.tapetum.model.ModelCard;
import dev.tapetum.probe.Program;
import dev.tapetum.spec.Discriminator;
import java.io.Serializable;
import java.util.List;

/**
 * A way to draw what a model takes for a class, from the model alone: no image of a data set is involved. The {@code permits}
 * clause is the registry: a plan names a generator by its record's name in kebab case, and its components are its
 * parameters.
 *
 * <p>A program asks about {@link dev.tapetum.probe.Stimulus.Pixels} only, so it does not matter which image it is admitted
 * with.
 */
@Discriminator("generator")
public sealed interface Generator extends Serializable permits Prototype, ActivationMaximisation {

    /** Refuses a model that has no gradients, with a sentence that says what to do. */
    default void check(ModelCard model) throws UserError {
        if (!model.is(DifferentiableModel.class)) {
            throw new UserError(getClass().getSimpleName() + " needs gradients, and " + model.name()
                    + " answers forward questions only; export the model as TorchScript with submit/export_model.py");
        }
    }

    /** Whether what is drawn from one seed depends on the other seeds of its class. */
    boolean together();

    /**
     * The program that draws a class once per seed; {@link #check} has passed. Unless seeds are drawn {@link #together}, what comes
     * of one is the same whatever the others are.
     *
     * @param classIndex of the model's classes
     * @return one drawing per seed, in their order
     */
    Program<List<Drawn>> program(ModelCard model, int classIndex, List<Long> seeds);
}
