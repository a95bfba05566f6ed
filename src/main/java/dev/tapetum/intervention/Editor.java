package dev.tapetum.intervention;

import dev.tapetum.spec.CanonicalText;
import dev.tapetum.spec.Discriminator;
import java.io.Serializable;
import java.util.Set;

/**
 * A way to strengthen one property of an image step by step. The {@code permits} clause is the registry: a plan names an editor
 * by its record's name in kebab case, and its components are the editor's parameters.
 *
 * <p>The unedited image is not part of the steps unless one of them happens to leave it as it is: an editor that has to
 * rebuild the image would otherwise enter with a jump that is none of the property's.
 */
@Discriminator("editor")
public sealed interface Editor extends Serializable
        permits Brightness,
                Contrast,
                Saturation,
                Hue,
                Tint,
                Gamma,
                Blur,
                Noise,
                Sharpen,
                Rotation,
                Scale,
                Translation,
                BackgroundBrightness,
                BackgroundColour,
                Stamp,
                Occlude,
                Recolour,
                Jpeg,
                Corruption,
                Series,
                Diffusion,
                SaeFeature {

    /** What an editor needs to be known of an image. */
    enum Need {
        /** A mask of the image's subject, {@code dataset.mask}. */
        MASK
    }

    /** The property that is strengthened, as tables and reports call it. */
    default String property() {
        return CanonicalText.name((Record) this);
    }

    /** What must be known of the images; the plan is refused where it is not. */
    default Set<Need> needs() {
        return Set.of();
    }

    /** The steps for one image. */
    EditSequence sequence(Canvas canvas);
}
