package dev.tapetum.probe;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.model.LinearModel;
import dev.tapetum.model.Toys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ProgramTest {

    private static final LinearModel TOY = Toys.linear();

    @Test
    void aProgramThatIsDoneAsksNothing() {
        Program<String> done = Program.done("nothing to do");

        assertThat(done.next(Answers.NONE)).isNull();
        assertThat(done.result()).isEqualTo("nothing to do");
    }

    @Test
    void aProgramOfOneRoundAsksOnceAndConcludes() {
        Round round = Round.of(Probe.logits(Stimulus.ORIGINAL));
        Program<Float> asking = Program.asking(round, answers -> answers.get(0).logits()[1]);

        assertThat(asking.next(Answers.NONE)).isSameAs(round);
        assertThat(asking.next(new Answers(List.of(Answer.logits(new float[] {1, 2})), List.of())))
                .isNull();
        assertThat(asking.result()).isEqualTo(2);
    }

    @Test
    void oneProgramChoosesTheNext() {
        Program<Integer> predicted = Program.asking(
                Round.of(Probe.logits(Stimulus.ORIGINAL)),
                answers -> largest(answers.get(0).logits()));
        Program<float[]> gradientOfPredicted = predicted.then(ProgramTest::gradient);
        float[] image = Toys.image(4);
        int expected = largest(TOY.logits(new float[][] {image})[0]);

        float[] gradient = run(gradientOfPredicted, image);

        assertThat(gradient).isEqualTo(TOY.inputGradients(new float[][] {image}, new int[] {expected})[0]);
    }

    @Test
    void aMappedProgramShowsAnotherViewOfItsResult() {
        Program<String> mapped = gradient(0).map(values -> "a gradient of " + values.length);

        assertThat(run(mapped, Toys.image(1))).isEqualTo("a gradient of 48");
    }

    @Test
    void childrenSideBySideShareTheirRounds() {
        Program<List<Integer>> all =
                Program.all(List.of(new Rounds(3, 2, 0), new Rounds(1, 1, 1), new Rounds(0, 0, 0)));

        Round first = requireNonNull(all.next(Answers.NONE));
        assertThat(first.questions()).hasSize(3);
        Round second = requireNonNull(all.next(answersTo(first)));
        assertThat(second.questions()).hasSize(2);
    }

    @Test
    void noChildrenAskNothing() {
        Program<List<Integer>> none = Program.all(List.of());

        assertThat(none.next(Answers.NONE)).isNull();
        assertThat(none.result()).isEmpty();
    }

    /** Child i of n uses the slots i, i + n, i + 2n, …: disjoint for any nesting. */
    @Test
    void slotsOfNestedChildrenNeverMeet() {
        Program<?> nested = Program.all(List.of(
                gradient(0),
                Program.all(List.of(gradient(1), gradient(2), gradient(0))),
                Program.all(List.of(gradient(2), Program.all(List.of(gradient(0), gradient(1)))))));

        Round round = requireNonNull(nested.next(Answers.NONE));

        List<Integer> contributed = round.questions().stream()
                .flatMap(question -> question.contributions().stream())
                .map(Contribution::slot)
                .toList();
        List<Integer> fetched = round.fetches().stream()
                .flatMap(fetch -> fetch.terms().stream())
                .map(Fetch.Term::slot)
                .toList();
        assertThat(contributed).doesNotHaveDuplicates().hasSize(7).isEqualTo(fetched);
    }

    @Test
    void nestedProgramsFindWhatTheyFindAlone() {
        float[] image = Toys.image(6);
        Program<List<Object>> nested = Program.all(List.of(
                gradient(0).map(Arrays::toString),
                Program.all(List.of(gradient(1).map(Arrays::toString), new Rounds(4, 2, 0))),
                new Rounds(2, 1, 0).then(rounds -> gradient(2).map(Arrays::toString))));

        List<Object> results = run(nested, image);

        assertThat(results)
                .containsExactly(
                        Arrays.toString(run(gradient(0), image)),
                        List.of(Arrays.toString(run(gradient(1), image)), 4),
                        Arrays.toString(run(gradient(2), image)));
    }

    /** However long the children are and however many questions they ask, each gets the answers to its own. */
    @Property(tries = 200)
    void everyChildGetsItsOwnAnswers(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 0, max = 4) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 3) int questions) {
        List<Rounds> children = new ArrayList<>();
        for (int i = 0; i < lengths.size(); i++) {
            children.add(new Rounds(lengths.get(i), questions, i));
        }

        assertThat(run(Program.all(children), Toys.image(2))).isEqualTo(lengths);
    }

    private static Program<float[]> gradient(int target) {
        Question question =
                new Question(Probe.gradient(Stimulus.ORIGINAL, target), null, List.of(Contribution.of(0, 1)));
        return Program.asking(new Round(List.of(question), List.of(Fetch.slot(0))), answers -> answers.sum(0));
    }

    private static <R> R run(Program<R> program, float[] image) {
        return new Scheduler(new HostDevice(TOY), 4)
                .run(List.of(new Admission<>(image, () -> program)).iterator())
                .next()
                .result();
    }

    private static Answers answersTo(Round round) {
        return new Answers(
                round.questions().stream()
                        .map(question -> Answer.logits(logits(question.probe())))
                        .toList(),
                List.of());
    }

    private static float[] logits(Probe probe) {
        return TOY.logits(new float[][] {probe.stimulus().render(Toys.image(2), Toys.INPUT)})[0];
    }

    private static int largest(float[] logits) {
        int largest = 0;
        for (int c = 1; c < logits.length; c++) {
            largest = logits[c] > logits[largest] ? c : largest;
        }

        return largest;
    }

    /** Asks a number of rounds about noise of its own, and checks that what comes back is the answer to that. */
    private static final class Rounds implements Program<Integer> {

        private final int length;
        private final int questions;
        private final int seed;
        private int asked;

        Rounds(int length, int questions, int seed) {
            this.length = length;
            this.questions = questions;
            this.seed = seed;
        }

        @Override
        public @Nullable Round next(Answers answers) {
            for (int q = 0; asked > 0 && q < questions; q++) {
                assertThat(answers.get(q).logits()).isEqualTo(logits(probe(asked - 1, q)));
            }

            if (asked == length) {
                return null;
            }

            Probe[] probes = new Probe[questions];
            for (int q = 0; q < questions; q++) {
                probes[q] = probe(asked, q);
            }

            asked++;
            return Round.of(probes);
        }

        @Override
        public Integer result() {
            return asked;
        }

        private Probe probe(int round, int question) {
            return Probe.logits(new Stimulus.UniformNoise(1000L * seed + 10L * round + question));
        }
    }
}
