package dev.tapetum.attribution;

import dev.tapetum.UserError;
import dev.tapetum.model.ModelCard;
import dev.tapetum.probe.Program;
import dev.tapetum.spec.Discriminator;
import java.io.Serializable;

/**
 * A method that says how much each pixel of an image counts for one logit. The {@code permits} clause is the registry:
 * a plan names a method by its record's name in kebab case, and its components are the method's parameters.
 */
@Discriminator("method")
public sealed interface Attributor extends Serializable
        permits SingleGradient,
                IntegratedGradients,
                ExpectedGradients,
                GradientShap,
                SplitIg,
                Idgi,
                BlurIg,
                GuidedIg,
                Agi,
                BoundaryIg,
                IntegratedHessians,
                Denoising,
                WeightNoise,
                ActivationMap,
                Occlusion,
                Rise,
                FeatureAblation,
                KernelShap,
                Lime,
                Xrai {

    /** Refuses a model that cannot be asked what this method asks, with a sentence that says what to do. */
    void check(ModelCard model) throws UserError;

    /**
     * Whether a value says how the logit answers to a change of the pixel, in logits per unit of input, as a gradient does;
     * otherwise it says how much of the logit is the pixel's.
     */
    default boolean isSensitivity() {
        return false;
    }

    /** The program that attributes one subject; {@link #check} has passed. */
    Program<Attribution> program(Subject subject);
}
