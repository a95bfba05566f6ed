package dev.tapetum.attributionmetric;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.tapetum.attribution.Baseline;
import dev.tapetum.attribution.InputXGradient;
import dev.tapetum.attribution.Subject;
import dev.tapetum.model.Toys;
import dev.tapetum.probe.Admission;
import dev.tapetum.probe.Cost;
import dev.tapetum.probe.HostDevice;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Scheduler;
import dev.tapetum.spec.CanonicalText;
import dev.tapetum.spec.Family;
import dev.tapetum.spec.Place;
import dev.tapetum.spec.RecordBinder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every metric promises. A new one is added to {@link #examples()}, or the first test fails. */
final class AttributionMetricContractTest {

    private static final Baseline BLACK = new Baseline.Black();
    private static final Perturbation SIGN = new Perturbation.Sign(8 / 255.0);

    static Stream<AttributionMetric> examples() {
        return Stream.of(
                new PointingGame(),
                new RelevanceMass(),
                new RelevanceRank(),
                new TopKInMask(0.3),
                new MaskAuc(),
                new EffectiveComplexity(0.1),
                new Completeness(0.5),
                new Agreement(Correlation.SPEARMAN),
                new TopKAgreement(0.3),
                new Deletion(new Baseline.Mean(), 5),
                new Insertion(new Baseline.Blur(1), 5),
                new PixelFlipping(BLACK, 100),
                new Road(Road.Order.LERF, 7, 0.01),
                new FaithfulnessCorrelation(BLACK, 0.2, 10),
                new SensitivityN(BLACK, List.of(0.1, 0.5), 6),
                new Infidelity(BLACK, 0.2, 10, true, Infidelity.Unit.AUTO),
                new MaxSensitivity(new Perturbation.Uniform(0.02), 3),
                new LocalLipschitz(new Perturbation.Gaussian(0.1), 3),
                new RelativeInputStability(SIGN, 3),
                new RelativeOutputStability(SIGN, 3),
                new TopK(0.3, SIGN, 2),
                new LocalTopK(0.2, 1, Overlap.RECALL, SIGN, 2),
                new DiverseTopK(0.2, 1, true, Overlap.PRECISION, SIGN, 2),
                new RankStability(Correlation.KENDALL, 1, SIGN, 2),
                new RandomLogit(Correlation.SPEARMAN),
                new ModelParameterRandomisation(Correlation.SPEARMAN),
                new TopK(0.3, new TopKAttack(0.3, 0, 8 / 255.0, 2 / 255.0, 4, 2), 1),
                new LocalTopK(0.2, 1, Overlap.RECALL, new TopKAttack(0.2, 1, 8 / 255.0, 2 / 255.0, 3, 1), 2),
                new TopK(0.3, new MassCentreAttack(8 / 255.0, 2 / 255.0, 4, 2), 1),
                new TopK(0.3, new TargetRegionAttack(0.5, 0, 0.5, 8 / 255.0, 2 / 255.0, 4, 2), 1),
                new InputInvariance(0.5));
    }

    @Test
    void everyPermittedMetricHasAnExample() {
        assertThat(examples().map(Object::getClass).distinct().toList())
                .containsExactlyInAnyOrderElementsOf(
                        List.copyOf(Family.of(AttributionMetric.class).members().values()));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void whatItSaysDependsNeitherOnTheBatchNorOnTheRepetition(AttributionMetric metric) {
        List<Reading> readings = measure(metric, 16);

        assertThat(measure(metric, 16)).isEqualTo(readings);
        assertThat(measure(metric, 1)).isEqualTo(readings);
        assertThat(measure(metric, 128)).isEqualTo(readings);
        assertThat(readings.get(0).detail()).isNull();
        // Input times gradient does not say what it ought to add up to.
        assertThat(readings).allMatch(reading -> Double.isFinite(reading.value()) != metric instanceof Completeness);
        assertThat(readings).extracting(Reading::detail).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void itTravelsToTheExecutors(AttributionMetric metric) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(metric);
        }

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(metric);
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void itsTextReadsBack(AttributionMetric metric) {
        String text = CanonicalText.of((Record) metric);
        RecordBinder binder = new RecordBinder(ConfigFactory.empty().root());

        assertThat(text).startsWith(CanonicalText.name((Record) metric));
        assertThat(binder.parse(AttributionMetric.class, text, new Place("a test")))
                .isEqualTo(metric);
    }

    @Test
    void theEndsOfTwoCurvesAreAskedOnce() {
        boolean[] mask = new boolean[Toys.INPUT.pixels()];
        var cost = Measuring.outcome(new Deletion(BLACK, 4), new InputXGradient(), Toys.relu(), Toys.image(1), mask, 16)
                .cost();

        // The curve asks five times; its start is the image, whose logits came with the gradient.
        assertThat(cost.forwardAsked()).isEqualTo(5);
        assertThat(cost.forwardMade()).isEqualTo(4);
    }

    @Test
    void metricsThatTreatTheSamePixelsShareTheirProbes() {
        float[] image = Toys.image(1);
        Subject subject = Subject.of(image, 0, Toys.card(Toys.relu()), Measuring.SEED);
        InputXGradient method = new InputXGradient();
        Admission<List<List<Reading>>> admission = new Admission<>(
                image,
                () -> method.program(subject).then(attribution -> {
                    Explanation explanation = new Explanation(subject, method, attribution, List.of(), null, null);
                    return Program.all(Stream.of(
                                    new Deletion(BLACK, 4),
                                    new PixelFlipping(BLACK, 4),
                                    new Infidelity(BLACK, 0.2, 3, true, Infidelity.Unit.AUTO),
                                    new FaithfulnessCorrelation(BLACK, 0.2, 3))
                            .map(metric -> metric.program(explanation))
                            .toList());
                }));
        Cost cost = new Scheduler(new HostDevice(Toys.relu()), 16)
                .run(List.of(admission).iterator())
                .next()
                .cost();

        // Two curves of five points and twice the image and three sets; made: four points beside the image, three sets.
        assertThat(cost.forwardAsked()).isEqualTo(5 + 5 + 4 + 4);
        assertThat(cost.forwardMade()).isEqualTo(4 + 3);
    }

    private static List<Reading> measure(AttributionMetric metric, int batch) {
        boolean[] mask = new boolean[Toys.INPUT.pixels()];
        mask[5] = true;
        mask[6] = true;
        return Measuring.outcome(metric, new InputXGradient(), Toys.relu(), Toys.image(1), mask, batch)
                .result();
    }
}
