package dev.tapetum.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.model.Toys;
import dev.tapetum.model.TwoLayerReluModel;
import dev.tapetum.probe.CountingDevice.Batch;
import dev.tapetum.probe.SmallDevice.Needs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SchedulerTest {

    private static final Lane FORWARD = new Lane(new Lane.Part.Forward(), null);
    private static final Lane GRADIENT = new Lane(new Lane.Part.Gradient(), null);
    private static final TwoLayerReluModel TOY = Toys.relu();
    private static final Stimulus BLACK = new Stimulus.Solid(Toys.INPUT.level(0));
    private static final int MUCH_ROOM = 1000;

    @Test
    void batchesAreFilledAcrossImages() {
        CountingDevice device = counting(MUCH_ROOM);

        run(device, 8, 10, image -> path(3, image));

        // 10 images of 3 gradients are 30 rows.
        assertThat(device.batches().stream().map(Batch::rows)).containsExactly(8, 8, 8, 6);
    }

    @Test
    void everyLaneIsFilledAcrossImages() {
        CountingDevice device = counting(MUCH_ROOM);

        run(device, 7, 14, image -> everything());

        Map<Lane, List<Integer>> rows = new java.util.LinkedHashMap<>();
        device.batches()
                .forEach(batch -> rows.computeIfAbsent(batch.lane(), lane -> new ArrayList<>())
                        .add(batch.rows()));
        assertThat(rows).hasSize(3);
        assertThat(rows.values())
                .allSatisfy(
                        sizes -> assertThat(sizes.subList(0, sizes.size() - 1)).containsOnly(7));
    }

    @Test
    void aProbeThatTwoProgramsAskIsAnsweredOnce() {
        CountingDevice device = counting(MUCH_ROOM);
        Program<?> twice = Program.all(List.of(path(5, 0), path(5, 0)));

        Outcome<?> outcome = only(device, 16, twice);

        assertThat(outcome.cost()).isEqualTo(new Cost(0, 0, 10, 5));
        assertThat(device.batches()).containsExactly(new Batch(GRADIENT, 5));
        List<?> results = (List<?>) outcome.result();
        assertThat((float[]) results.get(0)).isEqualTo((float[]) results.get(1));
    }

    @Test
    void logitsRideAlongWithAGradientOfTheSameStimulus() {
        Program<?> program = Program.all(List.of(
                Program.asking(
                        Round.of(Probe.logits(Stimulus.ORIGINAL)),
                        answers -> answers.get(0).logits()),
                Program.asking(
                        Round.of(Probe.gradient(Stimulus.ORIGINAL, 1)),
                        answers -> answers.get(0).logits())));

        Outcome<?> outcome = only(counting(MUCH_ROOM), 16, program);

        assertThat(outcome.cost()).isEqualTo(new Cost(1, 0, 1, 1));
        float[] expected = TOY.logits(new float[][] {Toys.image(0)})[0];
        assertThat((List<?>) outcome.result())
                .allSatisfy(logits -> assertThat((float[]) logits).isEqualTo(expected));
    }

    @Test
    void gradientsOfTwoTargetsAreTwoEvaluations() {
        Program<?> program = Program.asking(
                Round.of(Probe.gradient(Stimulus.ORIGINAL, 0), Probe.gradient(Stimulus.ORIGINAL, 1)), answers -> 0);

        assertThat(only(counting(MUCH_ROOM), 16, program).cost()).isEqualTo(new Cost(0, 0, 2, 2));
    }

    @Test
    void logitsOfWhatHoldsAPictureAreNotRemembered() {
        Stimulus picture = new Stimulus.Pixels(Toys.image(5));
        List<Stimulus> holding = List.of(
                picture,
                new Stimulus.Blend(BLACK, picture, 0.5),
                new Stimulus.Blend(picture, BLACK, 0.5),
                new Stimulus.Blurred(new Stimulus.Noisy(new Stimulus.Farthest(picture), 1, 3), 1),
                new Stimulus.Jittered(picture, Stimulus.Jittered.Shape.SIGN, 0.1, 3));
        for (Stimulus stimulus : holding) {
            Program<float[]> again = logits(stimulus).then(first -> logits(stimulus));

            assertThat(only(counting(MUCH_ROOM), 16, again).cost()).isEqualTo(new Cost(2, 2, 0, 0));
        }
    }

    @Test
    void anActivationThatTwoProgramsAskIsAnsweredOnce() {
        CountingDevice device = counting(MUCH_ROOM);
        Program<List<float[]>> twice = Program.all(List.of(activation(), activation()));

        Outcome<List<float[]>> outcome = only(device, 16, twice);

        assertThat(outcome.cost()).isEqualTo(new Cost(2, 1, 0, 0));
        assertThat(device.batches()).containsExactly(new Batch(new Lane(new Lane.Part.Stem(TOY.tap()), null), 1));
        float[] expected = TOY.activations(TOY.tap(), new float[][] {Toys.image(0)})[0];
        assertThat(outcome.result())
                .allSatisfy(activation -> assertThat(activation).isEqualTo(expected));
    }

    @Test
    void equalShiftsAreOneEvaluationAndOthersAreNot() {
        TapShift shift = along(0.5f);
        Program<?> program = Program.asking(
                Round.of(
                        steered(shift),
                        steered(along(0.5f)),
                        steered(along(0.25f)),
                        steered(new TapShift.Dense(TOY.tap(), TOY.tap().tokens(shift.delta())))),
                answers -> 0);
        CountingDevice device = counting(MUCH_ROOM);

        assertThat(only(device, 16, program).cost()).isEqualTo(new Cost(4, 3, 0, 0));
        assertThat(device.batches()).containsExactly(new Batch(new Lane(new Lane.Part.Head(TOY.tap()), null), 3));
    }

    /** Neither is the model's answer to the stimulus, although it comes with logits or is asked of the same image. */
    @Test
    void logitsDoNotRideAlongWithAnActivationOrAShift() {
        Program<float[]> program = Program.asking(
                Round.of(
                        steered(along(0.5f)),
                        new Probe(Stimulus.ORIGINAL, new Ask.Activation(TOY.tap())),
                        Probe.logits(Stimulus.ORIGINAL)),
                answers -> answers.get(2).logits());

        Outcome<float[]> outcome = only(counting(MUCH_ROOM), 16, program);

        assertThat(outcome.cost()).isEqualTo(new Cost(3, 3, 0, 0));
        assertThat(outcome.result()).isEqualTo(TOY.logits(new float[][] {Toys.image(0)})[0]);
    }

    /** An image's activation, and then shifts that depend on it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 40})
    void shiftsWithoutRoomAreHalvedLikeAnyBatch(int room) {
        List<Outcome<float[]>> expected = run(counting(MUCH_ROOM), 32, 12, image -> shifted());

        assertSame(run(counting(room), 32, 12, image -> shifted()), expected);
        assertThat(expected.get(0).cost()).isEqualTo(new Cost(6, 6, 0, 0));
    }

    private static Program<float[]> activation() {
        return Program.asking(
                Round.of(new Probe(Stimulus.ORIGINAL, new Ask.Activation(TOY.tap()))),
                answers -> answers.get(0).activation());
    }

    private static Program<float[]> shifted() {
        return activation().then(activation -> {
            Probe[] probes = new Probe[5];
            for (int i = 0; i < probes.length; i++) {
                probes[i] = steered(along(i - activation[0]));
            }

            return Program.asking(Round.of(probes), answers -> answers.get(4).logits());
        });
    }

    private static Probe steered(TapShift shift) {
        return new Probe(Stimulus.ORIGINAL, new Ask.Steered(shift));
    }

    private static TapShift along(float coefficient) {
        return new TapShift.Along(TOY.tap(), new float[] {0, coefficient, 0, 1}, new float[] {1, -1, 0, 0.5f});
    }

    private static Program<float[]> logits(Stimulus stimulus) {
        return Program.asking(
                Round.of(Probe.logits(stimulus)), answers -> answers.get(0).logits());
    }

    @Test
    void logitsOfAnEarlierRoundAreRemembered() {
        Program<float[]> logits = Program.asking(
                Round.of(Probe.logits(BLACK)), answers -> answers.get(0).logits());
        Program<float[]> again = logits.then(first -> Program.asking(
                Round.of(Probe.logits(BLACK), Probe.logits(Stimulus.ORIGINAL)),
                answers -> answers.get(0).logits()));

        assertThat(only(counting(MUCH_ROOM), 16, again).cost()).isEqualTo(new Cost(3, 2, 0, 0));
    }

    @Test
    void equalStimuliOfDifferentImagesAreDifferentQuestions() {
        CountingDevice device = counting(MUCH_ROOM);

        run(device, 4, 4, image -> path(1, 0));

        assertThat(device.batches()).containsExactly(new Batch(GRADIENT, 4));
    }

    @Test
    void aDirectionThatTwoQuestionsShareIsTakenOnce() {
        Difference fromBlack = new Difference(Stimulus.ORIGINAL, BLACK);
        Difference toBlack = new Difference(BLACK, Stimulus.ORIGINAL);
        Probe probe = Probe.gradient(Stimulus.ORIGINAL, 2);
        Program<List<Double>> program = Program.asking(
                new Round(
                        List.of(
                                new Question(probe, fromBlack, List.of()),
                                new Question(probe, toBlack, List.of()),
                                Question.of(probe),
                                new Question(probe, fromBlack, List.of())),
                        List.of()),
                answers -> answers.answers().stream().map(Answer::along).toList());

        List<Double> along = only(counting(MUCH_ROOM), 16, program).result();

        assertThat(along.get(0)).isNotZero().isEqualTo(along.get(3)).isEqualTo(-along.get(1));
        assertThat(along.get(2)).isZero();
    }

    /** One row at least waits for every image that is on the device, and no lane waits when it is full. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 16})
    void imagesAreTakenNoFasterThanTheDeviceHasRoom(int batch) {
        CountingDevice device = counting(MUCH_ROOM);
        run(device, batch, 60, image -> path(1 + image % 3, image));
        assertThat(device.mostHeld()).isLessThanOrEqualTo(batch);
        assertThat(device.held()).isZero();

        CountingDevice threeLanes = counting(MUCH_ROOM);
        run(threeLanes, batch, 60, image -> everything());
        assertThat(threeLanes.mostHeld()).isLessThanOrEqualTo(3 * batch);
        assertThat(threeLanes.held()).isZero();
    }

    /** Without a bound of its own, the number of images grows with that of the lanes. */
    @Test
    void theDeviceHoldsAtMostTwoBatchesOfImagesHoweverManyLanesThereAre() {
        List<Probe> lanes = List.of(
                Probe.logits(BLACK),
                Probe.gradient(Stimulus.ORIGINAL, 0),
                new Probe(Stimulus.ORIGINAL, new Ask.TapGradient(TOY.tap(), 0)));
        CountingDevice device = counting(MUCH_ROOM);

        List<Outcome<Integer>> outcomes =
                run(device, 8, 60, image -> Program.asking(Round.of(lanes.get(image % 3)), answers -> image));

        assertThat(outcomes).hasSize(60);
        assertThat(device.mostHeld()).isEqualTo(16);
    }

    @Test
    void nothingIsTakenBeforeTheFirstOutcomeIsWanted() {
        CountingDevice device = counting(MUCH_ROOM);

        new Scheduler(device, 4).run(admissions(4, image -> path(1, image)));

        assertThat(device.mostHeld()).isZero();
    }

    @Test
    void aRunThatIsAbandonedTakesNoFurtherImages() {
        CountingDevice device = counting(MUCH_ROOM);
        Iterator<Admission<float[]>> admissions = admissions(60, image -> path(2, image));

        new Scheduler(device, 4).run(admissions).next();

        assertThat(device.mostHeld()).isLessThanOrEqualTo(4);
        assertThat(admissions).toIterable().hasSizeGreaterThan(50);
        device.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5, 40})
    void aBatchWithoutRoomIsHalvedAndNothingCountsTwice(int room) {
        CountingDevice roomy = counting(MUCH_ROOM);
        CountingDevice tight = counting(room);
        List<Outcome<float[]>> expected = run(roomy, 32, 12, image -> path(9, image));

        List<Outcome<float[]>> outcomes = run(tight, 32, 12, image -> path(9, image));

        assertThat(tight.batches()).allMatch(batch -> batch.rows() <= room);
        assertThat(tight.refused()).isEqualTo(room >= 32 ? 0 : (int) Math.ceil(Math.log(32.0 / room) / Math.log(2)));
        assertSame(outcomes, expected);
        assertThat(outcomes.stream().map(Outcome::cost)).containsOnly(new Cost(0, 0, 9, 9));
    }

    @Test
    void theSmallerBatchIsKept() {
        CountingDevice device = counting(4);
        Scheduler scheduler = new Scheduler(device, 16);
        scheduler.run(admissions(3, image -> path(8, image))).forEachRemaining(outcome -> {});
        int refused = device.refused();

        scheduler.run(admissions(3, image -> path(8, image))).forEachRemaining(outcome -> {});

        assertThat(refused).isEqualTo(2);
        assertThat(device.refused()).isEqualTo(refused);
    }

    @Test
    void lanesBackOffApart() {
        CountingDevice device = new CountingDevice(
                new HostDevice(TOY), lane -> lane.part() instanceof Lane.Part.Gradient ? 2 : MUCH_ROOM);

        run(device, 8, 24, image -> everything());

        assertThat(device.refused()).isEqualTo(2);
        assertThat(device.batches().stream().filter(batch -> batch.lane().part() instanceof Lane.Part.Forward))
                .containsExactlyElementsOf(Collections.nCopies(3, new Batch(FORWARD, 8)));
    }

    /** Images that only hold cells; rows that leave room for two images; fetches that leave room for one. */
    @ParameterizedTest
    @CsvSource({"3, 1, 0, 0", "6, 1, 4, 0", "5, 1, 1, 4"})
    void imagesWithoutRoomBesideOthersStartAfreshAndNoneIsLost(int cells, int held, int row, int fetch) {
        SmallDevice device = small(cells, pixels -> new Needs(held, row, fetch));

        Map<Integer, Outcome<float[]>> outcomes = named(device, 20);

        assertSame(List.copyOf(outcomes.values()), run(counting(MUCH_ROOM), 8, 20, image -> path(5, image)));
        assertThat(device.held()).isZero();
    }

    /** There is no room for it on the device, for one row of it, or for its sum: no batch is small enough. */
    @ParameterizedTest
    @CsvSource({"1000, 0, 0", "1, 1000, 0", "1, 0, 1000"})
    void anImageWithoutRoomAlthoughItIsAloneEndsTheTask(int held, int row, int fetch) {
        float[] large = Toys.image(4);
        SmallDevice device =
                small(100, pixels -> Arrays.equals(pixels, large) ? new Needs(held, row, fetch) : new Needs(1, 1, 1));

        assertThatThrownBy(() -> named(device, 12))
                .isInstanceOf(OutOfDeviceMemoryException.class)
                .hasMessageStartingWith(
                        "The device has no room for a single image with nothing else of this task on it;"
                                + " use a device with more memory, or fewer tasks on it at once: No room for ");
    }

    /** Sums are kept in doubles on the host, so that only the order of a few additions is left to differ. */
    @Property(tries = 30)
    void resultsDependNeitherOnTheBatchNorOnTheOrderOfImages(@ForAll @IntRange(min = 1, max = 128) int batch) {
        List<Outcome<float[]>> expected = run(counting(MUCH_ROOM), 1, 9, image -> path(1 + image, image));
        List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8));
        Collections.rotate(order, batch);

        Map<Integer, Outcome<float[]>> outcomes = new TreeMap<>();
        Iterator<Admission<Map.Entry<Integer, float[]>>> admissions = order.stream()
                .map(image -> new Admission<>(
                        Toys.image(image), () -> path(1 + image, image).map(sum -> Map.entry(image, sum))))
                .iterator();
        new Scheduler(counting(MUCH_ROOM), batch)
                .run(admissions)
                .forEachRemaining(outcome -> outcomes.put(
                        outcome.result().getKey(),
                        new Outcome<>(outcome.result().getValue(), outcome.cost())));

        assertSame(List.copyOf(outcomes.values()), expected);
    }

    @Test
    void aProgramThatAsksNothingIsDoneAtOnce() {
        CountingDevice device = counting(MUCH_ROOM);

        Outcome<String> outcome = only(device, 4, Program.done("nothing"));

        assertThat(outcome).isEqualTo(new Outcome<>("nothing", new Cost(0, 0, 0, 0)));
        assertThat(device.batches()).isEmpty();
        assertThat(device.held()).isZero();
    }

    @Test
    void thereIsNoOutcomeBeyondTheLast() {
        Iterator<Outcome<float[]>> run = new Scheduler(counting(4), 4).run(Collections.emptyIterator());

        assertThat(run.hasNext()).isFalse();
        assertThatThrownBy(run::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void aBatchOfNoRowsIsRefused() {
        assertThatThrownBy(() -> new Scheduler(counting(4), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A batch needs at least one row, not 0");
    }

    /** The mean gradient on a path from black, which is another one for every image. */
    private static Program<float[]> path(int steps, int image) {
        List<Question> questions = new ArrayList<>();
        for (int j = 0; j < steps; j++) {
            Stimulus point = new Stimulus.Blend(BLACK, Stimulus.ORIGINAL, (j + 0.5) / steps + image * 1e-4);
            questions.add(
                    new Question(Probe.gradient(point, image % 3), null, List.of(Contribution.of(0, 1.0 / steps))));
        }

        return Program.asking(new Round(questions, List.of(Fetch.slot(0))), answers -> answers.sum(0));
    }

    /** One row in every lane, and then another two. */
    private static Program<float[]> everything() {
        Round round = Round.of(
                Probe.logits(BLACK),
                Probe.gradient(Stimulus.ORIGINAL, 0),
                new Probe(Stimulus.ORIGINAL, new Ask.TapGradient(TOY.tap(), 0)));
        return Program.asking(round, answers -> 0).then(nothing -> path(2, 0));
    }

    private static CountingDevice counting(int room) {
        return new CountingDevice(new HostDevice(TOY), room);
    }

    private static SmallDevice small(int cells, Function<float[], Needs> needs) {
        return new SmallDevice(new HostDevice(TOY), cells, needs);
    }

    /** Outcomes by the image's number. */
    private static Map<Integer, Outcome<float[]>> named(Device device, int images) {
        List<Admission<Map.Entry<Integer, float[]>>> admissions = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            int image = i;
            admissions.add(new Admission<>(
                    Toys.image(image), () -> path(5, image).map(sum -> Map.entry(image, sum))));
        }

        Map<Integer, Outcome<float[]>> outcomes = new TreeMap<>();
        new Scheduler(device, 8)
                .run(admissions.iterator())
                .forEachRemaining(outcome -> assertThat(outcomes.put(
                                outcome.result().getKey(),
                                new Outcome<>(outcome.result().getValue(), outcome.cost())))
                        .isNull());
        assertThat(outcomes).hasSize(images);
        return outcomes;
    }

    private interface Programs<R> {
        Program<R> of(int image);
    }

    private static <R> Iterator<Admission<R>> admissions(int images, Programs<R> programs) {
        List<Admission<R>> admissions = new ArrayList<>();
        for (int image = 0; image < images; image++) {
            int number = image;
            admissions.add(new Admission<>(Toys.image(image), () -> programs.of(number)));
        }

        return admissions.iterator();
    }

    private static <R> List<Outcome<R>> run(Device device, int batch, int images, Programs<R> programs) {
        List<Outcome<R>> outcomes = new ArrayList<>();
        new Scheduler(device, batch).run(admissions(images, programs)).forEachRemaining(outcomes::add);
        return outcomes;
    }

    private static <R> Outcome<R> only(Device device, int batch, Program<R> program) {
        return run(device, batch, 1, image -> program).get(0);
    }

    private static void assertSame(List<Outcome<float[]>> actual, List<Outcome<float[]>> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            assertThat(actual.get(i).cost()).isEqualTo(expected.get(i).cost());
            float[] other = expected.get(i).result();
            float[] own = actual.get(i).result();
            for (int k = 0; k < own.length; k++) {
                assertThat(own[k]).as("value %s of %s", k, Arrays.toString(own)).isEqualTo(other[k]);
            }
        }
    }
}
