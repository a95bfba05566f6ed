package dev.tapetum.attribution;

import dev.tapetum.model.ModelCard;
import dev.tapetum.model.Rule;
import dev.tapetum.probe.Ask;
import dev.tapetum.probe.Contribution.Transform;
import dev.tapetum.probe.Stimulus;
import org.jspecify.annotations.Nullable;

/** The methods that need the inside of the network, and so a rule that the bundle was exported with. */
sealed interface RuleMethod extends SingleGradient
        permits Deconvnet, GuidedBackprop, RectGrad, LrpEpsilon, DeepLift, FullGrad {

    Rule rule();

    /** The rule's number; see {@link Ask.RuleField}. */
    default double parameter() {
        return 0;
    }

    /** The other input that the rule is about, if it is about two. */
    default @Nullable Stimulus against(Subject subject) {
        return null;
    }

    /** The field as it is, unless a rule is about its product with something. */
    @Override
    default GradientTerm term(Subject subject) {
        return new GradientTerm(null, Transform.IDENTITY);
    }

    @Override
    default Ask.Field field(Subject subject) {
        return new Ask.RuleField(rule(), subject.target(), parameter(), against(subject));
    }

    @Override
    default void check(ModelCard model) {
        Requirements.of(this, model).rule(rule());
    }
}
