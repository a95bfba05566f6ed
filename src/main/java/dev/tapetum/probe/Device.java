package dev.tapetum.probe;

import dev.tapetum.model.InputSpec;
import java.util.List;

/**
 * What the scheduler drives: a model on a piece of hardware, the images that lie there, and the sums that grow there.
 * One thread at a time.
 */
public interface Device extends AutoCloseable {

    InputSpec input();

    /** Brings an image, {@link InputSpec#size()} normalised floats, to the device. */
    HeldImage hold(float[] pixels);

    /**
     * Answers one batch. All requests ask the same model for the same kind of thing, of any images, stimuli and targets.
     * Either the whole batch takes effect or, with an {@link OutOfDeviceMemoryException}, none of it.
     *
     * @return one answer per request, in order; {@code along} holds one value per direction of the request
     */
    List<Reply> answer(List<Request> batch);

    /** Brings a weighted sum of slots from the device and gives the slots free. */
    float[] fetch(HeldImage image, Fetch fetch);

    @Override
    void close();

    /** An image on the device, with its sums; closing gives its memory back. */
    interface HeldImage extends AutoCloseable {

        @Override
        void close();
    }

    /**
     * One evaluation of the model and everything that is to be made of it, for however many programs asked.
     *
     * @param along directions whose derivatives are wanted
     * @param contributions sums of this image that the gradient or field goes into
     */
    record Request(HeldImage image, Probe probe, List<Difference> along, List<Contribution> contributions) {}

    /** What one evaluation gave; empty arrays where it was not asked. */
    record Reply(
            float[] logits,
            double[] along,
            float[] activation,
            float[] gradient,
            double total,
            float[] pixels,
            ActiveFeatures features) {

        private static final float[] NOTHING = new float[0];

        public static Reply ofLogits(float[] logits) {
            return ofField(logits, new double[0], Double.NaN);
        }

        public static Reply ofField(float[] logits, double[] along, double total) {
            return new Reply(logits, along, NOTHING, NOTHING, total, NOTHING, ActiveFeatures.NONE);
        }

        public static Reply ofTap(float[] logits, float[] activation, float[] gradient) {
            return new Reply(logits, new double[0], activation, gradient, Double.NaN, NOTHING, ActiveFeatures.NONE);
        }

        public static Reply ofActivation(float[] activation) {
            return ofTap(NOTHING, activation, NOTHING);
        }

        public static Reply ofPixels(float[] pixels) {
            return new Reply(NOTHING, new double[0], NOTHING, NOTHING, Double.NaN, pixels, ActiveFeatures.NONE);
        }

        public static Reply ofFeatures(ActiveFeatures features) {
            return new Reply(NOTHING, new double[0], NOTHING, NOTHING, Double.NaN, NOTHING, features);
        }
    }
}
