package dev.tapetum.model.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.tapetum.sae.Activation;
import dev.tapetum.sae.BatchTopK;
import dev.tapetum.sae.Learner;
import dev.tapetum.sae.LearnerState;
import dev.tapetum.sae.Losses;
import dev.tapetum.sae.Normalisation;
import dev.tapetum.sae.Objective;
import dev.tapetum.sae.SparseAutoencoder;
import dev.tapetum.sae.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * An autoencoder in training through DJL. All tensors stay on the hardware; per step a few numbers and one count per latent come
 * back. The gradients are derived by hand, in {@link DenseSaePass} and {@link SparseSaePass}, and not recorded: that saves the
 * {@code B × n} tensors that a recording would keep, and under top-k four of the five matrix products.
 *
 * <p>A step: the objective and its gradients; what would only lengthen decoder directions is taken out; the whole gradient is
 * shortened to the clip; Adam; decoder directions get length one (Stevens et al. 2025, arXiv 2502.06755).
 *
 * <p>On the CPU equal steps give equal floats, for a given number of threads.
 */
public final class DjlLearner implements Learner {

    private static final String SILENT = "silent";
    private static final String RUNNING = "running_threshold";
    /**
     * Weight of the newest batch in the running threshold, once there were enough of them. The mean then reaches back some
     * hundred steps: a longer one would still hold the activations that a short training began with.
     */
    private static final float NEWEST = 0.01f;

    private final Objective objective;
    private final Normalisation normalisation;
    private final double clip;
    private final NDManager manager;
    private final SaeWeights weights;
    private final SaePass pass;
    private final long[] silent;
    private float runningThreshold;
    private long step;

    /**
     * A learner before its first step.
     *
     * @param start as {@code Initialisation} gives it for the same objective
     * @param clip largest length of a step's whole gradient
     * @param gpu ordinal of the GPU, or −1 for the CPU
     */
    public DjlLearner(Objective objective, SparseAutoencoder start, double clip, int gpu) {
        this(objective, start, clip, gpu, TokenChunks.on(gpu >= 0, start.width(), start.features()));
    }

    DjlLearner(Objective objective, SparseAutoencoder start, double clip, int gpu, TokenChunks chunks) {
        int width = start.width();
        int features = start.features();
        this.objective = objective;
        this.normalisation = start.normalisation();
        this.clip = clip;
        this.manager = Engine.getEngine("PyTorch").newBaseManager(gpu < 0 ? Device.cpu() : Device.gpu(gpu));
        this.silent = new long[features];
        this.weights = new SaeWeights(manager);
        weights.put(SaeWeights.ENCODER, transposed(start.encoder(), width, features), new Shape(features, width));
        weights.put(SaeWeights.ENCODER_BIAS, start.encoderBias(), new Shape(features));
        weights.put(SaeWeights.DECODER, start.decoder(), new Shape(features, width));
        weights.put(SaeWeights.DECODER_BIAS, start.decoderBias(), new Shape(width));
        if (objective.activation() instanceof Activation.Threshold && !(objective instanceof BatchTopK)) {
            weights.put(SaeWeights.THRESHOLDS, start.thresholds(), new Shape(features));
        }

        Objective.Reviving reviving = objective.reviving();
        this.pass = reviving == null
                ? new DenseSaePass(weights, objective, chunks, features)
                : new SparseSaePass(weights, objective, reviving.weight(), chunks);
    }

    @Override
    public Objective objective() {
        return objective;
    }

    @Override
    public Losses step(float[] tokens, double learningRate, double warmth) {
        try (NDManager scratch = manager.newSubManager()) {
            SaePass.Result result = run(scratch, tokens, warmth);
            weights.removeParallelPart(result.gradients());
            double length = result.gradients().length();
            weights.update(result.gradients(), learningRate, step + 1, length, clip);
            return counted(result, tokens.length / normalisation.mean().length, length);
        } catch (EngineException e) {
            throw DeviceMemory.translated(e);
        }
    }

