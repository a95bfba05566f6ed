package dev.tapetum.attribution;

import dev.tapetum.model.Rule;
import dev.tapetum.probe.Difference;
import dev.tapetum.probe.Fetch;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Question;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Stimulus;
import java.util.List;
import java.util.Objects;

/**
 * What the image has that a baseline lacks, carried back by the slopes between the two instead of by derivatives; adds up to
 * the change of the logit in a single pass.
 *
 * <p>{@code a = (x − x') ⊙ m}, with the multipliers m from the chain rule in which {@code (f(z) − f(z')) / (z − z')} stands for
 * every activation's derivative (the rescale rule). Shrikumar, Greenside and Kundaje 2017 (arXiv 1704.02685, section 3.5.2).
 * Products of two inner values, as in attention, are carried back by {@code Δ(uv) = ū Δv + v̄ Δu} with the means of both ends,
 * which keeps completeness; the paper has no rule for them.
 *
 * <p>Costs one gradient evaluation, which runs image and baseline, and the baseline's logits.
 *
 * @param baseline x'
 */
public record DeepLift(Baseline baseline) implements RuleMethod {

    public DeepLift {
        Objects.requireNonNull(baseline, "baseline");
    }

    @Override
    public Rule rule() {
        return Rule.DEEP_LIFT;
    }

    @Override
    public Stimulus against(Subject subject) {
        return baseline.of(subject);
    }

    @Override
    public GradientTerm term(Subject subject) {
        return GradientTerm.times(new Difference(subject.stimulus(), against(subject)));
    }

    @Override
    public Program<Attribution> program(Subject subject) {
        Round round = new Round(
                List.of(ask(subject, term(subject).into(0, 1)), Question.of(Probe.logits(against(subject)))),
                List.of(Fetch.slot(0)));
        return Program.asking(
                round,
                answers -> Attribution.complete(
                        answers.get(0).logits()[subject.target()],
                        answers.get(1).logits()[subject.target()],
                        round.questions().size(),
                        PixelValues.ofInput(subject.input(), answers.sum(0))));
    }
}
