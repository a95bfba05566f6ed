package dev.tapetum.attribution;

import dev.tapetum.attribution.PixelValues.Spread;
import dev.tapetum.model.ModelCard;
import dev.tapetum.model.Tap;
import dev.tapetum.probe.Answer;
import dev.tapetum.probe.Ask;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Round;
import java.util.Objects;

/**
 * Class activation map by gradients: where the features at a tap speak for the target.
 *
 * <p>{@code α_k = mean_ij ∂F_c/∂A^k_ij} and {@code a = max(0, Σ_k α_k A^k)}, on the tap's grid; maps at another
 * resolution are interpolated bilinearly. One gradient evaluation. Selvaraju et al. 2017 (arXiv 1610.02391, equations 1
 * and 2).
 *
 * <ul>
 *   <li>At a tap of tokens the prefix tokens are left out and the rest is read as the grid.
 *   <li>A map without any positive value is all zero, not an error.
 * </ul>
 *
 * @param tap name of a tap of the bundle, or {@code last}
 */
public record GradCam(String tap) implements Attributor {

    public GradCam {
        Objects.requireNonNull(tap, "tap");
    }

    @Override
    public void check(ModelCard model) {
        Requirements.of(this, model).tap(tap);
    }

    @Override
    public Program<Attribution> program(Subject subject) {
        Tap at = Requirements.of(this, subject.model()).tap(tap);
        Probe probe = new Probe(subject.stimulus(), new Ask.TapGradient(at, subject.target()));
        return Program.asking(Round.of(probe), answers -> {
            Answer answer = answers.get(0);
            return Attribution.of(answer.logits()[subject.target()], 1, map(at, answer));
        });
    }

    private static PixelValues map(Tap at, Answer answer) {
        double[] map = new double[at.rows() * at.cols()];
        for (int k = 0; k < at.channels(); k++) {
            double alpha = 0;
            for (int i = 0; i < map.length; i++) {
                alpha += answer.gradient()[at.index(k, i / at.cols(), i % at.cols())];
            }

            alpha /= map.length;
            for (int i = 0; i < map.length; i++) {
                map[i] += alpha * answer.activation()[at.index(k, i / at.cols(), i % at.cols())];
            }
        }

        float[] positive = new float[map.length];
        for (int i = 0; i < map.length; i++) {
            positive[i] = (float) Math.max(0, map[i]);
        }

        return new PixelValues(1, at.rows(), at.cols(), Spread.LEVEL, positive);
    }
}
