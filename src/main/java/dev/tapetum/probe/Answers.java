package dev.tapetum.probe;

import java.util.List;

/** The answers to one {@link Round}: one per question and one sum per fetch, in the round's order. */
public record Answers(List<Answer> answers, List<float[]> sums) {

    /** What a program is started with. */
    public static final Answers NONE = new Answers(List.of(), List.of());

    public Answers {
        answers = List.copyOf(answers);
        sums = List.copyOf(sums);
    }

    public Answer get(int question) {
        return answers.get(question);
    }

    /** What fetch {@code fetch} brought: {@link dev.tapetum.model.InputSpec#size()} floats. */
    public float[] sum(int fetch) {
        return sums.get(fetch);
    }
}