    /** The gradients at the present weights, before anything is taken out of them. */
    Map<String, float[]> gradients(float[] tokens, double warmth) {
        try (NDManager scratch = manager.newSubManager()) {
            Map<String, float[]> gradients = new HashMap<>();
            run(scratch, tokens, warmth)
                    .gradients()
                    .byName()
                    .forEach((name, values) -> gradients.put(name, values.toFloatArray()));
            return gradients;
        }
    }

    /** Number of tensors that live as long as the learner does. */
    int tensors() {
        return manager.getManagedArrays().size();
    }

    private SaePass.Result run(NDManager scratch, float[] tokens, double warmth) {
        int width = normalisation.mean().length;
        weights.lendTo(scratch);
        NDArray batch = scratch.create(tokens, new Shape(tokens.length / width, width));
        return pass.run(scratch, batch, warmth, dead());
    }

    private Losses counted(SaePass.Result result, int batch, double length) {
        step++;
        float[] active = result.active().toFloatArray();
        double sum = 0;
        for (int j = 0; j < active.length; j++) {
            silent[j] = active[j] > 0 ? 0 : silent[j] + batch;
            sum += active[j];
        }

        if (result.smallest() > 0) {
            runningThreshold += Math.max(1f / step, NEWEST) * (result.smallest() - runningThreshold);
        }

        return new Losses(
                result.mse() + result.penalty() + result.auxiliary(),
                result.mse(),
                result.penalty(),
                result.auxiliary(),
                sum / batch,
                dead().length,
                length);
    }

    /** The latents that are to be revived, ascending. */
    private long[] dead() {
        Objective.Reviving reviving = objective.reviving();
        return reviving == null || reviving.weight() == 0
                ? new long[0]
                : IntStream.range(0, silent.length)
                        .filter(j -> silent[j] >= reviving.deadAfter())
                        .asLongStream()
                        .toArray();
    }

    @Override
    public SparseAutoencoder autoencoder() {
        int width = normalisation.mean().length;
        float[] thresholds = new float[objective.activation() instanceof Activation.Threshold ? silent.length : 0];
        if (objective instanceof BatchTopK) {
            Arrays.fill(thresholds, runningThreshold);
        } else if (thresholds.length > 0) {
            thresholds = weights.get(SaeWeights.THRESHOLDS).toFloatArray();
        }

        return new SparseAutoencoder(
                normalisation,
                objective.activation(),
                transposed(weights.get(SaeWeights.ENCODER).toFloatArray(), silent.length, width),
                weights.get(SaeWeights.ENCODER_BIAS).toFloatArray(),
                weights.get(SaeWeights.DECODER).toFloatArray(),
                weights.get(SaeWeights.DECODER_BIAS).toFloatArray(),
                thresholds);
    }

    @Override
    public LearnerState state() {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        weights.save(tensors);
        tensors.put(SILENT, Tensor.Longs.of(silent.clone()));
        tensors.put(RUNNING, Tensor.Floats.of(runningThreshold));
        return new LearnerState(step, tensors);
    }

    @Override
    public void restore(LearnerState state) {
        if (!(state.tensors().get(SILENT) instanceof Tensor.Longs counts)
                || counts.values().length != silent.length
                || !(state.tensors().get(RUNNING) instanceof Tensor.Floats threshold)) {
            throw new IllegalArgumentException(
                    "The state is of another autoencoder, not of " + silent.length + " latents");
        }

        weights.restore(state);
        System.arraycopy(counts.values(), 0, silent, 0, silent.length);
        runningThreshold = threshold.values()[0];
        step = state.step();
    }

    @Override
    public void close() {
        manager.close();
    }

    /** {@code rows × columns} to {@code columns × rows}. */
    private static float[] transposed(float[] matrix, int rows, int columns) {
        float[] result = new float[matrix.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                result[column * rows + row] = matrix[row * columns + column];
            }
        }

        return result;
    }
}
