package dev.tapetum.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.model.DifferentiableModel;
import dev.tapetum.model.ModelCard;
import dev.tapetum.model.QuadraticModel;
import dev.tapetum.model.Toys;
import dev.tapetum.probe.PixelLabels;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IntegratedHessiansTest {

    private static final float[] IMAGE = Toys.image(3);
    private static final Features CELLS = new Features.Grid(2);

    /** {@code H = A} everywhere and {@code ∫∫ αβ = ¼}, so {@code a_i = ¼ Δ_i Σ_j A_ij Δ_j} over the values of other parts. */
    @Test
    void aQuadraticModelGivesAQuarterOfItsMixedTerms() {
        QuadraticModel model = Toys.quadratic();
        PixelLabels parts = CELLS.of(Subject.of(IMAGE, 1, Toys.card(model), 1));

        float[] values = Attributing.values(new IntegratedHessians(CELLS, new Baseline.White(), 8), model, IMAGE, 1);

        for (int i = 0; i < values.length; i++) {
            double sum = 0;
            for (int j = 0; j < values.length; j++) {
                boolean another = parts.of(j % 16) != parts.of(i % 16);
                sum += another ? model.curvature()[1][i][j] * way(j) : 0;
            }

            // The rule of eight nodes is exact up to a polynomial of degree 15; the logarithm leaves less than 1e-5.
            assertThat((double) values[i]).isCloseTo(way(i) * sum / 4, within(2e-5));
        }
    }

    /** A model without mixed terms: the parts act alone. */
    @Test
    void withoutMixedTermsNothingInteracts() {
        double[][][] diagonal = new double[1][48][48];
        for (int i = 0; i < 48; i++) {
            diagonal[0][i][i] = i;
        }

        QuadraticModel model = new QuadraticModel(Toys.INPUT, diagonal, new double[1][48]);

        assertThat(Attributing.values(new IntegratedHessians(CELLS, new Baseline.Black(), 3), model, IMAGE, 0))
                .containsOnly(0);
    }

    /** Of two parts each interacts with the other alone, and Γ is symmetric: both have the same total, for a softplus as well. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aPartInteractsAsMuchAsItIsInteractedWith(int target) {
        float[] image = IMAGE.clone();
        Features halves = new Features.Superpixels(255, 0, 0.0005);
        for (int i = 0; i < image.length; i++) {
            image[i] = i % 4 < 2 ? -1 : 1;
        }

        PixelLabels parts = halves.of(Subject.of(image, target, Toys.card(Toys.relu()), 1));
        float[] values = Attributing.values(
                new IntegratedHessians(halves, new Baseline.Noise(), 30), Toys.relu(), image, target);

        double[] totals = new double[2];
        for (int i = 0; i < values.length; i++) {
            totals[parts.of(i % 16)] += values[i];
        }

        assertThat(parts.count()).isEqualTo(2);
        assertThat(Math.abs(totals[0])).isGreaterThan(1e-3);
        assertThat(totals[1]).isCloseTo(totals[0], within(1e-5));
    }

    @Test
    void aSinglePartHasNobodyToInteractWith() {
        Attribution attribution = Attributing.attribute(
                new IntegratedHessians(new Features.Grid(1), new Baseline.Black(), 5), Toys.quadratic(), IMAGE, 0);

        assertThat(attribution.values().values()).containsOnly(0);
        assertThat(attribution.evaluations()).isEqualTo(1);
    }

    @Test
    void aBundleWithoutTheRuleIsRefused() {
        assertThatThrownBy(() -> new IntegratedHessians(CELLS, new Baseline.Black(), 5)
                        .check(new ModelCard("photos", Toys.INPUT, Toys.CLASSES, List.of(), DifferentiableModel.class)))
                .hasMessageStartingWith("IntegratedHessians needs the inside of the network, and photos was exported "
                        + "without the rule curvature");
    }

    private static double way(int i) {
        return IMAGE[i] - Toys.INPUT.level(1).get(i / 16);
    }
}
