package dev.tapetum.intervention;

import dev.tapetum.model.EditorCard;
import dev.tapetum.model.LatentDiffusion;
import dev.tapetum.model.NoiseSchedule;
import java.util.ArrayList;
import java.util.List;

/**
 * A diffusion model in plain Java whose best prediction is known: its latents are its images, and the data for an image I and a
 * text T are normal, independent in every value, with mean {@code level(T) + I} and standard deviation {@code spread}.
 *
 * <p>For such data the latent after the noise of a timestep is normal with variance {@code V = ᾱ spread² + 1 − ᾱ}, so that the
 * expectation of the noise given the latent x is {@code √(1−ᾱ) (x − √ᾱ mean) / V}.
 *
 * <p>A text is embedded as one number per token: its length in characters and zeros. A text of n characters has the level
 * {@code n / 100}. Images have the size of latents in this toy.
 */
final class ToyDiffusion implements LatentDiffusion {

    private final EditorCard card;
    private final double spread;
    final List<String> texts = new ArrayList<>();
    final List<float[]> images = new ArrayList<>();
    final List<Integer> questions = new ArrayList<>();

    ToyDiffusion(NoiseSchedule schedule, int height, int width, double spread) {
        this.card = new EditorCard(
                "toy", height, width, new EditorCard.Latent(3, height, width), new EditorCard.Tokens(2, 0), schedule);
        this.spread = spread;
    }

    @Override
    public EditorCard card() {
        return card;
    }

    @Override
    public List<float[]> encodeTexts(List<String> wanted) {
        texts.addAll(wanted);
        return wanted.stream().map(text -> new float[] {text.length(), 0}).toList();
    }

    @Override
    public List<float[]> encodeImages(List<float[]> wanted) {
        images.addAll(wanted);
        return wanted;
    }

    @Override
    public List<float[]> predict(List<Noisy> rows) {
        questions.add(rows.size());
        return rows.stream().map(this::predict).toList();
    }

    private float[] predict(Noisy row) {
        double signal = signal(card.schedule(), row.timestep());
        double keep = Math.sqrt(signal);
        double noise = Math.sqrt(1 - signal);
        double variance = signal * spread * spread + 1 - signal;
        float[] answer = new float[row.latent().length];
        for (int i = 0; i < answer.length; i++) {
            double mean = row.text()[0] / 100 + row.image()[i];
            double epsilon = noise * (row.latent()[i] - keep * mean) / variance;
            double clean = (row.latent()[i] - noise * epsilon) / keep;
            boolean velocity = card.schedule().prediction() == NoiseSchedule.Prediction.V;
            answer[i] = (float) (velocity ? keep * epsilon - noise * clean : epsilon);
        }

        return answer;
    }

    @Override
    public List<float[]> decode(List<float[]> latents) {
        return latents;
    }

    /** ᾱ of a timestep, of a schedule of constant β. */
    static double signal(NoiseSchedule schedule, int timestep) {
        return Math.pow(1 - schedule.betaStart(), timestep + 1);
    }
}
