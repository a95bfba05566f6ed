package dev.tapetum.attributionmetric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.UserError;
import dev.tapetum.attribution.Attribution;
import dev.tapetum.attribution.Attributor;
import dev.tapetum.attribution.Baseline;
import dev.tapetum.attribution.InputXGradient;
import dev.tapetum.attribution.IntegratedGradients;
import dev.tapetum.attribution.Saliency;
import dev.tapetum.attribution.SmoothGrad;
import dev.tapetum.attribution.Subject;
import dev.tapetum.model.InputSpec;
import dev.tapetum.model.Model;
import dev.tapetum.model.QuadraticModel;
import dev.tapetum.model.Toys;
import dev.tapetum.probe.Admission;
import dev.tapetum.probe.HostDevice;
import dev.tapetum.probe.Outcome;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Scheduler;
import dev.tapetum.probe.Stimulus;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two pixels and {@code F₀ = x₁² + ½x₂}: the gradient is (2x₁, ½), the Hessian has one element. From (½, ½) the larger pixel is
 * the first, and its share {@code 2x₁ / (2x₁ + ½)} falls with x₁; x₂ changes nothing, so it stays.
 */
final class AttackTest {

    private static final InputSpec TWO = InputSpec.raw(1, 1, 2);
    private static final float[] HALVES = {0.5f, 0.5f};
    private static final Attributor GRADIENT = new Saliency(false);

    /** The second class never wins: {@code F₁ = −x₁}. */
    private static final QuadraticModel ALWAYS_FIRST = model(-1, 0);

    private static final TopKAttack ATTACK = new TopKAttack(0.5, 0, 0.1, 0.04, 4, 1);

    @Test
    void aStepGoesAgainstTheSlopeAndEndsAtTheBox() {
        // 0.5, 0.46, 0.42, 0.38 cut off at 0.4, and 0.4 again.
        assertThat(attacked(ATTACK, GRADIENT, ALWAYS_FIRST, null))
                .containsExactly(new float[] {0.4f, 0.5f}, within(1e-6f));
    }

    @Test
    void aPointWithAnotherPredictionDoesNotCount() {
        // F₁ = 0.8872·x₂ = 0.4436 at x₂ = ½: F₀ = 0.4616 at x₁ = 0.46 is larger, 0.4264 at 0.42 is not.
        assertThat(attacked(ATTACK, GRADIENT, model(0, 0.8872), null))
                .containsExactly(new float[] {0.46f, 0.5f}, within(1e-6f));
    }

    @Test
    void anImageThatIsPredictedWronglyIsNotAttacked() {
        Explanation wrong = explanation(GRADIENT, ALWAYS_FIRST, HALVES, false);

        assertThat(run(ATTACK.changed(wrong, 2), ALWAYS_FIRST, HALVES).result()).isEmpty();
        assertThat(run(new TopK(0.5, ATTACK, 2).program(wrong), ALWAYS_FIRST, HALVES)
                        .result())
                .containsExactly(new Reading(null, Double.NaN));
        assertThat(run(ATTACK.changed(explanation(GRADIENT, ALWAYS_FIRST, HALVES, true), 2), ALWAYS_FIRST, HALVES)
                        .result())
                .hasSize(2);
    }

    @Test
    void theMassIsDrivenIntoTheChosenSquare() {
        // The right half is the second pixel: its share grows as x₁ falls. The left half's grows with x₁, to 0.6.
        assertThat(attacked(new TargetRegionAttack(0, 0.5, 0.5, 0.1, 0.04, 4, 1), GRADIENT, ALWAYS_FIRST, null)[0])
                .isCloseTo(0.4f, within(1e-6f));
        assertThat(attacked(new TargetRegionAttack(0, 0, 0.5, 0.1, 0.04, 4, 1), GRADIENT, ALWAYS_FIRST, null)[0])
                .isCloseTo(0.6f, within(1e-6f));
    }

    @Test
    void theCentreMovesToOneSideAsFarAsTheBoxAllows() {
        float[] attacked = attacked(new MassCentreAttack(0.1, 0.04, 8, 2), GRADIENT, ALWAYS_FIRST, null);

        assertThat(Math.abs(attacked[0] - 0.5)).isCloseTo(0.1, within(1e-6));
    }

    static Stream<Attributor> attackedMaps() {
        return Stream.of(
                GRADIENT, new InputXGradient(), new IntegratedGradients(new Baseline.Black(), 8, 0.01, 0.5, 400));
    }

