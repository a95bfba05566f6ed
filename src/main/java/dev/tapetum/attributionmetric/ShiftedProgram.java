package dev.tapetum.attributionmetric;

import dev.tapetum.model.InputSpec;
import dev.tapetum.model.Rule;
import dev.tapetum.probe.Answer;
import dev.tapetum.probe.Answers;
import dev.tapetum.probe.Ask;
import dev.tapetum.probe.Contribution;
import dev.tapetum.probe.Difference;
import dev.tapetum.probe.Fetch;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Question;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Stimulus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A program about another image, asked of a model that takes a shift back: every input is drawn as the other image has it,
 * and the model gets it without the shift. Directions are drawn as well, and are the same with and without it. A large round
 * is asked in parts, since drawn inputs take memory.
 *
 * @param <R> what it finds
 */
final class ShiftedProgram<R> implements Program<R> {

    private static final int QUESTIONS_A_ROUND = 16;

    private final Program<R> of;
    private final float[] image;
    private final float[] shift;
    private final InputSpec input;
    private @Nullable Round round;
    private final List<Answer> answers = new ArrayList<>();

    /**
     * @param image the pixels that the program is about
     * @param shift what the model takes back, per channel, in normalised units
     */
    ShiftedProgram(Program<R> of, float[] image, float[] shift, InputSpec input) {
        this.of = of;
        this.image = image;
        this.shift = shift;
        this.input = input;
    }

    @Override
    public @Nullable Round next(Answers given) {
        Round current = round;
        answers.addAll(given.answers());
        if (current == null || answers.size() == current.questions().size()) {
            current = of.next(current == null ? Answers.NONE : new Answers(answers, given.sums()));
            round = current;
            answers.clear();
        }

        return current == null ? null : part(current);
    }

    @Override
    public R result() {
        return of.result();
    }

    /** The next questions of the round; with the last ones go the fetches. */
    private Round part(Round whole) {
        int first = answers.size();
        int end = Math.min(first + QUESTIONS_A_ROUND, whole.questions().size());
        Drawn drawn = new Drawn(new HashMap<>(), new HashMap<>());
        List<Question> questions = whole.questions().subList(first, end).stream()
                .map(question -> question(question, drawn))
                .toList();
        boolean last = end == whole.questions().size();
        return new Round(
                questions,
                last
                        ? whole.fetches().stream()
                                .map(fetch -> fetch(fetch, drawn))
                                .toList()
                        : List.of());
    }

    private Question question(Question question, Drawn drawn) {
        Probe probe = new Probe(
                drawn.inputs.computeIfAbsent(question.probe().stimulus(), this::withoutShift),
                ask(question.probe().ask(), drawn),
                question.probe().variant());
        List<Contribution> contributions = question.contributions().stream()
                .map(one -> new Contribution(one.slot(), one.weight(), direction(one.times(), drawn), one.transform()))
                .toList();
        return new Question(probe, direction(question.along(), drawn), contributions);
    }

    /** A reference is an input like any other, a vector is a direction. */
    private Ask ask(Ask ask, Drawn drawn) {
        if (ask instanceof Ask.RuleField field && field.rule() == Rule.DEEP_LIFT && field.against() != null) {
            Stimulus against = drawn.inputs.computeIfAbsent(field.against(), this::withoutShift);
            return new Ask.RuleField(field.rule(), field.target(), field.parameter(), against);
        }

        return ask;
    }

    private Fetch fetch(Fetch fetch, Drawn drawn) {
        return new Fetch(fetch.terms(), direction(fetch.times(), drawn));
    }

    private Stimulus withoutShift(Stimulus stimulus) {
        float[] pixels = stimulus.render(image, input).clone();
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] -= shift[i / input.pixels()];
        }

        return new Stimulus.Pixels(pixels);
    }

    private @Nullable Difference direction(@Nullable Difference of, Drawn drawn) {
        return of == null ? null : drawn.directions.computeIfAbsent(of, this::direction);
    }

    private Difference direction(Difference difference) {
        return new Difference(
                new Stimulus.Pixels(difference.to().render(image, input)),
                new Stimulus.Pixels(difference.from().render(image, input)));
    }

    /** What was drawn for one part of a round, so that equal questions stay equal. */
    private record Drawn(Map<Stimulus, Stimulus> inputs, Map<Difference, Difference> directions) {}
}
