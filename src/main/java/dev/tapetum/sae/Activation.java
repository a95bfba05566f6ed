package dev.tapetum.sae;

import dev.tapetum.spec.Discriminator;
import java.io.Serializable;

/** Which latents of one token are active, and how strongly, given what the encoder says of each. */
@Discriminator("activation")
public sealed interface Activation extends Serializable {

    /** Every positive latent is active. */
    record Relu() implements Activation {}

    /**
     * The largest k positive ones are; of equal ones the first.
     *
     * @param k most active latents of a token
     */
    record TopK(int k) implements Activation {

        public TopK {
            dev.tapetum.sae.TopK.requireK(k);
        }
    }

    /** A latent is active above its own threshold, {@link SparseAutoencoder#thresholds()}. */
    record Threshold() implements Activation {}
}
