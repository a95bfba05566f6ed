package dev.tapetum.attribution;

import dev.tapetum.model.InputSpec;
import dev.tapetum.model.ModelCard;
import dev.tapetum.probe.Difference;
import dev.tapetum.probe.Stimulus;
import java.util.List;
import java.util.Objects;

/**
 * What is to be explained.
 *
 * @param stimulus the input, as a function of the image
 * @param target the class whose logit is explained
 * @param range largest minus smallest normalised value of the image, the unit of noise levels
 * @param seed the seed of this image in this run
 * @param image the image's normalised pixels, for methods that choose their next input by its values; never written to
 * @param references other images of the dataset, normalised, for {@link Baseline.Sample}; none where no method asks for them
 */
public record Subject(
        Stimulus stimulus,
        int target,
        ModelCard model,
        double range,
        long seed,
        float[] image,
        List<float[]> references) {

    public Subject {
        Objects.requireNonNull(stimulus, "stimulus");
        Objects.requireNonNull(model, "model");
        references = List.copyOf(references);
    }

    /** An image as it is, without any other beside it. */
    public static Subject of(float[] pixels, int target, ModelCard model, long seed) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float pixel : pixels) {
            low = Math.min(low, pixel);
            high = Math.max(high, pixel);
        }

        return new Subject(Stimulus.ORIGINAL, target, model, high - low, seed, pixels, List.of());
    }

    /** The same with other images of the dataset at hand. */
    public Subject withReferences(List<float[]> others) {
        return new Subject(stimulus, target, model, range, seed, image, others);
    }

    InputSpec input() {
        return model.input();
    }

    /** The same question about another input of the same image. */
    public Subject changedTo(Stimulus other) {
        return new Subject(other, target, model, range, seed, image, references);
    }

    /** The same with other draws wherever something is random. */
    Subject reseeded(long other) {
        return new Subject(stimulus, target, model, range, other, image, references);
    }

    /** The normalised pixels of a stimulus of this image. */
    public float[] render(Stimulus of) {
        return of.render(image, input());
    }

    /** The floats of a direction between two stimuli of this image. */
    float[] render(Difference of) {
        return of.render(image, input());
    }

    /** The same input and another class. */
    public Subject towards(int otherTarget) {
        return new Subject(stimulus, otherTarget, model, range, seed, image, references);
    }
}
