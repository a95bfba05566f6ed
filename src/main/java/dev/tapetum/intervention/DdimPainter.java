package dev.tapetum.intervention;

import dev.tapetum.UserError;
import dev.tapetum.image.Interpolation;
import dev.tapetum.image.PlanarImage;
import dev.tapetum.image.Resampler;
import dev.tapetum.model.EditorCard;
import dev.tapetum.model.LatentDiffusion;
import dev.tapetum.model.NoiseSchedule;
import dev.tapetum.model.Painter;
import dev.tapetum.probe.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Paints with a latent diffusion model by deterministic sampling: DDIM with η = 0 (Song et al. 2021, arXiv 2010.02502, equation
 * 12), under the two guidance scales of Brooks et al. 2023 (arXiv 2211.09800, equation 3).
 *
 * <p>With ε(I, T) the noise that is predicted for the image I and the instruction T, and ∅ for none, every step takes
 *
 * <pre>
 *   ε  = ε(∅,∅) + s_I · (ε(I,∅) − ε(∅,∅)) + s_T · (ε(I,T) − ε(I,∅))
 *   x₀ = (x_t − √(1−ᾱ_t) · ε) / √ᾱ_t
 *   x  = √ᾱ · x₀ + √(1−ᾱ) · ε,        ᾱ that of the step's end
 * </pre>
 *
 * <ul>
 *   <li>A model that predicts the velocity v is guided in v, which is the same, since the factors add up to one; then {@code
 *       x₀ = √ᾱ_t x_t − √(1−ᾱ_t) v} and {@code ε = √ᾱ_t v + √(1−ᾱ_t) x_t}.
 *   <li>Where the schedule cuts x₀ off, ε stays as it was predicted, as in Hugging Face diffusers.
 *   <li>No text is the empty text, no image a latent of zeros.
 *   <li>The start is standard normal and depends on the commission's seed only, so that pictures at several strengths differ
 *       by the strength alone. ε is written as if the start were pure noise, although the noisiest timestep keeps a little of
 *       the image (Lin et al. 2023, arXiv 2305.08891): the model was trained and is used so everywhere.
 *   <li>A picture of another size than the model's is resized to it (bicubic) and back, as 8-bit pixels.
 * </ul>
 *
 * <p>All commissions advance together, the three branches of each side by side in one question to the model. Equal texts and
 * equal images are encoded once.
 */
public final class DdimPainter implements Painter {

    private static final String NO_TEXT = "";

    private final LatentDiffusion model;
    private final EditorCard card;

    public DdimPainter(LatentDiffusion model) {
        this.model = model;
        this.card = model.card();
    }

    @Override
    public List<PlanarImage> paint(List<Commission> commissions) {
        if (commissions.isEmpty()) {
            return List.of();
        }

        List<String> texts = new ArrayList<>(List.of(NO_TEXT));
        List<Pixels> images = new ArrayList<>();
        for (Commission commission : commissions) {
            texts.add(commission.instruction());
            images.add(new Pixels(seen(commission.image())));
        }

        Map<String, float[]> words = once(texts, model::encodeTexts);
        Map<Pixels, float[]> latents = once(
                images,
                each -> model.encodeImages(each.stream().map(Pixels::values).toList()));
        List<Painting> paintings = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            Commission commission = commissions.get(i);
            paintings.add(new Painting(
                    commission,
                    steps(commission.steps()),
                    Objects.requireNonNull(latents.get(images.get(i))),
                    Objects.requireNonNull(words.get(commission.instruction())),
                    start(commission.seed())));
        }

        advance(paintings, Objects.requireNonNull(words.get(NO_TEXT)));
        List<float[]> painted =
                model.decode(paintings.stream().map(Painting::latent).toList());
        List<PlanarImage> pictures = new ArrayList<>();
        for (int i = 0; i < painted.size(); i++) {
            pictures.add(shown(painted.get(i), commissions.get(i).image()));
        }

