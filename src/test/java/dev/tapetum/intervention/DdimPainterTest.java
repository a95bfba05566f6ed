package dev.tapetum.intervention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.UserError;
import dev.tapetum.image.Interpolation;
import dev.tapetum.image.PlanarImage;
import dev.tapetum.image.Resampler;
import dev.tapetum.model.NoiseSchedule;
import dev.tapetum.model.NoiseSchedule.Betas;
import dev.tapetum.model.NoiseSchedule.Prediction;
import dev.tapetum.model.NoiseSchedule.Spacing;
import dev.tapetum.model.Painter;
import dev.tapetum.model.Painter.Commission;
import dev.tapetum.probe.Seeds;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DdimPainterTest {

    private static final int SIDE = 4;
    private static final int VALUES = 3 * SIDE * SIDE;
    private static final int TIMESTEPS = 100;
    private static final double BETA = 0.05;
    private static final long SEED = 99;

    /** Latents are kept as floats between the steps, and the last values are pixels from 0 to 1. */
    private static final double ROUNDING = 2e-6;

    private static NoiseSchedule schedule(Prediction prediction, Spacing spacing, boolean toOne, Double clip) {
        return new NoiseSchedule(TIMESTEPS, Betas.LINEAR, BETA, BETA, prediction, spacing, 0, toOne, clip);
    }

    private static PlanarImage grey(double level) {
        float[] values = new float[VALUES];
        Arrays.fill(values, (float) level);
        return new PlanarImage(3, SIDE, SIDE, values);
    }

    private static Commission commission(PlanarImage image, String text, double textScale, double imageScale) {
        return new Commission(image, text, textScale, imageScale, 10, SEED);
    }

    /**
     * Data that are a point c: the best noise prediction is {@code ε = (x − √ᾱ c) / √(1−ᾱ)}, so the predicted x₀ is c at
     * every step. DDIM then keeps ε: {@code x' = √ᾱ' c + √(1−ᾱ') ε} has the same ε, and at ᾱ' = 1 it is c, wherever it started.
     */
    @ParameterizedTest
    @EnumSource(Prediction.class)
    void dataThatAreAPointArePaintedExactly(Prediction prediction) {
        ToyDiffusion model = new ToyDiffusion(schedule(prediction, Spacing.LEADING, true, null), SIDE, SIDE, 0);
        // Both scales 1: ε is ε(I,T). The image 0.6 is 0.2 on the model's scale, the text of ten characters adds 0.1: c
        // = 0.3.
        PlanarImage painted = new DdimPainter(model)
                .paint(List.of(commission(grey(0.6), "ten letter", 1, 1)))
                .get(0);
        for (float value : painted.values()) {
            assertThat((double) value).isCloseTo(0.5 + 0.3 / 2, within(ROUNDING));
        }
    }

    /**
     * Data that are normal with mean c and variance s²: with {@code V(ᾱ) = ᾱ s² + 1 − ᾱ} the best prediction is {@code ε =
     * √(1−ᾱ) (x − √ᾱ c) / V}. Put {@code u = x − √ᾱ c}. Then {@code x₀ = (x − √(1−ᾱ) ε) / √ᾱ = c + √ᾱ s² u / V}, and the step
     * to ᾱ' gives
     *
     * <pre>
     *   u' = x' − √ᾱ' c = √ᾱ' √ᾱ s² u / V + √(1−ᾱ') √(1−ᾱ) u / V = u (√(ᾱ ᾱ') s² + √((1−ᾱ)(1−ᾱ'))) / V(ᾱ)
     * </pre>
     *
     * so the whole trajectory multiplies the start's deviation by a product over the steps.
     *
     * <p>Guidance moves the mean: all three branches have the same V, so the guided ε is that of a normal with mean {@code c∅∅ +
     * s_I (cI∅ − c∅∅) + s_T (cIT − cI∅)}, which is {@code 0 + s_I · I + s_T · level} here.
     */
    @ParameterizedTest
    @EnumSource(Prediction.class)
    void dataThatAreNormalAreFollowedAlongTheWholePath(Prediction prediction) {
        double spread = 0.1; // so that no value leaves the range of pixels
        NoiseSchedule schedule = schedule(prediction, Spacing.LEADING, false, null);
        ToyDiffusion model = new ToyDiffusion(schedule, SIDE, SIDE, spread);
        double textScale = 2;
        double imageScale = 0.5;
        PlanarImage painted = new DdimPainter(model)
                .paint(List.of(commission(grey(0.6), "ten letter", textScale, imageScale)))
                .get(0);

        double mean = imageScale * 0.2 + textScale * 0.1;
        double factor = 1;
        int[] visited = {90, 80, 70, 60, 50, 40, 30, 20, 10, 0, 0}; // the last one ends where timestep 0 is
        for (int i = 0; i + 1 < visited.length; i++) {
            double from = ToyDiffusion.signal(schedule, visited[i]);
            double to = ToyDiffusion.signal(schedule, visited[i + 1]);
            factor *= (Math.sqrt(from * to) * spread * spread + Math.sqrt((1 - from) * (1 - to)))
                    / (from * spread * spread + 1 - from);
        }

        double first = Math.sqrt(ToyDiffusion.signal(schedule, 90));
        double last = Math.sqrt(ToyDiffusion.signal(schedule, 0));
        for (int i = 0; i < VALUES; i++) {
            double start = (float) Seeds.normal(Seeds.of(SEED, "start-noise", i));
            double expected = last * mean + factor * (start - first * mean);
            assertThat(Math.abs(expected)).isLessThan(1);
            assertThat((double) painted.values()[i]).isCloseTo(0.5 + expected / 2, within(ROUNDING));
        }
    }

    /**
     * The cut holds x₀ at the range and leaves ε alone. For a point c = 0.3 and a range of 0.1, one step from ᾱ to 1 ends at the
     * cut x₀ itself: 0.1.
     */
    @Test
    void thePredictedLatentIsCutOff() {
        ToyDiffusion model = new ToyDiffusion(schedule(Prediction.EPSILON, Spacing.LEADING, true, 0.1), SIDE, SIDE, 0);
        PlanarImage painted = new DdimPainter(model)
                .paint(List.of(new Commission(grey(0.6), "ten letter", 1, 1, 1, SEED)))
                .get(0);
        for (float value : painted.values()) {
            assertThat((double) value).isCloseTo(0.5 + 0.1 / 2, within(ROUNDING));
        }
    }

    @Test
    void aPictureDoesNotDependOnItsCompany() {
        Painter painter = new DdimPainter(normal());
        List<Commission> all = List.of(
                commission(grey(0.6), "brighter", 1, 1),
                commission(grey(0.6), "brighter", 7, 1),
                new Commission(grey(0.2), "a longer text", 2, 2, 25, 5),
                new Commission(grey(0.2), "brighter", 2, 2, 3, 6));
        List<PlanarImage> together = painter.paint(all);
        for (int i = 0; i < all.size(); i++) {
            assertThat(together.get(i).values())
                    .isEqualTo(painter.paint(List.of(all.get(i))).get(0).values());
        }
    }

    @Test
    void allBranchesOfAllPicturesAreOneQuestionPerStepAndWhatIsEqualIsEncodedOnce() {
        ToyDiffusion model = normal();
        new DdimPainter(model)
                .paint(List.of(
                        commission(grey(0.6), "red", 1, 1),
                        commission(grey(0.6), "red", 5, 1),
                        commission(grey(0.5), "blue", 1, 1)));
        assertThat(model.questions).hasSize(10).containsOnly(9);
        assertThat(model.texts).containsExactlyInAnyOrder("", "red", "blue");
        assertThat(model.images).hasSize(2);
    }

    @Test
    void theStartIsNormalAndBelongsToTheSeed() {
        Painter painter = new DdimPainter(normal());
        float[] one = painter.paint(List.of(commission(grey(0.5), "red", 1, 1)))
                .get(0)
                .values();
        float[] same = painter.paint(List.of(commission(grey(0.5), "red", 1, 1)))
                .get(0)
                .values();
        float[] other = painter.paint(List.of(new Commission(grey(0.5), "red", 1, 1, 10, SEED + 1)))
                .get(0)
                .values();
        assertThat(one).isEqualTo(same).isNotEqualTo(other);
    }

    @Test
    void anImageOfAnotherSizeIsResizedAndThePictureIsResizedBack() {
        ToyDiffusion model = new ToyDiffusion(schedule(Prediction.EPSILON, Spacing.LEADING, true, null), SIDE, SIDE, 0);
        float[] values = new float[3 * 6 * 8];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 7 / 7f;
        }

        PlanarImage large = new PlanarImage(3, 6, 8, values);
        PlanarImage painted = new DdimPainter(model)
                .paint(List.of(commission(large, "", 1, 1)))
                .get(0);

        // A point at the image itself, so what is painted is the image as the model saw it.
        PlanarImage seen = PlanarImage.of(Resampler.resize(large.toRgb(), SIDE, SIDE, Interpolation.BICUBIC));
        PlanarImage back = PlanarImage.of(Resampler.resize(seen.toRgb(), 8, 6, Interpolation.BICUBIC));
        assertThat(painted).usingRecursiveComparison().isEqualTo(back);
    }

    @Test
    void moreStepsThanTheModelWasTrainedWithAreRefused() {
        assertThatThrownBy(() -> new DdimPainter(normal())
                        .paint(List.of(new Commission(grey(0.5), "red", 1, 1, TIMESTEPS + 1, SEED))))
                .isInstanceOf(UserError.class)
                .hasMessage("toy: sampling steps are from 1 to the 100 that the model was trained with, not 101");
    }

    private static ToyDiffusion normal() {
        return new ToyDiffusion(schedule(Prediction.EPSILON, Spacing.TRAILING, true, null), SIDE, SIDE, 0.3);
    }
}
