package dev.tapetum.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.tapetum.model.ModelCard;
import dev.tapetum.model.Toys;
import dev.tapetum.model.TwoLayerReluModel;
import dev.tapetum.probe.Admission;
import dev.tapetum.probe.Cost;
import dev.tapetum.probe.HostDevice;
import dev.tapetum.probe.Outcome;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every attribution method promises. A new one is added to {@link #examples()}, or the first test fails. */
final class AttributorContractTest {

    private static final TwoLayerReluModel MODEL = Toys.relu();
    private static final ModelCard CARD = Toys.cardWithVariants();
    private static final int IMAGES = 9;

    static Stream<Attributor> examples() {
        Attributor integrated = IntegratedGradientsTest.refined(new Baseline.Noise(), 60);
        return Stream.of(
                new Saliency(false),
                new Saliency(true),
                new InputXGradient(),
                new Deconvnet(),
                new GuidedBackprop(),
                new RectGrad(50),
                new LrpEpsilon(0.01),
                new DeepLift(new Baseline.Noise()),
                new FullGrad(),
                new SmoothGrad(new GuidedBackprop(), 3, 0.1),
                IntegratedGradientsTest.fixed(new Baseline.White(), 7),
                IntegratedGradientsTest.fixed(new Baseline.Mean(), 1),
                integrated,
                IntegratedGradientsTest.refined(new Baseline.Blur(1.25), 200),
                new ExpectedGradients(List.of(new Baseline.Noise(), new Baseline.Black(), new Baseline.Noise()), 7),
                new ExpectedGradients(List.of(new Baseline.Sample()), 9),
                new GradientShap(List.of(new Baseline.Blur(1), new Baseline.Mean()), 5, 0.1),
                new SplitIg(new Baseline.Mean(), 9, 0.6),
                new Idgi(new GradientPath.Straight(new Baseline.White(), 6)),
                new Idgi(new GradientPath.Blur(3, 4)),
                new Idgi(new GradientPath.Guided(new Baseline.Noise(), 5, 0.25, 0.1)),
                new BoundaryIg(6, 2, 5, 7),
                new BoundaryIg(1, 1, 0, 2),
                new IntegratedHessians(new Features.Grid(2), new Baseline.Noise(), 3),
                new IntegratedHessians(new Features.Superpixels(60, 0.8, 0.1), new Baseline.Blur(1), 2),
                new BlurIg(4, 5, 0.01),
                new BlurIg(4, 5, 0),
                new GuidedIg(new Baseline.MaxDistance(), 8, 0.25, 0.1),
                new Agi(0.05, 6, 2),
                new SmoothGrad(new Agi(0.1, 3, 1), 2, 0.15),
                new SmoothGrad(new Saliency(false), 5, 0.15),
                new SmoothGrad(integrated, 2, 0.15),
                new SmoothGradSquared(new InputXGradient(), 5, 0.15),
                new SmoothGradSquared(new Occlusion(0.5, 0.25, new Baseline.Black()), 2, 0.15),
                new VarGrad(new Saliency(true), 5, 0.15),
                new VarGrad(new SmoothGrad(new Saliency(false), 3, 0.1), 4, 0),
                new NoiseGrad(new IntegratedGradients(new Baseline.Black(), 3, 0.01, 0.5, 400)),
                new FusionGrad(new Saliency(false), 3, 0.1),
                new GradCam("hidden"),
                new GradCam("last"),
                new GradCamPlusPlus("last"),
                new LayerCam("hidden"),
                new HiResCam("last"),
                new Rise(new Baseline.Mean(), 7, 3, 0.5),
                new Rise(new Baseline.Black(), 501, 2, 0.5),
                new Occlusion(0.5, 0.25, new Baseline.Blur(2)),
                new FeatureAblation(new Features.Grid(3), new Baseline.Noise()),
                new FeatureAblation(new Features.Superpixels(50, 0.8, 0.1), new Baseline.Mean()),
                new KernelShap(new Features.Grid(2), new Baseline.Black(), 20),
                new KernelShap(new Features.Superpixels(20, 0, 0.0005), new Baseline.Blur(1), 12),
                new Lime(new Features.Grid(4), new Baseline.White(), 30, 0.25, 1),
                new SmoothGrad(new Lime(new Features.Superpixels(50, 0.5, 0.1), new Baseline.Mean(), 9, 1, 0), 2, 0.1),
                new KernelShap(new Features.Grid(2), new Baseline.Sample(), 14),
                new Xrai(List.of(integrated, new GradCam("last")), List.of(30.0, 90.0), 0.8, 0.1, 0.25));
    }

    @Test
    void everyPermittedMethodHasAnExample() {
        assertThat(examples().map(Object::getClass).distinct().toList())
                .containsExactlyInAnyOrderElementsOf(
                        List.copyOf(Family.of(Attributor.class).members().values()));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void valuesAreFiniteAndOfTheInputsOrTheTapsShape(Attributor method) {
        method.check(CARD);
        Attribution attribution = attribute(method, 4).get(0).result();
        PixelValues values = attribution.values();

        boolean ofInput =
                values.rows() == 4 && values.cols() == 4 && (values.channels() == 3 || values.channels() == 1);
        boolean ofTap = values.rows() == 2 && values.cols() == 2 && values.channels() == 1;
        assertThat(ofInput || ofTap).isTrue();
        for (float value : values.values()) {
            assertThat(value).isFinite();
        }

        assertThat(attribution.score()).isEqualTo(MODEL.logits(new float[][] {Toys.image(0)})[0][0]);
        assertThat(Double.isNaN(attribution.baselineScore())).isEqualTo(Double.isNaN(attribution.completenessDelta()));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void aRepetitionFindsTheSame(Attributor method) {
        assertSame(attribute(method, 5), attribute(method, 5));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theBatchDoesNotMatter(Attributor method) {
        List<Outcome<Attribution>> alone = attribute(method, 1);

        assertSame(attribute(method, 3), alone);
        assertSame(attribute(method, 17), alone);
        assertSame(attribute(method, 128), alone);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theCostAloneIsWhatTheMethodSaysItAsked(Attributor method) {
        for (Outcome<Attribution> outcome : attribute(method, 16)) {
            Cost cost = outcome.cost();
            assertThat(cost.forwardAsked() + cost.gradientAsked())
                    .isEqualTo(outcome.result().evaluations());
            assertThat(cost.forwardMade() + cost.gradientMade())
                    .isPositive()
                    .isLessThanOrEqualTo(outcome.result().evaluations());
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void besideAllOtherMethodsItFindsWhatItFindsAlone(Attributor method) {
        List<Attributor> all = examples().toList();
        float[] image = Toys.image(2);
        Subject subject = Subject.of(image, 2, CARD, Attributing.SEED).withReferences(Attributing.REFERENCES);
        Program<List<Attribution>> program =
                Program.all(all.stream().map(each -> each.program(subject)).toList());

        List<Attribution> together = new Scheduler(new HostDevice(MODEL, Toys.variants()), 16)
                .run(List.of(new Admission<>(image, () -> program)).iterator())
                .next()
                .result();

        assertEqual(together.get(all.indexOf(method)), Attributing.attribute(method, MODEL, image, 2));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void itTravelsToTheExecutors(Attributor method) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(method);
        }

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(method);
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void itsTextReadsBack(Attributor method) {
        String text = CanonicalText.of((Record) method);
        RecordBinder binder = new RecordBinder(ConfigFactory.empty().root());

        assertThat(text).startsWith(CanonicalText.name((Record) method));
        assertThat(binder.parse(Attributor.class, text, new Place("a test"))).isEqualTo(method);
    }

    /** By image, since outcomes come in the order in which programs end. */
    private static List<Outcome<Attribution>> attribute(Attributor method, int batch) {
        List<Admission<Map.Entry<Integer, Attribution>>> admissions = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            int image = i;
            float[] pixels = Toys.image(i);
            Subject subject =
                    Subject.of(pixels, i % 3, CARD, Attributing.SEED + i).withReferences(Attributing.REFERENCES);
            admissions.add(new Admission<>(
                    pixels, () -> method.program(subject).map(attribution -> Map.entry(image, attribution))));
        }

        Map<Integer, Outcome<Attribution>> outcomes = new TreeMap<>();
        new Scheduler(new HostDevice(MODEL, Toys.variants()), batch)
                .run(admissions.iterator())
                .forEachRemaining(outcome -> outcomes.put(
                        outcome.result().getKey(),
                        new Outcome<>(outcome.result().getValue(), outcome.cost())));
        assertThat(outcomes).hasSize(IMAGES);
        return List.copyOf(outcomes.values());
    }

    private static void assertSame(List<Outcome<Attribution>> actual, List<Outcome<Attribution>> expected) {
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i).cost()).isEqualTo(expected.get(i).cost());
            assertEqual(actual.get(i).result(), expected.get(i).result());
        }
    }

    /** Bit for bit: the host device sums in doubles, in the order in which an image's questions were asked. */
    private static void assertEqual(Attribution actual, Attribution expected) {
        assertThat(numbers(actual)).isEqualTo(numbers(expected));
        assertThat(actual.values().values()).isEqualTo(expected.values().values());
    }

    private static List<Double> numbers(Attribution attribution) {
        return List.of(attribution.score(), attribution.baselineScore(), attribution.completenessDelta(), (double)
                attribution.evaluations());
    }
}
