package dev.tapetum.job;

import dev.tapetum.probe.Seeds;
import java.io.Serializable;

/**
 * Which images are kept from training, by a hash of seed and image id: a smaller share holds out some of the images of a larger one.
 *
 * @param share of the images, above 0 and below 1
 */
record HeldOut(long seed, double share) implements Serializable {

    boolean has(String imageId) {
        return Seeds.uniform(Seeds.of(Seeds.of(seed, imageId), "held-out", 0)) < share;
    }

    /** Some of them: about so many, where there are {@code images} in all. */
    HeldOut atMost(long wanted, long images) {
        return new HeldOut(seed, Math.min(share, (double) wanted / images));
    }
}
