package dev.tapetum.attributionmetric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.attribution.Attributor;
import dev.tapetum.attribution.Baseline;
import dev.tapetum.attribution.DeepLift;
import dev.tapetum.attribution.FullGrad;
import dev.tapetum.attribution.InputXGradient;
import dev.tapetum.attribution.IntegratedGradients;
import dev.tapetum.attribution.NoiseGrad;
import dev.tapetum.attribution.Occlusion;
import dev.tapetum.attribution.Saliency;
import dev.tapetum.attribution.SmoothGrad;
import dev.tapetum.attribution.VarGrad;
import dev.tapetum.model.LinearModel;
import dev.tapetum.model.Model;
import dev.tapetum.model.Toys;
import dev.tapetum.probe.Answers;
import dev.tapetum.probe.Program;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class InputInvarianceTest {

    private static final InputInvariance HALF = new InputInvariance(0.5);
    private static final LinearModel LINEAR = Measuring.row(4, 1);
    private static final float[] PIXELS = {0.5f, 1};
    /** What single precision loses when a pixel is moved there and back. */
    private static final double TOLERANCE = 1e-5;

    @Test
    void whatMultipliesByTheInputIsNotInvariant() {
        // (0.5·4, 1·1) becomes (1·4, 1.5·1): ‖(2, 0.5)‖ / ‖(2, 1)‖.
        assertThat(measure(new InputXGradient(), LINEAR, PIXELS)).isCloseTo(Math.sqrt(4.25 / 5), within(TOLERANCE));
    }

    @Test
    void norIsAFixedBaseline() {
        // From black the way to the image has become longer by the shift: the same as above.
        assertThat(measure(new IntegratedGradients(new Baseline.Black(), 4, 0.01, 0.5, 100), LINEAR, PIXELS))
                .isCloseTo(Math.sqrt(4.25 / 5), within(TOLERANCE));
    }

    static Stream<Attributor> invariant() {
        return Stream.of(
                new Saliency(false),
                // More than one part of a round.
                new SmoothGrad(new Saliency(true), 40, 0.1),
                // A blurred image is shifted as the image is; each gradient is multiplied by the difference of the two.
                new IntegratedGradients(new Baseline.Blur(1), 40, 0.01, 0.5, 100),
                // The blurred image is also what the rule is about.
                new DeepLift(new Baseline.Blur(1)),
                new NoiseGrad(new Saliency(false)));
    }

    @ParameterizedTest
    @MethodSource("invariant")
    void whatOnlyLooksAtDifferencesIsInvariant(Attributor method) {
        assertThat(measure(method, Toys.relu(), Toys.image(1))).isCloseTo(0, within(TOLERANCE));
    }

    @Test
    void aColourThatIsPutInIsNoLongerTheSame() {
        // Black is put in at 0 where the model takes away 0.5: every window loses 4·1 or 1·1.5 instead of 2 and 1.
        assertThat(measure(new Occlusion(1, 1, new Baseline.Black()), LINEAR, PIXELS))
                .isCloseTo(Math.sqrt(4.25 / 5), within(TOLERANCE));
    }

    @ParameterizedTest
    @MethodSource("ofBiases")
    void nothingIsSaidOfAMethodThatAddsTheBiasesOfTheModelThatWasNotShifted(Attributor method) {
        Program<List<Reading>> program = HALF.program(Measuring.explanation(method, null, 1, 2));

        assertThat(program.next(Answers.NONE)).isNull();
        assertThat(program.result()).containsExactly(new Reading(null, Double.NaN));
    }

    static Stream<Attributor> ofBiases() {
        return Stream.of(
                new FullGrad(),
                new SmoothGrad(new FullGrad(), 2, 0.1),
                new NoiseGrad(new VarGrad(new FullGrad(), 2, 0.1)));
    }

    private static double measure(Attributor method, Model model, float[] pixels) {
        return Measuring.measure(HALF, method, model, pixels, null);
    }
}
