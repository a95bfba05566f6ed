package dev.tapetum.probe;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One program after another, where the first one's result chooses the second. */
final class Chained<R, S> implements Program<S> {

    private final Program<R> first;
    private final Function<? super R, ? extends Program<S>> choose;
    private @Nullable Program<S> second;

    Chained(Program<R> first, Function<? super R, ? extends Program<S>> choose) {
        this.first = first;
        this.choose = choose;
    }

    @Override
    public @Nullable Round next(Answers answers) {
        if (second != null) {
            return second.next(answers);
        }

        Round round = first.next(answers);
        if (round != null) {
            return round;
        }

        Program<S> chosen = choose.apply(first.result());
        second = chosen;
        return chosen.next(Answers.NONE);
    }

    @Override
    public S result() {
        return Objects.requireNonNull(second, "asked for its result before it was done")
                .result();
    }
}
