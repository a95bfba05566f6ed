package dev.tapetum.prototype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.model.InputSpec;
import dev.tapetum.model.Tap;
import dev.tapetum.model.TwoLayerReluModel;
import dev.tapetum.probe.Admission;
import dev.tapetum.probe.HostDevice;
import dev.tapetum.probe.Outcome;
import dev.tapetum.probe.Scheduler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeanPathTest {

    private static final double EXACT = 1e-12;

    private static final Tap HIDDEN = new Tap("hidden", Tap.Layout.SPATIAL, 4, 1, 1, 0);
    private static final Tap TOKENS = new Tap("tokens", Tap.Layout.TOKENS, 2, 1, 1, 1);

    private static MeanPath mean(List<Tap> taps, List<List<float[]>> paths) {
        MeanPath.Sum sum = new MeanPath.Sum(taps);
        paths.forEach(sum::add);
        return sum.mean();
    }

    private static List<float[]> path(float... activation) {
        return List.of(activation);
    }

    /** The mean is (1, 2, 4, 3): |1−1| + |4−2| + |1−4| + |3−3| = 5, over 4 values. */
    @Test
    void l1IsTheMeanAbsoluteDifferenceFromTheMean() {
        MeanPath mean = mean(List.of(HIDDEN), List.of(path(0, 1, 8, 2), path(2, 3, 0, 4)));

        assertThat(mean.distance(path(1, 4, 1, 3)).l1()).isCloseTo(1.25, within(EXACT));
    }

    /**
     * Ranks of the mean (1, 2, 4, 3) are 1, 2, 4, 3. Those of (0, 5, 5, 9) are 1, 2.5, 2.5, 4: of products about the middle 2.5 the sum
     * is 2.25 + 0 + 0 + 0.75 = 3, and the sums of squares are 5 and 4.5.
     */
    @Test
    void spearmanIsTheCorrelationOfRanksAndTiesShareTheirMean() {
        MeanPath mean = mean(List.of(HIDDEN), List.of(path(0, 1, 8, 2), path(2, 3, 0, 4)));

        assertThat(mean.distance(path(0, 5, 5, 9)).spearman()).isCloseTo(3 / Math.sqrt(5 * 4.5), within(EXACT));
        assertThat(mean.distance(path(10, 20, 4000, 30)).spearman()).isCloseTo(1, within(EXACT));
        assertThat(mean.distance(path(4, 3, 1, 2)).spearman()).isCloseTo(-1, within(EXACT));
    }

    @Test
    void whatHasNoOrderAgreesWithNone() {
        MeanPath mean = mean(List.of(HIDDEN), List.of(path(0, 1, 8, 2)));
        MeanPath silent = mean(List.of(HIDDEN), List.of(path(0, 0, 0, 0)));

        assertThat(mean.distance(path(3, 3, 3, 3)).spearman()).isZero();
        assertThat(silent.distance(path(0, 1, 8, 2)).spearman()).isZero();
        assertThat(silent.distance(path(0, 1, 8, 3)).l1()).isCloseTo(3, within(EXACT));
    }

    /** A tap counts as much as another, however many values it has; prefix tokens are values like others. */
    @Test
    void aDistanceIsTheMeanOverTheTaps() {
        List<Tap> taps = List.of(HIDDEN, TOKENS);
        MeanPath mean = mean(taps, List.of(List.of(new float[4], new float[] {1, 2, 3, 4})));

        PathDistance distance = mean.distance(List.of(new float[] {0, 0, 0, 4}, new float[] {4, 3, 2, 1}));

        // |4| / 4, and (3 + 1 + 1 + 3) / 4; a constant mean has no correlation, and the other order is reversed.
        assertThat(distance.taps()).containsExactly(new PathDistance.AtTap(1, 0), new PathDistance.AtTap(2, -1));
        assertThat(distance.l1()).isCloseTo(1.5, within(EXACT));
        assertThat(distance.spearman()).isCloseTo(-0.5, within(EXACT));
    }

    @Test
    void theMeanOfDistancesIsTakenTapByTap() {
        PathDistance one = new PathDistance(List.of(new PathDistance.AtTap(1, 0.5), new PathDistance.AtTap(4, 0)));
        PathDistance other = new PathDistance(List.of(new PathDistance.AtTap(3, 0), new PathDistance.AtTap(6, -1)));

        assertThat(PathDistance.mean(List.of(one, other)))
                .isEqualTo(new PathDistance(List.of(new PathDistance.AtTap(2, 0.25), new PathDistance.AtTap(5, -0.5))));
        assertThat(PathDistance.mean(List.of())).isNull();
    }

    /** In double, 2^24 + 1 + 1 is what it is; in float every 1 would be lost. */
    @Test
    void theMeanIsKeptInDouble() {
        MeanPath mean = mean(List.of(HIDDEN), List.of(path(16777216, 0, 0, 0), path(1, 0, 0, 0), path(1, 0, 0, 0)));

        assertThat(mean.distance(path(0, 0, 0, 0)).l1()).isCloseTo(16777218 / 12.0, within(1e-6));
    }

    @Test
    void anActivationOfAnotherSizeIsRefused() {
        MeanPath mean = mean(List.of(HIDDEN), List.of(path(0, 1, 8, 2)));

        assertThatThrownBy(() -> mean.distance(path(1, 2, 3))).hasMessageContaining("3 values where the mean has 4");
        assertThatThrownBy(() -> new MeanPath.Sum(List.of(HIDDEN)).mean()).hasMessage("No image has a mean path");
    }

    /** Hidden units are x₁, x₂, x₁ + x₂ and −x₁, those below zero being 0. */
    @Test
    void aPathIsTheActivationAtTheTapsOfAModel() {
        TwoLayerReluModel model = new TwoLayerReluModel(
                InputSpec.raw(1, 1, 2),
                HIDDEN,
                new double[][] {{1, 0}, {0, 1}, {1, 1}, {-1, 0}},
                new double[4],
                new double[][] {{1, 1, 1, 1}},
                new double[1]);
        List<float[]> images = List.of(new float[] {1, 2}, new float[] {-3, 1});
        List<List<float[]>> paths = new ArrayList<>();
        long forward = 0;
        for (float[] image : images) {
            Outcome<List<float[]>> outcome = new Scheduler(new HostDevice(model), 4)
                    .run(List.of(new Admission<>(image, () -> ActivationPath.program(model.taps())))
                            .iterator())
                    .next();
            paths.add(outcome.result());
            forward += outcome.cost().forwardMade();
        }

        assertThat(paths.get(0)).singleElement().isEqualTo(new float[] {1, 2, 3, 0});
        assertThat(paths.get(1)).singleElement().isEqualTo(new float[] {0, 1, 0, 3});
        assertThat(forward).isEqualTo(2);
        // The mean is (0.5, 1.5, 1.5, 1.5), from which either path is (0.5 + 0.5 + 1.5 + 1.5) / 4 away.
        MeanPath mean = mean(model.taps(), paths);
        assertThat(paths).allMatch(path -> mean.distance(path).l1() == 1);
    }
}
