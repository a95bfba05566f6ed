package dev.tapetum.attributionmetric;

import dev.tapetum.UserError;
import dev.tapetum.attribution.Subject;
import dev.tapetum.model.InputSpec;
import dev.tapetum.model.ModelCard;
import dev.tapetum.model.Rule;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Seeds;
import dev.tapetum.probe.Stimulus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A change of the image, small for the eye, that is looked for in order to change the map and not the prediction.
 *
 * <p>From a start {@code x_0}, {@code x_{t+1} = clip(x + clip_ε(x_t − step · sign(∇_x L(s(x_t))) − x))}, with {@code L} what
 * the attack wants to be small, {@code s} the attacked map, {@code clip_ε} the box of ±ε around the image x, and the outer clip
 * that between black and white. Of all points of all restarts at which the prediction is that of the image, the one with the
 * smallest L is taken; the image itself if there is none. Ghorbani, Abid and Zou 2019 (arXiv 1710.10547, algorithm 1).
 *
 * <ul>
 *   <li>{@code s_i = Σ_c |a_ic|}, and L is a function of {@code s / Σ s}, as the paper normalises its maps: to make the whole
 *       map smaller is no success.
 *   <li>Attacked is what the method differentiates, see {@link AttackedMap}.
 *   <li>{@code ∇_x L} needs the Hessian of the logit, and so the rule {@code curvature} of the bundle. In a network
 *       of ReLUs the Hessian is that of a softplus surrogate, as in the paper, and everything else that of the model
 *       itself.
 *   <li>An image whose label is known and not predicted is not attacked; the metric has no value then.
 * </ul>
 *
 * <p>Costs, per restart, {@code iterations + 1} gradients and {@code iterations} products with the Hessian, and one
 * gradient for the image's own map; integrated gradients as many times that as the attacked map has nodes. The attack
 * of an image is shared by all metrics, and by all methods for which the same map is attacked.
 */
sealed interface Attack extends Perturbation permits TopKAttack, MassCentreAttack, TargetRegionAttack {

    /** Largest change of a value, on the [0, 1] scale. */
    double epsilon();

    /** Change per iteration, on the [0, 1] scale. */
    double step();

    int iterations();

    int restarts();

    /** What is to become small, given the map of the image itself. */
    Criterion criterion(double[] sizes, InputSpec input);

    /** Whether the first restart starts at the image; the others, and otherwise all, start at a random point of the box. */
    boolean startsAtImage();

    static void check(double epsilon, double step, int iterations, int restarts) {
        if (!(epsilon > 0) || !(step > 0)) {
            throw new IllegalArgumentException("epsilon and step are on the [0, 1] scale of pixels and above zero, not "
                    + epsilon + " and " + step);
        }

        if (iterations < 1 || restarts < 1) {
            throw new IllegalArgumentException(
                    "an attack has at least one iteration and one restart, not " + iterations + " and " + restarts);
        }
    }

    @Override
    default void check(ModelCard model) {
        if (!model.rules().contains(Rule.CURVATURE)) {
            throw new UserError("An attack on maps needs second derivatives, and " + model.name()
                    + " was exported without the rule " + Rule.CURVATURE.text()
                    + "; export it again with --rules all (see submit/export_model.py --help)");
        }
    }

    /** One attacked image per draw; none of an image that is predicted wrongly. */
    @Override
    default Program<List<Stimulus>> changed(Explanation explanation, int draws) {
        if (Boolean.FALSE.equals(explanation.correct())) {
            return Program.done(List.of());
        }

        List<Program<Stimulus>> attacks = new ArrayList<>();
        for (int draw = 0; draw < draws; draw++) {
            attacks.add(attack(explanation.subject(), AttackedMap.of(explanation), draw));
        }

        return Program.all(attacks);
    }

    private Program<Stimulus> attack(Subject subject, AttackedMap map, int draw) {
        InputSpec input = subject.model().input();
        Program<AttackedMap.At> image = Program.asking(
                map.ask(subject, subject.stimulus()), answers -> map.read(subject, subject.stimulus(), answers));
        return image.then(own -> {
            Criterion criterion = criterion(own.sizes(input), input);
            List<Program<AttackPath.Found>> paths = new ArrayList<>();
            for (int restart = 0; restart < restarts(); restart++) {
                paths.add(new AttackPath(this, subject, map, criterion, own, start(subject, draw, restart)));
            }

            return Program.all(paths).map(Attack::best);
        });
    }

    private Stimulus start(Subject subject, int draw, int restart) {
        long seed = Seeds.of(subject.seed(), "attack-" + draw, restart);
        return restart == 0 && startsAtImage()
                ? subject.stimulus()
                : new Stimulus.Jittered(subject.stimulus(), Stimulus.Jittered.Shape.UNIFORM, epsilon(), seed);
    }

    private static Stimulus best(List<AttackPath.Found> found) {
        return found.stream()
                .min(Comparator.comparingDouble(AttackPath.Found::value))
                .orElseThrow()
                .stimulus();
    }
}
