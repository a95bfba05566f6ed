package dev.tapetum.attributionmetric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.attribution.Attribution;
import dev.tapetum.attribution.Baseline;
import dev.tapetum.attribution.Fixtures;
import dev.tapetum.attribution.GradientPath;
import dev.tapetum.attribution.Idgi;
import dev.tapetum.attribution.PixelValues;
import dev.tapetum.attribution.Subject;
import dev.tapetum.attributionmetric.Infidelity.Unit;
import dev.tapetum.model.InputSpec;
import dev.tapetum.model.ModelBundle;
import dev.tapetum.model.djl.DjlModel;
import dev.tapetum.probe.Admission;
import dev.tapetum.probe.Device;
import dev.tapetum.probe.PixelRanking;
import dev.tapetum.probe.Scheduler;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/**
 * Metrics of given maps on the demo's CNN against SciPy and PyTorch in double precision, by {@code
 * src/test/python/make_metric_fixtures.py}; the random draws are restated there.
 */
final class MetricFixturesTest {

    private static final Percentage TOLERANCE = Percentage.withPercentage(0.1);

    private static final Baseline MEAN = new Baseline.Mean();
    private static final Map<String, AttributionMetric> METRICS = Map.of(
            "morf", new Road(Road.Order.MORF, 50, 0.01),
            "lerf", new Road(Road.Order.LERF, 50, 0.01),
            "contribution", new Infidelity(MEAN, 0.1, 50, false, Unit.AUTO),
            "scaled", new Infidelity(MEAN, 0.1, 50, true, Unit.AUTO),
            "sensitivity", new Infidelity(MEAN, 0.1, 50, false, Unit.SENSITIVITY));

    private final Fixtures maps = Fixtures.of("cnn-paths");
    private final Fixtures expected = Fixtures.of("cnn-metrics");
    private final ModelBundle bundle = Fixtures.demoModel("cnn");

    @Test
    void imputedPixelsAreThoseOfADirectSolution() {
        InputSpec input = bundle.card().input();
        Road road = new Road(Road.Order.MORF, 50, 0.01);
        for (int i = 0; i < 2; i++) {
            PixelRanking ranking = PixelRanking.descending(explanation(i).map());
            LinearImputation imputation = new LinearImputation(maps.perImage("inputs")[i], input);
            float[] imputed = expected.perImage("imputed")[i];
            int removed = 0;
            int kept = 0;
            for (int step : new int[] {5, 24, 49}) {
                for (; removed < road.count(step, input.pixels()); removed++) {
                    imputation.remove(ranking.pixel(removed));
                }

                float[] pixels = imputation.pixels();
                for (int p = 0; p < pixels.length; p++) {
                    double error = (pixels[p] - imputed[kept * pixels.length + p])
                            * input.std().get(p / input.pixels());
                    assertThat(error).isCloseTo(0, within(LinearImputation.TOLERANCE));
                }

                kept++;
            }
        }
    }

    @Test
    void valuesAreThoseOfPyTorch() {
        try (DjlModel model = DjlModel.load(bundle.directory(), bundle.card(), -1);
                Device device = model.newDevice()) {
            METRICS.forEach((name, metric) -> {
                for (int i = 0; i < 2; i++) {
                    Explanation explanation = explanation(i);
                    double value = new Scheduler(device, 64)
                            .run(List.of(new Admission<>(maps.perImage("inputs")[i], () -> metric.program(explanation)))
                                    .iterator())
                            .next()
                            .result()
                            .get(0)
                            .value();
                    double reference =
                            expected.index().getDoubleList("values." + name).get(i);
                    System.out.printf(
                            Locale.ROOT,
                            "cnn-metrics, image %d, %s: relative error %.1e%n",
                            i,
                            name,
                            Math.abs(value / reference - 1));
                    assertThat(value).as("%s of image %d", name, i).isCloseTo(reference, TOLERANCE);
                }
            });
        }
    }

    private Explanation explanation(int image) {
        InputSpec input = bundle.card().input();
        float[] map = maps.perImage("idgi")[image];
        PixelValues values =
                new PixelValues(input.channels(), input.height(), input.width(), PixelValues.Spread.AMOUNT, map);
        Subject subject = Subject.of(maps.perImage("inputs")[image], maps.predicted()[image], bundle.card(), 0);
        Attribution attribution = new Attribution(0, Double.NaN, Double.NaN, 1, values);
        return new Explanation(
                subject,
                new Idgi(new GradientPath.Straight(new Baseline.Black(), 50)),
                attribution,
                List.of(),
                null,
                null);
    }
}
