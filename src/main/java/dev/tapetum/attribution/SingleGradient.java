package dev.tapetum.attribution;

import dev.tapetum.model.DifferentiableModel;
import dev.tapetum.model.ModelCard;
import dev.tapetum.probe.Answer;
import dev.tapetum.probe.Ask;
import dev.tapetum.probe.Contribution;
import dev.tapetum.probe.Fetch;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Question;
import dev.tapetum.probe.Round;
import java.util.List;

/** The methods that are one gradient, or the field of one rule, multiplied and transformed element by element. */
sealed interface SingleGradient extends Attributor permits Saliency, InputXGradient, RuleMethod {

    GradientTerm term(Subject subject);

    /** What is asked about the subject. */
    default Ask.Field field(Subject subject) {
        return new Ask.InputGradient(subject.target());
    }

    /** The question whose answer goes into the given sums. */
    default Question ask(Subject subject, Contribution... contributions) {
        return new Question(new Probe(subject.stimulus(), field(subject)), null, List.of(contributions));
    }

    /** What is to be said of the values. */
    default Attribution conclude(Subject subject, Answer answer, PixelValues values) {
        return Attribution.of(answer.logits()[subject.target()], 1, values);
    }

    @Override
    default void check(ModelCard model) {
        Requirements.of(this, model).type(DifferentiableModel.class);
    }

    @Override
    default Program<Attribution> program(Subject subject) {
        Round round = new Round(List.of(ask(subject, term(subject).into(0, 1))), List.of(Fetch.slot(0)));
        return Program.asking(
                round,
                answers -> conclude(subject, answers.get(0), PixelValues.ofInput(subject.input(), answers.sum(0))));
    }
}
