package dev.tapetum.attribution;

import dev.tapetum.model.DifferentiableModel;
import dev.tapetum.model.ModelCard;
import dev.tapetum.probe.Fetch;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Round;
import java.util.List;

/** The methods that are one gradient, multiplied and transformed element by element. */
sealed interface SingleGradient extends Attributor permits Saliency, InputXGradient {

    GradientTerm term(Subject subject);

    @Override
    default void check(ModelCard model) {
        Requirements.of(this, model).type(DifferentiableModel.class);
    }

    @Override
    default Program<Attribution> program(Subject subject) {
        Round round = new Round(List.of(GradientTerm.ask(subject, term(subject).into(0, 1))), List.of(Fetch.slot(0)));
        return Program.asking(
                round,
                answers -> Attribution.of(
                        answers.get(0).logits()[subject.target()],
                        1,
                        PixelValues.ofInput(subject.input(), answers.sum(0))));
    }
}
