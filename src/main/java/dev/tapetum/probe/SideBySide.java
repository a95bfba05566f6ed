package dev.tapetum.probe;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Programs that go through their rounds together. A program that is done drops out; slots of child {@code i} of {@code
 * n} are renumbered {@code slot·n + i}, so that children never share a sum.
 */
final class SideBySide<R> implements Program<List<R>> {

    private final List<? extends Program<? extends R>> children;
    private List<Turn> turns = List.of();
    private boolean started;

    SideBySide(List<? extends Program<? extends R>> children) {
        this.children = List.copyOf(children);
    }

    /** What a child asked in the round that is out. */
    private record Turn(int child, int questions, int fetches) {}

    @Override
    public @Nullable Round next(Answers answers) {
        List<Turn> next = new ArrayList<>();
        List<Question> questions = new ArrayList<>();
        List<Fetch> fetches = new ArrayList<>();
        if (!started) {
            started = true;
            for (int child = 0; child < children.size(); child++) {
                advance(child, Answers.NONE, next, questions, fetches);
            }
        }

        int question = 0;
        int fetch = 0;
        for (Turn turn : turns) {
            Answers own = new Answers(
                    answers.answers().subList(question, question + turn.questions),
                    answers.sums().subList(fetch, fetch + turn.fetches));
            question += turn.questions;
            fetch += turn.fetches;
            advance(turn.child, own, next, questions, fetches);
        }

        turns = next;
        return next.isEmpty() ? null : new Round(questions, fetches);
    }

    @Override
    public List<R> result() {
        List<R> results = new ArrayList<>();
        for (Program<? extends R> child : children) {
            results.add(child.result());
        }

        return results;
    }

    private void advance(int child, Answers answers, List<Turn> next, List<Question> questions, List<Fetch> fetches) {
        Round round = children.get(child).next(answers);
        if (round == null) {
            return;
        }

        next.add(new Turn(child, round.questions().size(), round.fetches().size()));
        for (Question question : round.questions()) {
            List<Contribution> moved = question.contributions().stream()
                    .map(contribution -> contribution.inSlot(slot(child, contribution.slot())))
                    .toList();
            questions.add(new Question(question.probe(), question.along(), moved));
        }

        for (Fetch fetch : round.fetches()) {
            List<Fetch.Term> moved = fetch.terms().stream()
                    .map(term -> term.inSlot(slot(child, term.slot())))
                    .toList();
            fetches.add(new Fetch(moved, fetch.times()));
        }
    }

    private int slot(int child, int slot) {
        return Math.addExact(Math.multiplyExact(slot, children.size()), child);
    }
}
