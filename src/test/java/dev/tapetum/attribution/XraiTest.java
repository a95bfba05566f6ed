package dev.tapetum.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.model.InputSpec;
import dev.tapetum.model.LinearModel;
import dev.tapetum.model.Toys;
import dev.tapetum.probe.Admission;
import dev.tapetum.probe.HostDevice;
import dev.tapetum.probe.Outcome;
import dev.tapetum.probe.PixelLabels;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Scheduler;
import java.util.List;
import org.junit.jupiter.api.Test;

final class XraiTest {

    /** Values of size one in float32. */
    private static final float ROUNDING = 1e-5f;

    private static final List<Attributor> BLACK_AND_WHITE = List.of(
            IntegratedGradientsTest.fixed(new Baseline.Black(), 5),
            IntegratedGradientsTest.fixed(new Baseline.White(), 5));

    /**
     * On a row of 0, 0, 1, 1, 1 in raw pixels the map of black is w x and of white w (x − 1), on average w (x − ½):
     * −½, −1, 3/2, −½, 2 for w = 1, 2, 3, −1, 4. The two segments are the two levels, with means −¾ and 1.
     */
    @Test
    void eachSegmentHasItsMean() {
        LinearModel model = new LinearModel(InputSpec.raw(1, 1, 5), new double[][] {{1, 2, 3, -1, 4}}, new double[1]);

        Attribution attribution = Attributing.attribute(
                new Xrai(BLACK_AND_WHITE, List.of(100.0), 0, 0.0005, 0), model, new float[] {0, 0, 1, 1, 1}, 0);

        assertThat(attribution.values().values())
                .containsExactly(new float[] {-0.75f, -0.75f, 1, 1, 1}, within(ROUNDING));
        assertThat(attribution.score()).isEqualTo(6);
        assertThat(attribution.baselineScore()).isCloseTo(4.5, within(1e-6));
        assertThat(attribution.completenessDelta()).isCloseTo(0, within(1e-6));
    }

    /**
     * Two cuts of six pixels: {012}{345} with means 2 and 1, and {0}{12345} with means 6 and 0.6. First {0} with 6. Then of
     * {012} are left 0 and 0, mean 0, of {345} 3, 0 and 0, mean 1, and of the rest 3/5: so {345} with 1, and then 0.
     */
    @Test
    void overlapsCountOnceForTheSegmentThatComesFirst() {
        InputSpec input = InputSpec.raw(1, 1, 6);
        GrowingRegion region = new GrowingRegion(new double[] {6, 0, 0, 3, 0, 0});
        region.offer(PixelLabels.of(new int[] {0, 0, 0, 1, 1, 1}), input, 0);
        region.offer(PixelLabels.of(new int[] {0, 1, 1, 1, 1, 1}), input, 0);

        assertThat(region.cover()).containsExactly(6, 0, 0, 1, 1, 1);
    }

    /**
     * 10, 1, 5, 0 cut into {0}{123}, {01}{23} and {03}{12}. After {0} with 10 there are left of {01} the 1, of {03} the 0, {23}
     * with 2.5, {123} with 2 and {12} with 3, which comes next; then the 0.
     */
    @Test
    void whatIsCoveredNoLongerSpeaksForASegment() {
        InputSpec input = InputSpec.raw(1, 1, 4);
        GrowingRegion region = new GrowingRegion(new double[] {10, 1, 5, 0});
        region.offer(PixelLabels.of(new int[] {0, 1, 1, 1}), input, 0);
        region.offer(PixelLabels.of(new int[] {0, 0, 1, 1}), input, 0);
        region.offer(PixelLabels.of(new int[] {0, 1, 1, 0}), input, 0);

        assertThat(region.cover()).containsExactly(10, 3, 3, 0);
    }

    /** Grown by one pixel, {01} is {012} with mean 4 and {2345} is {12345} with 9/5: first 4 for three pixels, then 0. */
    @Test
    void segmentsGrowBeyondTheirBorder() {
        InputSpec input = InputSpec.raw(1, 1, 6);
        GrowingRegion region = new GrowingRegion(new double[] {3, 0, 9, 0, 0, 0});
        region.offer(PixelLabels.of(new int[] {0, 0, 1, 1, 1, 1}), input, 1);

        assertThat(region.cover()).containsExactly(4, 4, 4, 0, 0, 0);
    }

    /** The middle of 5×5 pixels, grown by 2: the disc of 13 pixels, without the corners and what lies beside them. */
    @Test
    void aPixelGrowsToADisc() {
        int[] marks = new int[25];
        marks[12] = 1;
        double[] values = new double[25];
        values[12] = 13;
        GrowingRegion region = new GrowingRegion(values);
        region.offer(PixelLabels.of(marks), InputSpec.raw(1, 5, 5), 2);

        assertThat(region.cover())
                .containsExactly(0, 0, 1, 0, 0, 0, 1, 1, 1, 0, 1, 1, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 0);
    }

    @Test
    void itIsAsCompleteAsItsMethods() {
        Attribution attribution = Attributing.attribute(
                new Xrai(BLACK_AND_WHITE, List.of(20.0, 60.0, 200.0), 0.8, 0.05, 0.25),
                Toys.linear(),
                Toys.image(5),
                1);

        assertThat(attribution.score() - attribution.baselineScore()).isNotZero();
        assertThat(attribution.completenessDelta()).isCloseTo(0, within(1e-5));
    }

    @Test
    void aMethodWithoutCompletenessPromisesNone() {
        Attribution attribution = Attributing.attribute(
                new Xrai(List.of(new Saliency(true), new GradCam("last")), List.of(60.0), 0.8, 0.0005, 0.25),
                Toys.relu(),
                Toys.image(5),
                1);

        assertThat(attribution.baselineScore()).isNaN();
        assertThat(attribution.completenessDelta()).isNaN();
    }

    @Test
    void itsEvaluationsAreThoseOfTheSameMethodsInThePlan() {
        float[] image = Toys.image(2);
        Subject subject = Subject.of(image, 0, Toys.card(Toys.relu()), 1);
        Xrai xrai = new Xrai(BLACK_AND_WHITE, List.of(60.0), 0.8, 0.0005, 0);
        Program<List<Attribution>> both = Program.all(
                List.of(xrai.program(subject), BLACK_AND_WHITE.get(0).program(subject)));

        Outcome<List<Attribution>> outcome = new Scheduler(new HostDevice(Toys.relu()), 16)
                .run(List.of(new Admission<>(image, () -> both)).iterator())
                .next();

        assertThat(outcome.result().get(0).evaluations()).isEqualTo(2 * (5 + 2));
        assertThat(outcome.cost().gradientMade()).isEqualTo(10);
        assertThat(outcome.cost().forwardMade()).isEqualTo(3);
    }

    @Test
    void impossibleParametersAreRefused() {
        assertThatThrownBy(() -> new Xrai(List.of(), List.of(1.0), 1, 0.0005, 0))
                .hasMessage("of needs at least one method");
        assertThatThrownBy(() -> new Xrai(BLACK_AND_WHITE, List.of(), 1, 0.0005, 0))
                .hasMessage("scales needs at least one scale");
        assertThatThrownBy(() -> new Xrai(BLACK_AND_WHITE, List.of(1.0, -3.0), 1, 0.0005, 0))
                .hasMessage("scale is above zero, not -3.0");
        assertThatThrownBy(() -> new Xrai(BLACK_AND_WHITE, List.of(1.0), 1, 0.0005, 2))
                .hasMessage("dilation is a fraction of the shorter side, from 0 to 1, not 2.0");
    }
}
