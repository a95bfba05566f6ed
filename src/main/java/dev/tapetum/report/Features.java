package dev.tapetum.report;

import static java.util.Objects.requireNonNull;

import dev.tapetum.image.RgbImage;
import dev.tapetum.table.FeatureAblationRow;
import dev.tapetum.table.FeatureAssociationRow;
import dev.tapetum.table.FeatureExemplarRow;
import dev.tapetum.table.FeatureRow;
import dev.tapetum.table.PredictionRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run knows of the features of a sparse autoencoder that go along most with groups or errors.
 *
 * @param sae the autoencoder, by the path that the plan gives; empty for a run without one
 * @param tested whether associations were tested, which they are not where images come in clusters
 * @param minEffect the smallest change of a probability that is of any importance; 0 when the plan names none
 * @param shown in the order of the page
 * @param lacking why some exemplars have no picture, as the end of a sentence; empty when none is missing
 */
public record Features(String sae, boolean tested, double minEffect, List<Shown> shown, String lacking) {
    /** Those of a run without an autoencoder. */
    public static final Features NONE = new Features("", true, 0, List.of(), "");

    public Features {
        requireNonNull(sae, "sae");
        requireNonNull(lacking, "lacking");
        shown = List.copyOf(shown);
    }

    /**
     * One feature.
     *
     * @param strongest of its associations with groups and errors; null when it has none
     * @param groups its associations with the groups of the same attribute, in the order of the page
     * @param exemplars images in which it is most active, the most first
     * @param ablations what taking it out does: over all images to the class that answers most surely, in the group of the strongest
     *     association to the same class, and there to the class that answers most surely there; none when the run did not ask
     */
    public record Shown(
            FeatureRow feature,
            @Nullable FeatureAssociationRow strongest,
            List<FeatureAssociationRow> groups,
            List<Drawn> exemplars,
            List<Ablation> ablations) {
        public Shown {
            requireNonNull(feature, "feature");
            groups = List.copyOf(groups);
            exemplars = List.copyOf(exemplars);
            ablations = List.copyOf(ablations);
        }
    }

    /**
     * An image in which a feature is most active.
     *
     * @param picture as the model saw it; null when it cannot be drawn any more
     */
    public record Drawn(
            FeatureExemplarRow exemplar,
            PredictionRow prediction,
            @Nullable RgbImage picture) {
        public Drawn {
            requireNonNull(exemplar, "exemplar");
            requireNonNull(prediction, "prediction");
        }
    }

    /**
     * What taking a feature out does to a class in some images, and what the controls do there.
     *
     * @param place where it is taken out, as the plan's text; empty for all patches
     * @param otherFeature with another feature taken out, active in about as many images
     * @param randomDirection with the feature's own change along a random direction
     */
    public record Ablation(
            String place,
            FeatureAblationRow itself,
            FeatureAblationRow otherFeature,
            FeatureAblationRow randomDirection) {
        public Ablation {
            requireNonNull(place, "place");
            requireNonNull(itself, "itself");
            requireNonNull(otherFeature, "otherFeature");
            requireNonNull(randomDirection, "randomDirection");
        }

        /** Whether it is established that the class answers at all. */
        boolean established(double falseDiscoveryRate) {
            return isAtMost(itself.qValue(), falseDiscoveryRate);
        }

        /**
         * Whether it is established that the class answers more than to a control: the difference, image by image, points the way
         * that the answer does, and is none of chance. A control that moves the class as far the other way is not exceeded.
         */
        boolean exceeds(FeatureAblationRow control, double falseDiscoveryRate) {
            Double difference = control.difference();

            return established(falseDiscoveryRate)
                    && difference != null
                    && difference * itself.change() > 0
                    && isAtMost(control.qValue(), falseDiscoveryRate)
                    && Math.abs(itself.change()) > Math.abs(control.change());
        }

        /** Whether it is established that the class answers more than to both controls, and by as much as is of any importance. */
        public boolean matters(double falseDiscoveryRate, int minGroup, double minEffect) {
            return itself.clusters() >= minGroup
                    && exceeds(otherFeature, falseDiscoveryRate)
                    && exceeds(randomDirection, falseDiscoveryRate)
                    && Math.abs(itself.change()) >= minEffect;
        }

        private static boolean isAtMost(@Nullable Double qValue, double falseDiscoveryRate) {
            return qValue != null && qValue <= falseDiscoveryRate;
        }
    }
}
