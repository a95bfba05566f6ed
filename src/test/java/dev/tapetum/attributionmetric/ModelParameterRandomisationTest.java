package dev.tapetum.attributionmetric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.UserError;
import dev.tapetum.attribution.Attributor;
import dev.tapetum.attribution.NoiseGrad;
import dev.tapetum.attribution.Saliency;
import dev.tapetum.attribution.SmoothGrad;
import dev.tapetum.model.DifferentiableModel;
import dev.tapetum.model.Model;
import dev.tapetum.model.Toys;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.junit.jupiter.api.Test;

final class ModelParameterRandomisationTest {

    private static final ModelParameterRandomisation METRIC = new ModelParameterRandomisation(Correlation.SPEARMAN);

    @Test
    void eachStageIsComparedAndTheirMeanStandsForAll() {
        float[] image = Toys.image(1);

        List<Reading> readings = Measuring.outcome(METRIC, new Saliency(false), Toys.relu(), image, null, 16)
                .result();

        // The gradients of the three models themselves, absolute and summed over channels.
        Map<String, Model> stages = Toys.variants();
        double head = similarity(image, stages.get("randomised-1"));
        double everything = similarity(image, stages.get("randomised-2"));
        assertThat(readings)
                .containsExactly(
                        new Reading(null, (head + everything) / 2),
                        new Reading("head", head),
                        new Reading("everything", everything));
        assertThat(head).isNotEqualTo(everything);
    }

    @Test
    void averagesOverNoisyCopiesHaveNoneOnTheRandomisedOnes() {
        Attributor method = new SmoothGrad(new NoiseGrad(new Saliency(false)), 2, 0.1);

        List<Reading> readings = Measuring.outcome(METRIC, method, Toys.relu(), Toys.image(1), null, 16)
                .result();

        assertThat(readings)
                .containsExactly(
                        new Reading(null, Double.NaN),
                        new Reading("head", Double.NaN),
                        new Reading("everything", Double.NaN));
    }

    @Test
    void aBundleWithoutRandomisedCopiesIsRefusedWithTheWayToGetThem() {
        assertThatThrownBy(() -> METRIC.check(Toys.card(Toys.relu())))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("export it again with --randomised");
    }

    private static double similarity(float[] image, Model randomised) {
        return new SpearmansCorrelation().correlation(sizes(image, Toys.relu()), sizes(image, randomised));
    }

    private static double[] sizes(float[] image, Model model) {
        float[] gradient = ((DifferentiableModel) model).inputGradients(new float[][] {image}, new int[] {0})[0];
        double[] sizes = new double[Toys.INPUT.pixels()];
        for (int i = 0; i < sizes.length; i++) {
            float sum = 0;
            for (int c = 0; c < Toys.INPUT.channels(); c++) {
                sum += Math.abs(gradient[c * sizes.length + i]);
            }

            sizes[i] = sum;
        }

        return sizes;
    }
}
