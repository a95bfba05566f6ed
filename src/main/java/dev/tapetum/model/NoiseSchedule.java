package dev.tapetum.model;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How noise was added to latents in training: after timestep t they are {@code √ᾱ_t · x₀ + √(1−ᾱ_t) · ε} with {@code ᾱ_t =
 * Π_{s≤t} (1 − β_s)} (Ho et al. 2020, arXiv 2006.11239, equation 4), and which of these timesteps a sampler visits. The keys
 * mean what they mean in the schedulers of Hugging Face diffusers.
 *
 * @param timesteps of training, T
 * @param betas how β goes from its first to its last value
 * @param prediction what the network answers with
 * @param spacing where the visited timesteps lie
 * @param stepsOffset added to them when the spacing is leading
 * @param setAlphaToOne whether the last step leads to latents without any noise; else to those of timestep 0
 * @param clipRange the predicted x₀ is cut off at plus and minus this; null for no cut
 */
public record NoiseSchedule(
        int timesteps,
        Betas betas,
        double betaStart,
        double betaEnd,
        Prediction prediction,
        Spacing spacing,
        int stepsOffset,
        boolean setAlphaToOne,
        @Nullable Double clipRange)
        implements Serializable {

    /** How β_t goes from its first to its last value. */
    public enum Betas {
        /** Evenly. */
        LINEAR,
        /** Its square root evenly. */
        SCALED_LINEAR
    }

    /** What the network answers with. */
    public enum Prediction {
        /** The noise ε. */
        EPSILON,
        /** The velocity {@code √ᾱ ε − √(1−ᾱ) x₀} (Salimans and Ho 2022, arXiv 2202.00512, appendix D). */
        V
    }

    /** Where n visited timesteps lie (Lin et al. 2023, arXiv 2305.08891, table 2). */
    public enum Spacing {
        /** {@code i · ⌊T/n⌋ + offset} for i from n − 1 down to 0. */
        LEADING,
        /** {@code T − i · T/n − 1}, rounded, for i from 0 to n − 1: the noisiest is among them. */
        TRAILING
    }

    public NoiseSchedule {
        Objects.requireNonNull(betas, "betas");
        Objects.requireNonNull(prediction, "prediction");
        Objects.requireNonNull(spacing, "spacing");
        if (timesteps < 1) {
            throw new IllegalArgumentException("timesteps must be at least 1, not " + timesteps);
        }

        if (!(betaStart > 0 && betaStart <= betaEnd && betaEnd < 1)) {
            throw new IllegalArgumentException("beta-start and beta-end lie between 0 and 1 in this order, not at "
                    + betaStart + " and " + betaEnd);
        }

        if (stepsOffset < 0) {
            throw new IllegalArgumentException("steps-offset must be 0 or more, not " + stepsOffset);
        }

        if (clipRange != null && !(clipRange > 0)) {
            throw new IllegalArgumentException("clip-range must be above 0, not " + clipRange);
        }
    }

    /**
     * One step of a sampler.
     *
     * @param timestep what the network is told
     * @param signal ᾱ before the step
     * @param signalAfter ᾱ after it
     */
    public record Step(int timestep, double signal, double signalAfter) {}

    /**
     * The steps of a sampler, from the noisiest on.
     *
     * @throws IllegalArgumentException if there are not so many
     */
    public List<Step> steps(int count) {
        if (count < 1 || count > timesteps) {
            throw new IllegalArgumentException(
                    "sampling steps are from 1 to the " + timesteps + " that the model was trained with, not " + count);
        }

        double[] signal = signal();
        int stride = timesteps / count;
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int timestep = timestep(i, count);
            if (timestep >= timesteps) {
                throw new IllegalArgumentException(count + " sampling steps and an offset of " + stepsOffset
                        + " lead beyond the " + timesteps + " steps that the model was trained with; ask for fewer");
            }

            int after = timestep - stride;
            steps.add(
                    new Step(timestep, signal[timestep], after >= 0 ? signal[after] : setAlphaToOne ? 1.0 : signal[0]));
        }

        return steps;
    }

    private int timestep(int i, int count) {
        return switch (spacing) {
            case LEADING -> (count - 1 - i) * (timesteps / count) + stepsOffset;
            case TRAILING -> (int) Math.rint(timesteps - i * ((double) timesteps / count)) - 1;
        };
    }

    /** ᾱ of every timestep. */
    private double[] signal() {
        double[] signal = new double[timesteps];
        double product = 1;
        for (int t = 0; t < timesteps; t++) {
            product *= 1 - beta(t);
            signal[t] = product;
        }

        return signal;
    }

    private double beta(int timestep) {
        double share = timesteps == 1 ? 0 : (double) timestep / (timesteps - 1);
        return switch (betas) {
            case LINEAR -> betaStart + share * (betaEnd - betaStart);
            case SCALED_LINEAR -> {
                double root = Math.sqrt(betaStart) + share * (Math.sqrt(betaEnd) - Math.sqrt(betaStart));
                yield root * root;
            }
        };
    }
}
