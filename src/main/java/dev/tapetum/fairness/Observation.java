package dev.tapetum.fairness;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the group statistics need to know of one image.
 *
 * @param imageId the image's name, the unit of the bootstrap unless there is a cluster
 * @param cluster the patient, video or other unit to which the image belongs, or null
 * @param attributes the group in each attribute; absent or blank values belong to {@link Group#MISSING}
 * @param label the index of the true class, or −1 when unknown
 * @param predicted the index of the predicted class, or −1 when the image was rejected
 * @param confidence the probability of the predicted class in [0, 1]; NaN when rejected or undefined
 * @param rejected whether the image could not be read, decoded or scored
 * @param target the class that its attributions explain; null when it has none
 * @param features those of the layout's features that are active in the image
 * @param summaries continuous numbers by name, such as {@code attribution.gini[saliency()]}; NaN counts as absent
 * @param responses what interventions told, {@link ResponseMeasure}
 */
public record Observation(
        String imageId,
        @Nullable String cluster,
        Map<String, String> attributes,
        int label,
        int predicted,
        double confidence,
        boolean rejected,
        @Nullable String target,
        Set<Integer> features,
        Map<String, Double> summaries,
        Responses responses) {
    /** The class index of an unknown label, and the prediction of a rejected image. */
    public static final int UNKNOWN = -1;

    /**
     * Numbers of an image that stands for some others as well.
     *
     * @param images how many it stands for, itself included
     * @param values numbers by name; NaN counts as absent
     */
    public record Responses(double images, Map<String, Double> values) {
        /** Of an image that interventions did not run on. */
        public static final Responses NONE = new Responses(0, Map.of());

        /** The same without the numbers of other names. */
        public Responses only(Set<String> names) {
            Map<String, Double> kept = new HashMap<>(values);
            kept.keySet().retainAll(names);
            return new Responses(images, kept);
        }
    }

    public Observation {
        if (label < UNKNOWN || predicted < UNKNOWN || rejected != (predicted == UNKNOWN)) {
            throw new IllegalArgumentException("image " + imageId + ": label " + label + " and prediction " + predicted
                    + " do not go with rejected = " + rejected);
        }

        if (confidence < 0 || confidence > 1 + 1e-6) {
            throw new IllegalArgumentException("image " + imageId + ": confidence " + confidence);
        }
    }

    /** An image that the model scored. */
    public static Observation scored(
            String imageId,
            @Nullable String cluster,
            Map<String, String> attributes,
            int label,
            int predicted,
            double confidence,
            Map<String, Double> summaries) {
        return new Observation(
                imageId,
                cluster,
                attributes,
                label,
                predicted,
                confidence,
                false,
                null,
                Set.of(),
                summaries,
                Responses.NONE);
    }

    /** The same image, whose attributions explain this class. */
    public Observation explaining(String explained) {
        return copy(explained, features, responses);
    }

    /** The same image, in which these features are active. */
    public Observation showing(Set<Integer> active) {
        return copy(target, Set.copyOf(active), responses);
    }

    /** The same image with what interventions told. */
    public Observation responding(Responses told) {
        return copy(target, features, told);
    }

    private Observation copy(@Nullable String explained, Set<Integer> active, Responses told) {
        return new Observation(
                imageId,
                cluster,
                attributes,
                label,
                predicted,
                confidence,
                rejected,
                explained,
                active,
                summaries,
                told);
    }

    /** An image that was rejected. */
    public static Observation rejected(
            String imageId, @Nullable String cluster, Map<String, String> attributes, int label) {
        return new Observation(
                imageId,
                cluster,
                attributes,
                label,
                UNKNOWN,
                Double.NaN,
                true,
                null,
                Set.of(),
                Map.of(),
                Responses.NONE);
    }

    /** The unit of resampling: the cluster where there is one, else the image. */
    public String unit() {
        return cluster == null ? imageId : cluster;
    }
}
