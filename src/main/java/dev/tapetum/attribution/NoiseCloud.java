package dev.tapetum.attribution;

import dev.tapetum.probe.Fetch;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Question;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Seeds;
import dev.tapetum.probe.Stimulus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The attributions of one method at {@code samples} noisy copies of an image, as their first two moments.
 *
 * <p>Copy j is {@code x + ε_j} with {@code ε_j ~ N(0, (sigma·range)²)}, where range is the image's largest minus
 * smallest normalised value. The copies depend on the image and the run's seed only, so every denoising method of a run
 * sees the same cloud and its probes are answered once.
 */
record NoiseCloud(Attributor of, int samples, double sigma) {

    NoiseCloud {
        Objects.requireNonNull(of, "of");
        if (samples < 1) {
            throw new IllegalArgumentException("samples is the number of noisy copies, at least 1, not " + samples);
        }

        if (!(sigma >= 0)) {
            throw new IllegalArgumentException("sigma is a fraction of the image's range, zero or more, not " + sigma);
        }
    }

    /**
     * @param score the target's logit at the image without noise
     * @param mean {@code E[a]}, per value
     * @param meanSquare {@code E[a²]}, per value
     */
    record Moments(double score, int evaluations, PixelValues mean, PixelValues meanSquare) {

        /** Those of attributions that are made one by one, side by side; a further evaluation gives the score. */
        static Program<Moments> of(Subject subject, List<Program<Attribution>> attributions) {
            Program<Double> score = Program.asking(Round.of(Probe.logits(subject.stimulus())), answers ->
                    (double) answers.get(0).logits()[subject.target()]);
            return score.then(logit -> Program.all(attributions).map(made -> of(logit, made)));
        }

        private static Moments of(double score, List<Attribution> attributions) {
            PixelValues first = attributions.get(0).values();
            double[] mean = new double[first.values().length];
            double[] square = new double[mean.length];
            int evaluations = 1;
            for (Attribution attribution : attributions) {
                evaluations += attribution.evaluations();
                float[] values = attribution.values().values();
                for (int i = 0; i < mean.length; i++) {
                    mean[i] += values[i];
                    square[i] += (double) values[i] * values[i];
                }
            }

            return new Moments(
                    score,
                    evaluations,
                    scaled(first, mean, attributions.size()),
                    scaled(first, square, attributions.size()));
        }

        private static PixelValues scaled(PixelValues like, double[] sums, int count) {
            float[] values = new float[sums.length];
            for (int i = 0; i < sums.length; i++) {
                values[i] = (float) (sums[i] / count);
            }

            return like.withValues(values);
        }
    }

    Program<Moments> moments(Subject subject) {
        List<Subject> copies = new ArrayList<>();
        for (int j = 0; j < samples; j++) {
            long seed = Seeds.of(subject.seed(), "noise-cloud", j);
            Stimulus noisy = new Stimulus.Noisy(subject.stimulus(), sigma * subject.range(), seed);
            // The copy's seed is its own, so that a cloud within this cloud does not draw the same noise again.
            copies.add(subject.changedTo(noisy).reseeded(seed));
        }

        return of instanceof SingleGradient single
                ? ofGradients(subject, copies, single)
                : Moments.of(subject, copies.stream().map(of::program).toList());
    }

    /** Both moments are summed where the gradients are. */
    private static Program<Moments> ofGradients(Subject subject, List<Subject> copies, SingleGradient single) {
        double weight = 1.0 / copies.size();
        List<Question> questions = new ArrayList<>();
        for (Subject copy : copies) {
            GradientTerm term = single.term(copy);
            questions.add(single.ask(copy, term.into(0, weight), term.squaredInto(1, weight)));
        }

        questions.add(Question.of(Probe.logits(subject.stimulus())));
        Round round = new Round(questions, List.of(Fetch.slot(0), Fetch.slot(1)));
        return Program.asking(
                round,
                answers -> new Moments(
                        answers.get(copies.size()).logits()[subject.target()],
                        questions.size(),
                        PixelValues.ofInput(subject.input(), answers.sum(0)),
                        PixelValues.ofInput(subject.input(), answers.sum(1))));
    }
}
