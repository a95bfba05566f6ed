package dev.tapetum.probe;

import dev.tapetum.model.Variant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An analysis of one image as rounds of questions to the model. It knows no device and no batch, and holds the state of
 * one image: make a new one per image.
 *
 * @param <R> what it finds
 */
public interface Program<R> {

    /**
     * Takes the answers to the round before and says what to ask next.
     *
     * @param answers {@link Answers#NONE} at the first call
     * @return the next round, or null when there is nothing more to ask
     */
    @Nullable
    Round next(Answers answers);

    /** What was found; called once, after {@link #next} returned null. */
    R result();

    /** A program of a single round. */
    static <R> Program<R> asking(Round round, Function<Answers, R> conclusion) {
        return new OneRound<>(round, conclusion);
    }

    /** A program that asks nothing. */
    static <R> Program<R> done(R result) {
        return new OneRound<>(new Round(List.of(), List.of()), none -> result);
    }

    /** Programs side by side, so that what they ask alike in a round is asked once. */
    static <R> Program<List<R>> all(List<? extends Program<? extends R>> programs) {
        return new SideBySide<>(programs);
    }

    /** This program, and then the one that its result calls for. */
    default <S> Program<S> then(Function<? super R, ? extends Program<S>> next) {
        return new Chained<>(this, next);
    }

    /** This program, put to a variant of the model. */
    default Program<R> on(Variant variant) {
        return new OnVariant<>(this, variant.name());
    }

    /** This program with another view of its result. */
    default <S> Program<S> map(Function<? super R, ? extends S> view) {
        return then(result -> done(view.apply(result)));
    }
}
