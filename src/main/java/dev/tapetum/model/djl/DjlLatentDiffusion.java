package dev.tapetum.model.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.tapetum.UserError;
import dev.tapetum.model.EditorBundle;
import dev.tapetum.model.EditorCard;
import dev.tapetum.model.LatentDiffusion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The TorchScript parts of an editor's bundle on one piece of hardware: loaded once, shared by the threads of a process.
 *
 * <p>On a CPU every call of a part has the same number of rows, for the reason that {@link CallShape} gives.
 */
public final class DjlLatentDiffusion implements LatentDiffusion, AutoCloseable {

    private static final List<String> FILES =
            List.of(EditorBundle.TEXT_ENCODER, EditorBundle.UNET, EditorBundle.VAE_ENCODER, EditorBundle.VAE_DECODER);

    private static final int TEXT_ROWS = 2;
    private static final int FEWEST_LATENT_ROWS = 6;
    private static final int MOST_LATENT_ROWS = 24;
    private static final int LATENT_VALUES = 1 << 16;
    private static final int MOST_IMAGE_ROWS = 8;
    private static final int IMAGE_VALUES = 1 << 18;

    private final EditorCard card;
    private final InstructionTokenizer tokenizer;
    private final EditorPart textEncoder;
    private final EditorPart unet;
    private final EditorPart vaeEncoder;
    private final EditorPart vaeDecoder;

    /** @param parts of the bundle, in the order of {@link #FILES} */
    private DjlLatentDiffusion(EditorCard card, InstructionTokenizer tokenizer, List<EditorPart> parts) {
        this.card = card;
        this.tokenizer = tokenizer;
        this.textEncoder = parts.get(0);
        this.unet = parts.get(1);
        this.vaeEncoder = parts.get(2);
        this.vaeDecoder = parts.get(3);
    }

    /**
     * Loads all parts and asks each about one row.
     *
     * @param gpu ordinal of the GPU, or −1 for the CPU
     * @throws UserError if a file is not what {@code editor.conf} says
     */
    public static DjlLatentDiffusion load(EditorBundle bundle, int gpu) {
        if (gpu >= DjlModel.gpus()) {
            throw new UserError("GPU " + gpu + " was asked for, but PyTorch sees " + DjlModel.gpus()
                    + " here; set model.device = cpu, or start Tapetum where there is one");
        }

        InstructionTokenizer tokenizer = InstructionTokenizer.load(bundle);
        List<EditorPart> opened = new ArrayList<>();
        try {
            for (String file : FILES) {
                Device device = gpu < 0 ? Device.cpu() : Device.gpu(gpu);
                opened.add(EditorPart.load(bundle, file, rows(bundle.card(), file), device));
            }

            DjlLatentDiffusion diffusion = new DjlLatentDiffusion(bundle.card(), tokenizer, opened);
            diffusion.check();
            return diffusion;
        } catch (RuntimeException e) {
            opened.forEach(EditorPart::close);
            tokenizer.close();
            throw e;
        }
    }

    /** Few where rows are large, see {@link CallShape}; a picture has three rows in the U-Net. */
    private static int rows(EditorCard card, String file) {
        return switch (file) {
            case EditorBundle.TEXT_ENCODER -> TEXT_ROWS;
            case EditorBundle.UNET ->
                limited(LATENT_VALUES / card.latent().size(), FEWEST_LATENT_ROWS, MOST_LATENT_ROWS);
            default -> limited(IMAGE_VALUES / card.size(), 1, MOST_IMAGE_ROWS);
        };
    }

    @Override
    public EditorCard card() {
        return card;
    }

    @Override
    public List<float[]> encodeTexts(List<String> texts) {
        List<long[]> ids = texts.stream().map(tokenizer::ids).toList();
        return textEncoder.answers(ids, (manager, rows) -> {
            long[] all = rows.stream().flatMapToLong(Arrays::stream).toArray();
            return new NDList(
                    manager.create(all, new Shape(rows.size(), card.tokens().length())));
        });
    }

    @Override
    public List<float[]> encodeImages(List<float[]> images) {
        return vaeEncoder.answers(
                images,
                (manager, rows) ->
                        new NDList(stacked(manager, rows, EditorCard.CHANNELS, card.height(), card.width())));
    }

    @Override
    public List<float[]> predict(List<Noisy> rows) {
        EditorCard.Latent latent = card.latent();
        return unet.answers(rows, (manager, noisy) -> {
            List<float[]> pairs = new ArrayList<>();
            long[] timesteps = new long[noisy.size()];
            for (int i = 0; i < timesteps.length; i++) {
                pairs.add(noisy.get(i).latent());
                pairs.add(noisy.get(i).image());
                timesteps[i] = noisy.get(i).timestep();
            }

            List<float[]> texts = noisy.stream().map(Noisy::text).toList();
            int width = texts.get(0).length / card.tokens().length();
            return new NDList(
                    manager.create(
                            joined(pairs),
                            new Shape(noisy.size(), 2L * latent.channels(), latent.height(), latent.width())),
                    manager.create(timesteps),
                    stacked(manager, texts, card.tokens().length(), width));
        });
    }

    @Override
    public List<float[]> decode(List<float[]> latents) {
        EditorCard.Latent latent = card.latent();
        return vaeDecoder.answers(
                latents,
                (manager, rows) ->
                        new NDList(stacked(manager, rows, latent.channels(), latent.height(), latent.width())));
    }

    @Override
    public void close() {
        parts().forEach(EditorPart::close);
        tokenizer.close();
    }

    private List<EditorPart> parts() {
        return List.of(textEncoder, unet, vaeEncoder, vaeDecoder);
    }

    /** Asks each part about one row, in a call of its usual size and in one of a single row. */
    private void check() {
        DjlLatentDiffusion oneByOne = new DjlLatentDiffusion(
                card, tokenizer, parts().stream().map(EditorPart::oneByOne).toList());
        List<float[]> alone = oneByOne.answers();
        List<float[]> together = answers();
        for (int i = 0; i < alone.size(); i++) {
            parts().get(i).requireEqual(alone.get(i), together.get(i));
        }
    }

    /** What each part answers to one row, in the order of {@link #FILES}. */
    private List<float[]> answers() {
        int latent = card.latent().size();
        float[] text = textEncoder.checked(
                () -> encodeTexts(List.of("")), size -> size % card.tokens().length() == 0);
        Noisy row = new Noisy(waves(latent), waves(latent), text, 0);
        return List.of(
                text,
                unet.checked(() -> predict(List.of(row)), size -> size == latent),
                vaeEncoder.checked(() -> encodeImages(List.of(waves(card.size()))), size -> size == latent),
                vaeDecoder.checked(() -> decode(List.of(waves(latent))), size -> size == card.size()));
    }

    /** Values between −1 and 1 with nothing in common. */
    private static float[] waves(int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) StrictMath.sin(1.7 * i + 0.003 * i * i);
        }

        return values;
    }

    private static int limited(int value, int least, int most) {
        return Math.max(least, Math.min(most, value));
    }

    private static NDArray stacked(NDManager manager, List<float[]> rows, long... shape) {
        return manager.create(joined(rows), new Shape(rows.size()).addAll(new Shape(shape)));
    }

    private static float[] joined(List<float[]> rows) {
        float[] all = new float[rows.size() * rows.get(0).length];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, all, i * rows.get(0).length, rows.get(0).length);
        }

        return all;
    }
}
