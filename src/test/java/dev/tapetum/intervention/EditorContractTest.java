package dev.tapetum.intervention;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.tapetum.image.Colour;
import dev.tapetum.image.PlanarImage;
import dev.tapetum.image.corruption.CorruptionKind;
import dev.tapetum.model.InputSpec;
import dev.tapetum.model.LinearModel;
import dev.tapetum.model.Painter;
import dev.tapetum.probe.Admission;
import dev.tapetum.probe.HostDevice;
import dev.tapetum.probe.Outcome;
import dev.tapetum.probe.Scheduler;
import dev.tapetum.spec.CanonicalText;
import dev.tapetum.spec.Family;
import dev.tapetum.spec.RecordBinder;
import dev.tapetum.spec.SplitMix64;
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

/** What every editor promises. A new one is added to {@link #examples()}, or the first test fails. */
final class EditorContractTest {

    private static final InputSpec INPUT =
            new InputSpec(3, 16, 16, List.of(0.4f, 0.5f, 0.6f), List.of(0.2f, 0.25f, 0.3f));
    private static final LinearModel MODEL = model();

    /** Normalising and back costs a rounding or two of single precision. */
    private static final float ROUNDING = 1e-5f;

    static Stream<Editor> examples() {
        return Stream.concat(ofPixels(), Stream.of(new SaeFeature(3, "a run", -10, 10, 5, new Place.Mask())));
    }

    /** Those that change pixels, which {@link SaeFeatureTest} is not about. */
    static Stream<Editor> ofPixels() {
        Colour colour = new Colour("#f2d21b");
        return Stream.of(
                new Brightness(-0.3, 0.3, 5),
                new Contrast(0.5, 1.5, 5),
                new Saturation(0, 2, 5),
                new Hue(-90, 90, 5),
                new Tint(colour, 0, 0.8, 5),
                new Gamma(0.5, 2, 5),
                new Blur(0.5, 3, 5),
                new Noise(0.02, 0.2, 5),
                new Sharpen(1, 0.5, 3, 5),
                new Rotation(-20, 20, 5),
                new Scale(0.7, 1.5, 5),
                new Translation(30, -0.2, 0.2, 5),
                new BackgroundBrightness(-0.3, 0.3, 5),
                new BackgroundColour(colour, 0.2, 1, 5),
                new Stamp("tag", new Place.Square(0.7, 0.7, 0.25), colour, null, 0.2, 1, 5),
                new Stamp(null, new Place.Disc(0.1, 0.2, 0.5), colour, "a picture", 0, 1, 3),
                new Stamp(null, new Place.Mask(), colour, null, 0.25, 1, 4),
                new Occlude(new Place.Square(0.25, 0.25, 0.5), new Colour("#808080"), 0.2, 1, 5),
                new Recolour(0, 60, 0, 120, 5),
                new Jpeg(10, 95, 5),
                new Corruption(CorruptionKind.GAUSSIAN_NOISE),
                new Series("edits.csv", "age", ""),
                new Diffusion("a folder", "make it grey", 1, 8, 4, 2.5, 3, null, Gauge.Trend.RISING));
    }

    @Test
    void everyPermittedEditorHasAnExample() {
        assertThat(examples().map(Object::getClass).distinct().toList())
                .containsExactlyInAnyOrderElementsOf(
                        List.copyOf(Family.of(Editor.class).members().values()));
    }

