package dev.tapetum.model;

import java.util.List;

/**
 * The parts of an instruction-guided latent diffusion model (InstructPix2Pix, Brooks et al. 2023, arXiv 2211.09800), each
 * asked about many rows at once. An answer is a function of its own row, and not of those beside it. Images are planar, on the
 * scale from −1 to 1; latents are planar, too.
 */
public interface LatentDiffusion {

    EditorCard card();

    /** The embedded tokens of each text, row by row. */
    List<float[]> encodeTexts(List<String> texts);

    /** The mode of each image's latent, not scaled: what the model is shown of the image. */
    List<float[]> encodeImages(List<float[]> images);

    /** What is predicted of each noisy latent, as {@link NoiseSchedule#prediction} says. */
    List<float[]> predict(List<Noisy> rows);

    /** The image of each latent that is free of noise. */
    List<float[]> decode(List<float[]> latents);

    /**
     * A latent that noise is to be found in.
     *
     * @param latent with the noise of the timestep
     * @param image what the model is shown of the image; zeros for none
     * @param text an embedded text
     */
    record Noisy(float[] latent, float[] image, float[] text, int timestep) {}
}
