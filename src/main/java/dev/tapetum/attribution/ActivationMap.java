package dev.tapetum.attribution;

import dev.tapetum.attribution.PixelValues.Spread;
import dev.tapetum.model.ModelCard;
import dev.tapetum.model.Tap;
import dev.tapetum.probe.Answer;
import dev.tapetum.probe.Ask;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Round;

/**
 * Class activation maps: the channels of a tap, weighted by the gradient there and summed, on the tap's grid; maps at
 * another resolution are interpolated bilinearly. One gradient evaluation, which all of them share at one tap.
 *
 * <p>At a tap of tokens the prefix tokens are left out and the rest is read as the grid.
 */
sealed interface ActivationMap extends Attributor permits GradCam, GradCamPlusPlus, LayerCam, HiResCam {

    /** Name of a tap of the bundle, or {@code last}. */
    String tap();

    /** What one channel adds to every position of the map. */
    void add(Channel channel, double[] map);

    /** Whether a map without evidence for the target is cut off at zero. */
    default boolean isRectified() {
        return true;
    }

    /**
     * One channel on the tap's grid, row by row.
     *
     * @param activation {@code A}
     * @param gradient {@code ∂F_c/∂A}
     */
    record Channel(double[] activation, double[] gradient) {

        static Channel of(Tap at, Answer answer, int channel) {
            double[] activation = new double[at.rows() * at.cols()];
            double[] gradient = new double[activation.length];
            for (int i = 0; i < activation.length; i++) {
                int index = at.index(channel, i / at.cols(), i % at.cols());
                activation[i] = answer.activation()[index];
                gradient[i] = answer.gradient()[index];
            }

            return new Channel(activation, gradient);
        }

        /** {@code map += weight · A}. */
        void addWeighted(double weight, double[] map) {
            for (int i = 0; i < map.length; i++) {
                map[i] += weight * activation[i];
            }
        }
    }

    @Override
    default void check(ModelCard model) {
        Requirements.of(this, model).tap(tap());
    }

    @Override
    default Program<Attribution> program(Subject subject) {
        Tap at = Requirements.of(this, subject.model()).tap(tap());
        Probe probe = new Probe(subject.stimulus(), new Ask.TapGradient(at, subject.target()));
        return Program.asking(Round.of(probe), answers -> {
            Answer answer = answers.get(0);
            return Attribution.of(answer.logits()[subject.target()], 1, map(at, answer));
        });
    }

    private PixelValues map(Tap at, Answer answer) {
        double[] map = new double[at.rows() * at.cols()];
        for (int k = 0; k < at.channels(); k++) {
            add(Channel.of(at, answer, k), map);
        }

        float[] values = new float[map.length];
        for (int i = 0; i < map.length; i++) {
            values[i] = (float) (isRectified() ? Math.max(0, map[i]) : map[i]);
        }

        return new PixelValues(1, at.rows(), at.cols(), Spread.LEVEL, values);
    }
}