    @ParameterizedTest
    @MethodSource("ofPixels")
    void editsAreImagesAndChangeNothingOutsideOfTheirRegion(Editor editor) {
        Canvas canvas = canvas(3);
        EditSequence sequence = editor.sequence(canvas);
        assertThat(sequence.edits()).hasSizeGreaterThanOrEqualTo(3);
        float[] inside = new float[INPUT.pixels()];
        if (sequence.region() != null) {
            sequence.region().paint(inside, 0, INPUT);
        }

        for (Edit edit : sequence.edits()) {
            float[] before = canvas.image().clone();
            float[] edited = edit.stimulus().render(canvas.image(), INPUT);
            assertThat(canvas.image()).isEqualTo(before);
            for (float value : INPUT.denormalised(edited).values()) {
                assertThat(value).isBetween(-ROUNDING, 1 + ROUNDING);
            }

            for (int i = 0; sequence.region() != null && i < edited.length; i++) {
                if (inside[i % INPUT.pixels()] == 0) {
                    assertThat(edited[i]).isEqualTo(canvas.image()[i]);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ofPixels")
    void theStrongestEditIsFartherFromTheImageThanTheOneInTheMiddleOrAsFar(Editor editor) {
        Canvas canvas = canvas(4);
        EditSequence sequence = editor.sequence(canvas);
        EditCheck check = new EditCheck(canvas, new EditSequence(sequence.edits(), sequence.region(), null));
        List<Double> distances = sequence.edits().stream()
                .map(edit -> check.next(edit.stimulus().render(canvas.image(), INPUT))
                        .distance()
                        .inside())
                .toList();

        assertThat(distances.get(distances.size() - 1)).isPositive();
        assertThat(distances.stream().distinct().count()).isGreaterThan(1);
    }

    @ParameterizedTest
    @MethodSource("ofPixels")
    void theGaugeMovesOnAtEveryStepOfAnOrdinaryImage(Editor editor) {
        Canvas canvas = canvas(5);
        EditSequence sequence = editor.sequence(canvas);
        EditCheck check = new EditCheck(canvas, sequence);

        assertThat(sequence.edits())
                .allMatch(edit -> check.next(edit.stimulus().render(canvas.image(), INPUT))
                        .valid());
    }

    @ParameterizedTest
    @MethodSource("ofPixels")
    void theBatchAndARepetitionDoNotMatter(Editor editor) {
        Map<Integer, Outcome<Response>> alone = respond(editor, 1);

        for (int batch : new int[] {1, 3, 64}) {
            Map<Integer, Outcome<Response>> others = respond(editor, batch);
            for (int i : alone.keySet()) {
                assertThat(others.get(i).cost()).isEqualTo(alone.get(i).cost());
                assertThat(logits(others.get(i).result()))
                        .isEqualTo(logits(alone.get(i).result()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ofPixels")
    void itCostsOneForwardEvaluationPerStepAtMost(Editor editor) {
        Outcome<Response> outcome = respond(editor, 16).get(0);

        assertThat(outcome.cost().forwardAsked())
                .isEqualTo(outcome.result().steps().size());
        assertThat(outcome.cost().gradientAsked()).isZero();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void itTravelsToTheExecutors(Editor editor) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(editor);
        }

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(editor);
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void itsTextReadsBack(Editor editor) {
        String text = CanonicalText.of((Record) editor);
        RecordBinder binder = new RecordBinder(ConfigFactory.empty().root());

        assertThat(text).startsWith(CanonicalText.name((Record) editor));
        assertThat(binder.parse(Editor.class, text, new dev.tapetum.spec.Place("a test")))
                .isEqualTo(editor);
    }

    private static List<List<Float>> logits(Response response) {
        return response.steps().stream()
                .map(step -> List.of(step.logits()[0], step.logits()[1]))
                .toList();
    }

    private static Map<Integer, Outcome<Response>> respond(Editor editor, int batch) {
        List<Admission<Map.Entry<Integer, Response>>> admissions = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int image = i;
            Canvas canvas = canvas(i);
            admissions.add(new Admission<>(
                    canvas.image(),
                    () -> new Intervention(editor, canvas).program().map(response -> Map.entry(image, response))));
        }

        Map<Integer, Outcome<Response>> outcomes = new TreeMap<>();
        new Scheduler(new HostDevice(MODEL), batch)
                .run(admissions.iterator())
                .forEachRemaining(outcome -> outcomes.put(
                        outcome.result().getKey(),
                        new Outcome<>(outcome.result().getValue(), outcome.cost())));
        return outcomes;
    }

    /** Smooth colours with some texture, a mask in the middle, and a series of three. */
    static Canvas canvas(long seed) {
        SplitMix64 random = new SplitMix64(seed);
        double hue = random.between(0, 3);
        float[] values = new float[INPUT.size()];
        boolean[] mask = new boolean[INPUT.pixels()];
        for (int i = 0; i < INPUT.pixels(); i++) {
            int row = i / INPUT.width();
            int column = i % INPUT.width();
            mask[i] = row >= 4 && row < 12 && column >= 5 && column < 11;
            for (int c = 0; c < 3; c++) {
                values[c * INPUT.pixels() + i] = (float) (0.5
                        + 0.2 * Math.sin(hue + c + 0.4 * row) * Math.cos(0.3 * column)
                        + random.between(-0.08, 0.08));
            }
        }

        float[] image = INPUT.normalised(new PlanarImage(3, INPUT.height(), INPUT.width(), values));
        List<Canvas.Shown> series = new ArrayList<>();
        for (double strength : new double[] {3, 1, 2}) {
            float[] shown = image.clone();
            for (int i = 0; i < 100; i++) {
                shown[i] = (float) (shown[i] * (1 - 0.1 * strength));
            }

            series.add(new Canvas.Shown(new Series("edits.csv", "age", ""), strength, shown));
        }

        return new Canvas(image, INPUT, mask, series, new Pictures(), seed);
    }

    /** One picture under every name. */
    private static final class Pictures implements Materials {
        private static final long serialVersionUID = 1L;

        @Override
        public PlanarImage picture(String path) {
            return new PlanarImage(3, 2, 2, new float[] {1, 0, 0, 1, 0, 1, 1, 0, 0, 0, 0, 0});
        }

        @Override
        public Painter painter(String path) {
            return Fader.INSTANCE;
        }

        @Override
        public SteeredFeature feature(SaeFeature editor) {
            throw new AssertionError("SaeFeatureTest is about features");
        }
    }

    /** Fades to grey by the guidance. */
    private enum Fader implements Painter {
        INSTANCE;

        @Override
        public List<PlanarImage> paint(List<Commission> commissions) {
            return commissions.stream().map(Fader::faded).toList();
        }

        private static PlanarImage faded(Commission commission) {
            float[] values = commission.image().values().clone();
            for (int i = 0; i < values.length; i++) {
                values[i] += (float) commission.textGuidance() / 10 * (0.5f - values[i]);
            }

            return commission.image().with(values);
        }
    }

    private static LinearModel model() {
        SplitMix64 random = new SplitMix64(9);
        double[][] weights = new double[2][INPUT.size()];
        for (double[] row : weights) {
            for (int i = 0; i < row.length; i++) {
                row[i] = random.between(-0.1, 0.1);
            }
        }

        return new LinearModel(INPUT, weights, new double[] {0.1, -0.1});
    }
}
