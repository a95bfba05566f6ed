package dev.tapetum.probe;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A program that asks once. */
final class OneRound<R> implements Program<R> {

    private final Round round;
    private final Function<Answers, R> conclusion;
    private boolean asked;
    private Answers answers = Answers.NONE;

    OneRound(Round round, Function<Answers, R> conclusion) {
        this.round = round;
        this.conclusion = conclusion;
    }

    @Override
    public @Nullable Round next(Answers given) {
        boolean nothingToAsk = round.questions().isEmpty() && round.fetches().isEmpty();
        if (asked || nothingToAsk) {
            answers = given;
            return null;
        }

        asked = true;
        return round;
    }

    @Override
    public R result() {
        return conclusion.apply(answers);
    }
}
