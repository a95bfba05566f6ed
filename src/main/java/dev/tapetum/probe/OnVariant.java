package dev.tapetum.probe;

import org.jspecify.annotations.Nullable;

/** A program whose questions all go to a variant of the model. */
final class OnVariant<R> implements Program<R> {

    private final Program<R> program;
    private final String variant;

    OnVariant(Program<R> program, String variant) {
        this.program = program;
        this.variant = variant;
    }

    @Override
    public @Nullable Round next(Answers answers) {
        Round round = program.next(answers);
        return round == null
                ? null
                : new Round(round.questions().stream().map(this::moved).toList(), round.fetches());
    }

    @Override
    public R result() {
        return program.result();
    }

    private Question moved(Question question) {
        Probe probe = question.probe();
        return new Question(
                new Probe(probe.stimulus(), probe.ask(), variant), question.along(), question.contributions());
    }
}