    /** {@code dL/dx} against central differences of L itself, value by value. */
    @ParameterizedTest
    @MethodSource("attackedMaps")
    void theDirectionIsTheDerivativeOfWhatIsAttacked(Attributor method) {
        QuadraticModel model = Toys.quadratic();
        float[] image = Toys.image(3);
        Explanation explanation = explanation(method, model, image, true);
        AttackedMap map = AttackedMap.of(explanation);
        AttackedMap.At at = at(map, explanation, model, image, Stimulus.ORIGINAL);
        Criterion criterion = new TopKAttack(0.25, 1, 0.1, 0.1, 1, 1).criterion(at.sizes(Toys.INPUT), Toys.INPUT);
        float[] u = AttackedMap.pulledBack(at, criterion.slopes(at.sizes(Toys.INPUT)));
        float[] direction = run(
                        Program.asking(
                                map.askDirection(explanation.subject(), at, u),
                                answers -> map.direction(at, u, answers)),
                        model,
                        image)
                .result();

        float step = 1e-2f;
        for (int i = 0; i < image.length; i += 5) {
            double difference = 0;
            for (int sign = -1; sign <= 1; sign += 2) {
                float[] moved = image.clone();
                moved[i] += sign * step;
                double[] sizes = at(map, explanation, model, image, new Stimulus.Pixels(moved))
                        .sizes(Toys.INPUT);
                difference += sign * criterion.value(sizes) / (2 * step);
            }

            assertThat((double) direction[i]).isCloseTo(difference, within(2e-4));
        }
    }

    @Test
    void oneAttackServesAllMetricsAndAllMethodsOfOneMap() {
        Attributor smooth = new SmoothGrad(GRADIENT, 2, 0.1);
        TopK one = new TopK(0.5, ATTACK, 1);
        LocalTopK other = new LocalTopK(0.5, 1, Overlap.RECALL, ATTACK, 1);
        List<Explanation> explanations = List.of(
                explanation(GRADIENT, ALWAYS_FIRST, HALVES, true), explanation(smooth, ALWAYS_FIRST, HALVES, true));

        Outcome<?> alone =
                run(new Measurement(List.of(one), explanations.subList(0, 1)).program(), ALWAYS_FIRST, HALVES);
        Outcome<?> together = run(new Measurement(List.of(one, other), explanations).program(), ALWAYS_FIRST, HALVES);

        // The second metric asks nothing, the second method only for its own two gradients at the attacked image.
        assertThat(together.cost().gradientMade()).isEqualTo(alone.cost().gradientMade() + 2);
    }

    @Test
    void aModelWithoutSecondDerivativesIsRefusedWithTheWayToGetThem() {
        assertThatThrownBy(() -> new TopK(0.5, ATTACK, 1).check(Toys.card(Toys.linear())))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("exported without the rule curvature")
                .hasMessageContaining("--rules all");
    }

    private static QuadraticModel model(double first, double second) {
        return new QuadraticModel(TWO, new double[][][] {{{2, 0}, {0, 0}}, {{0, 0}, {0, 0}}}, new double[][] {
            {0, 0.5}, {first, second}
        });
    }

    private static float[] attacked(Attack attack, Attributor method, Model model, @Nullable Boolean correct) {
        Explanation explanation = explanation(method, model, HALVES, correct);
        Stimulus stimulus =
                run(attack.changed(explanation, 1), model, HALVES).result().get(0);
        return explanation.subject().render(stimulus);
    }

    private static AttackedMap.At at(
            AttackedMap map, Explanation explanation, Model model, float[] image, Stimulus point) {
        Subject subject = explanation.subject();
        return run(Program.asking(map.ask(subject, point), answers -> map.read(subject, point, answers)), model, image)
                .result();
    }

    private static Explanation explanation(Attributor method, Model model, float[] pixels, @Nullable Boolean correct) {
        Subject subject = Subject.of(pixels, 0, Measuring.card(model), Measuring.SEED);
        Attribution attribution = run(method.program(subject), model, pixels).result();
        return new Explanation(subject, method, attribution, List.of(), correct, null);
    }

    private static <R> Outcome<R> run(Program<R> program, Model model, float[] pixels) {
        return new Scheduler(new HostDevice(model), 16)
                .run(List.of(new Admission<>(pixels, () -> program)).iterator())
                .next();
    }
}
