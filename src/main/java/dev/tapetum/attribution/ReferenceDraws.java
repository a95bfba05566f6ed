package dev.tapetum.attribution;

import dev.tapetum.probe.Contribution;
import dev.tapetum.probe.Contribution.Transform;
import dev.tapetum.probe.Difference;
import dev.tapetum.probe.Fetch;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Question;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Seeds;
import dev.tapetum.probe.Stimulus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Integrated gradients from many references at once, one random point of one path per sample.
 *
 * <p>{@code a = Σ_j w_j (x_j − x'_j) ⊙ ∇F_c(x'_j + α_j (x_j − x'_j))}. The references take turns, sample j has reference
 * {@code j mod R}; {@code w_j} is 1/R over the number of samples of that reference, so each reference counts alike whatever
 * the number of samples. The m samples of a reference divide its path among
 * them, sample i of m having {@code α = (i + u)/m} with u uniform in [0, 1), drawn from the subject's seed. {@code
 * x_j} is the subject, or with {@code sigma > 0} the subject with noise of its own. A reference that is random is
 * drawn anew for every sample.
 *
 * @param sigma noise on the image, as a fraction of its range of values
 */
record ReferenceDraws(List<Baseline> references, int samples, double sigma) {

    ReferenceDraws {
        if (references.isEmpty()) {
            throw new IllegalArgumentException("references needs at least one baseline");
        }

        if (samples < references.size()) {
            throw new IllegalArgumentException("samples is at least the number of references, " + references.size()
                    + ", so that each is drawn, not " + samples);
        }

        if (!(sigma >= 0)) {
            throw new IllegalArgumentException("sigma is a fraction of the image's range, zero or more, not " + sigma);
        }
    }

    Program<Attribution> program(Subject subject) {
        List<Question> questions = new ArrayList<>();
        Map<Stimulus, Double> weights = new LinkedHashMap<>();
        for (int j = 0; j < samples; j++) {
            Stimulus from = reference(subject, j);
            Stimulus to = image(subject, j);
            Stimulus point = new Stimulus.Blend(from, to, alpha(subject, j));
            Contribution contribution = new Contribution(0, weight(j), new Difference(to, from), Transform.IDENTITY);
            questions.add(GradientTerm.ask(subject.changedTo(point), contribution));
            weights.merge(from, weight(j), Double::sum);
        }

        questions.add(Question.of(Probe.logits(subject.stimulus())));
        weights.keySet().forEach(from -> questions.add(Question.of(Probe.logits(from))));
        return Program.asking(new Round(questions, List.of(Fetch.slot(0))), answers -> {
            double expected = 0;
            int next = samples + 1;
            for (double weight : weights.values()) {
                expected += weight * answers.get(next++).logits()[subject.target()];
            }

            return Attribution.complete(
                    answers.get(samples).logits()[subject.target()],
                    expected,
                    questions.size(),
                    PixelValues.ofInput(subject.input(), answers.sum(0)));
        });
    }

    private double weight(int sample) {
        return 1.0 / references.size() / samplesOfReference(sample);
    }

    private double alpha(Subject subject, int sample) {
        int part = sample / references.size();
        double within = Seeds.uniform(Seeds.of(subject.seed(), "path-point", sample));
        return (part + within) / samplesOfReference(sample);
    }

    private int samplesOfReference(int sample) {
        int turn = sample % references.size();
        return (samples - turn + references.size() - 1) / references.size();
    }

    private Stimulus reference(Subject subject, int sample) {
        long seed = Seeds.of(subject.seed(), "reference", sample);
        return references.get(sample % references.size()).of(subject.reseeded(seed));
    }

    private Stimulus image(Subject subject, int sample) {
        long seed = Seeds.of(subject.seed(), "reference-noise", sample);
        return sigma == 0 ? subject.stimulus() : new Stimulus.Noisy(subject.stimulus(), sigma * subject.range(), seed);
    }
}
