package dev.tapetum.attributionmetric;

import dev.tapetum.attribution.InputXGradient;
import dev.tapetum.attribution.IntegratedGradients;
import dev.tapetum.attribution.Subject;
import dev.tapetum.model.InputSpec;
import dev.tapetum.model.Rule;
import dev.tapetum.probe.Answers;
import dev.tapetum.probe.Ask;
import dev.tapetum.probe.Contribution;
import dev.tapetum.probe.Fetch;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Question;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Stimulus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The attribution that an attack differentiates: {@code a = D ⊙ (1/n) Σ_j ∇F_c(b + α_j (x − b))}.
 *
 * <p>Without an origin it is the gradient itself: {@code D = 1} and {@code α = 1}. With an origin b it is {@code D =
 * x − b}: input × gradient with one node, {@code α = 1}; integrated gradients with n nodes at the middles of n equal
 * parts of the path. The map of a method that is none of these three is attacked through the gradient's, which most
 * of them are made of.
 *
 * @param origin b, taken from the image before it is attacked; null for the gradient
 * @param nodes n
 */
record AttackedMap(@Nullable Stimulus origin, int nodes) {

    /** Nodes of integrated gradients: what is attacked need not be exact. */
    private static final int PATH_NODES = 10;

    static AttackedMap of(Explanation explanation) {
        if (explanation.method() instanceof InputXGradient) {
            return new AttackedMap(Stimulus.Solid.zero(explanation.input()), 1);
        }

        return explanation.method() instanceof IntegratedGradients integrated
                ? new AttackedMap(integrated.baseline().of(explanation.subject()), PATH_NODES)
                : new AttackedMap(null, 1);
    }

    /**
     * The map at one point.
     *
     * @param stimulus the point
     * @param pixels what it looks like
     * @param predicted the class of the largest logit there
     * @param gradient {@code G = (1/n) Σ_j ∇F_c(b + α_j (x − b))}
     * @param attribution a
     */
    record At(Stimulus stimulus, float[] pixels, int predicted, float[] gradient, float[] attribution) {

        /** {@code s_i = Σ_c |a_ic|}. */
        double[] sizes(InputSpec input) {
            double[] sizes = new double[input.pixels()];
            for (int i = 0; i < attribution.length; i++) {
                sizes[i % sizes.length] += Math.abs(attribution[i]);
            }

            return sizes;
        }
    }

    /** What is asked to know the map at a point. */
    Round ask(Subject subject, Stimulus point) {
        List<Question> questions = new ArrayList<>();
        questions.add(Question.of(Probe.logits(point)));
        for (int j = 0; j < nodes; j++) {
            Probe probe = Probe.gradient(node(point, j), subject.target());
            questions.add(new Question(probe, null, List.of(Contribution.of(0, 1.0 / nodes))));
        }

        return new Round(questions, List.of(Fetch.slot(0)));
    }

    At read(Subject subject, Stimulus point, Answers answers) {
        float[] gradient = answers.sum(0);
        float[] pixels = subject.render(point);
        float[] factor = factor(subject, pixels);
        float[] attribution = gradient.clone();
        for (int i = 0; i < attribution.length && factor != null; i++) {
            attribution[i] *= factor[i];
        }

        return new At(point, pixels, answers.get(0).predicted(), gradient, attribution);
    }

    /**
     * What is asked to know {@code ∇_x L(s(x))}: with {@code u = ∂L/∂a}, that is {@code (1/n) Σ_j α_j H(b + α_j (x −
     * b)) (D ⊙ u)}, and {@code u ⊙ G} besides where D depends on x.
     */
    Round askDirection(Subject subject, At at, float[] u) {
        float[] factor = factor(subject, at.pixels);
        float[] vector = u.clone();
        for (int i = 0; i < vector.length && factor != null; i++) {
            vector[i] *= factor[i];
        }

        Stimulus against = new Stimulus.Pixels(vector);
        List<Question> questions = new ArrayList<>();
        for (int j = 0; j < nodes; j++) {
            Ask product = new Ask.RuleField(Rule.CURVATURE, subject.target(), 0, against);
            Contribution contribution = Contribution.of(0, alpha(j) / nodes);
            questions.add(new Question(new Probe(node(at.stimulus, j), product), null, List.of(contribution)));
        }

        return new Round(questions, List.of(Fetch.slot(0)));
    }

    float[] direction(At at, float[] u, Answers answers) {
        float[] direction = answers.sum(0).clone();
        for (int i = 0; i < direction.length && origin != null; i++) {
            direction[i] += u[i] * at.gradient[i];
        }

        return direction;
    }

    /** {@code ∂L/∂a}, with L a function of the sizes whose slopes are given. */
    static float[] pulledBack(At at, double[] slopes) {
        float[] u = new float[at.attribution.length];
        for (int i = 0; i < u.length; i++) {
            u[i] = (float) (slopes[i % slopes.length] * Math.signum(at.attribution[i]));
        }

        return u;
    }

    /** D, or null where it is one everywhere. */
    private float @Nullable [] factor(Subject subject, float[] pixels) {
        if (origin == null) {
            return null;
        }

        float[] factor = pixels.clone();
        float[] from = subject.render(origin);
        for (int i = 0; i < factor.length; i++) {
            factor[i] -= from[i];
        }

        return factor;
    }

    private Stimulus node(Stimulus point, int j) {
        return origin == null || alpha(j) == 1 ? point : new Stimulus.Blend(origin, point, alpha(j));
    }

    private double alpha(int j) {
        return nodes == 1 ? 1 : (j + 0.5) / nodes;
    }
}