        return pictures;
    }

    /** A commission with its latent, which its steps overwrite. */
    private record Painting(
            Commission commission, List<NoiseSchedule.Step> steps, float[] image, float[] words, float[] latent) {}

    /** An image by its values, at the model's size. */
    private record Pixels(float[] values) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Pixels pixels && Arrays.equals(values, pixels.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }
    }

    private static <T> Map<T, float[]> once(List<T> wanted, Function<List<T>, List<float[]>> encode) {
        Map<T, float[]> encoded = new LinkedHashMap<>();
        List<T> distinct = wanted.stream().distinct().toList();
        List<float[]> answers = encode.apply(distinct);
        for (int i = 0; i < answers.size(); i++) {
            encoded.put(distinct.get(i), answers.get(i));
        }

        return encoded;
    }

    private List<NoiseSchedule.Step> steps(int count) {
        try {
            return card.schedule().steps(count);
        } catch (IllegalArgumentException e) {
            throw new UserError(card.name() + ": " + e.getMessage(), e);
        }
    }

    private float[] start(long seed) {
        float[] noise = new float[card.latent().size()];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) Seeds.normal(Seeds.of(seed, "start-noise", i));
        }

        return noise;
    }

    private void advance(List<Painting> paintings, float[] noWords) {
        float[] noImage = new float[card.latent().size()];
        for (int step = 0; ; step++) {
            int now = step;
            List<Painting> going =
                    paintings.stream().filter(each -> now < each.steps().size()).toList();
            if (going.isEmpty()) {
                return;
            }

            List<LatentDiffusion.Noisy> rows = new ArrayList<>();
            for (Painting each : going) {
                int timestep = each.steps().get(step).timestep();
                rows.add(new LatentDiffusion.Noisy(each.latent(), noImage, noWords, timestep));
                rows.add(new LatentDiffusion.Noisy(each.latent(), each.image(), noWords, timestep));
                rows.add(new LatentDiffusion.Noisy(each.latent(), each.image(), each.words(), timestep));
            }

            List<float[]> predicted = model.predict(rows);
            for (int i = 0; i < going.size(); i++) {
                move(going.get(i), step, predicted.subList(3 * i, 3 * i + 3));
            }
        }
    }

    /**
     * One step of a painting.
     *
     * @param branches predictions for no image and no text, for the image alone, for both
     */
    private void move(Painting painting, int step, List<float[]> branches) {
        NoiseSchedule.Step now = painting.steps().get(step);
        double keep = Math.sqrt(now.signal());
        double noise = Math.sqrt(1 - now.signal());
        double keepAfter = Math.sqrt(now.signalAfter());
        double noiseAfter = Math.sqrt(1 - now.signalAfter());
        Double range = card.schedule().clipRange();
        double limit = range == null ? Double.POSITIVE_INFINITY : range;
        float[] x = painting.latent();
        for (int i = 0; i < x.length; i++) {
            double neither = branches.get(0)[i];
            double image = branches.get(1)[i];
            double both = branches.get(2)[i];
            double guided = neither
                    + painting.commission().imageGuidance() * (image - neither)
                    + painting.commission().textGuidance() * (both - image);
            boolean velocity = card.schedule().prediction() == NoiseSchedule.Prediction.V;
            double clean = velocity ? keep * x[i] - noise * guided : (x[i] - noise * guided) / keep;
            double epsilon = velocity ? keep * guided + noise * x[i] : guided;
            x[i] = (float) (keepAfter * Math.max(-limit, Math.min(limit, clean)) + noiseAfter * epsilon);
        }
    }

    /** The image as the model sees it. */
    private float[] seen(PlanarImage image) {
        if (image.channels() != EditorCard.CHANNELS) {
            throw new IllegalArgumentException(
                    "A diffusion editor changes images of three channels, not of " + image.channels());
        }

        float[] values = resized(image, card.height(), card.width()).values();
        float[] scaled = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            scaled[i] = 2 * values[i] - 1;
        }

        return scaled;
    }

    private PlanarImage shown(float[] painted, PlanarImage original) {
        float[] values = new float[painted.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.max(0, Math.min(1, painted[i] / 2 + 0.5f));
        }

        PlanarImage picture = new PlanarImage(EditorCard.CHANNELS, card.height(), card.width(), values);
        return resized(picture, original.height(), original.width());
    }

    private static PlanarImage resized(PlanarImage image, int height, int width) {
        return image.height() == height && image.width() == width
                ? image
                : PlanarImage.of(Resampler.resize(image.toRgb(), width, height, Interpolation.BICUBIC));
    }
}
