package dev.tapetum.attribution;

import dev.tapetum.probe.Answer;
import dev.tapetum.probe.Answers;
import dev.tapetum.probe.Contribution;
import dev.tapetum.probe.Difference;
import dev.tapetum.probe.Fetch;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Question;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Stimulus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Integrated gradients by the trapezoid rule on nodes that gather where the path is hard.
 *
 * <p>Every gradient probe also answers with the logit, so the integral over a segment between two nodes is known exactly,
 * {@code F(b) − F(a)}, at no further cost, and with it the rule's error there: {@code e = F(b) − F(a) − (b − a)/2 ·
 * ⟨∇F(a) + ∇F(b), x − x'⟩}. The path starts with {@link #FIRST_NODES} equidistant nodes; while {@code |Σ e|} is over the
 * tolerance, the segments with the largest {@code |e|} are halved. No gradient is ever thrown away: each stays on the
 * device, and the weights are chosen at the end.
 *
 * <p>Why not a rule of high order: for a network of ReLUs the integrand is piecewise constant in its slope, and what
 * decides is where the kinks lie. Why so many first nodes: completeness is one number, and a path can meet it by chance
 * while the map is still rough.
 */
final class RefinedPath implements Program<Attribution> {

    static final int FIRST_NODES = 17;

    /** Segments halved per round, so that a round fills a good part of a batch but still follows the error. */
    private static final int HALVED_PER_ROUND = 8;

    private final IntegratedGradients method;
    private final Subject subject;
    private final Stimulus start;
    private final Difference path;
    private final TreeMap<Double, Node> nodes = new TreeMap<>();
    private List<Double> asked = List.of();
    private float @Nullable [] values;
    private boolean fetching;

    RefinedPath(IntegratedGradients method, Subject subject) {
        this.method = method;
        this.subject = subject;
        this.start = method.baseline().of(subject);
        this.path = new Difference(subject.stimulus(), start);
    }

    /**
     * @param slot where the device keeps the gradient
     * @param score the target's logit
     * @param slope {@code ⟨∇F, x − x'⟩}
     */
    private record Node(int slot, double score, double slope) {}

    private record Segment(double from, double to, double error) {

        double middle() {
            return (from + to) / 2;
        }

        double size() {
            return Math.abs(error);
        }

        /** Whether the middle is another input than the ends: devices blend in single precision. */
        boolean divisible() {
            return (float) from < (float) middle() && (float) middle() < (float) to;
        }
    }

    @Override
    public @Nullable Round next(Answers answers) {
        if (fetching) {
            values = answers.sum(0);
            return null;
        }

        if (nodes.isEmpty() && asked.isEmpty()) {
            return ask(firstNodes());
        }

        for (int i = 0; i < asked.size(); i++) {
            Answer answer = answers.get(i);
            nodes.put(asked.get(i), new Node(nodes.size(), answer.logits()[subject.target()], answer.along()));
        }

        List<Segment> segments = segments();
        List<Double> middles = halve(segments);
        if (middles.isEmpty()) {
            fetching = true;
            return new Round(List.of(), List.of(new Fetch(weights(segments), path)));
        }

        return ask(middles);
    }

    @Override
    public Attribution result() {
        float[] fetched = Objects.requireNonNull(values, "asked for its result before it was done");
        return Attribution.complete(
                nodes.lastEntry().getValue().score(),
                nodes.firstEntry().getValue().score(),
                nodes.size(),
                PixelValues.ofInput(subject.input(), fetched));
    }

    private static List<Double> firstNodes() {
        List<Double> alphas = new ArrayList<>();
        for (int i = 0; i < FIRST_NODES; i++) {
            alphas.add((double) i / (FIRST_NODES - 1));
        }

        return alphas;
    }

    private Round ask(List<Double> alphas) {
        asked = alphas;
        List<Question> questions = new ArrayList<>();
        for (double alpha : alphas) {
            int slot = nodes.size() + questions.size();
            Probe probe = Probe.gradient(point(alpha), subject.target());
            questions.add(new Question(probe, path, List.of(Contribution.of(slot, 1))));
        }

        return new Round(questions, List.of());
    }

    /** The ends are the stimuli themselves, so that other methods' probes of them are the same. */
    private Stimulus point(double alpha) {
        if (alpha == 0) {
            return start;
        }

        return alpha == 1 ? subject.stimulus() : new Stimulus.Blend(start, subject.stimulus(), alpha);
    }

    private List<Segment> segments() {
        List<Segment> segments = new ArrayList<>();
        double from = nodes.firstKey();
        for (double to : nodes.tailMap(from, false).keySet()) {
            Node a = Objects.requireNonNull(nodes.get(from));
            Node b = Objects.requireNonNull(nodes.get(to));
            double error = b.score() - a.score() - (to - from) / 2 * (a.slope() + b.slope());
            segments.add(new Segment(from, to, error));
            from = to;
        }

        return segments;
    }

    private double gain() {
        return nodes.lastEntry().getValue().score()
                - nodes.firstEntry().getValue().score();
    }

    /**
     * The middles of the worst segments: those at least half as bad as the worst. None when the path is good enough, has as
     * many nodes as it may, or cannot become better: at NaN, or at a jump that lies between two neighbouring inputs.
     */
    private List<Double> halve(List<Segment> segments) {
        double error = Math.abs(segments.stream().mapToDouble(Segment::error).sum());
        double allowed = method.tolerance() * Math.max(Math.abs(gain()), method.floor());
        List<Segment> worstFirst = segments.stream()
                .sorted(Comparator.comparingDouble(Segment::size).reversed())
                .toList();
        Segment worst = worstFirst.get(0);
        if (!(error > allowed) || !worst.divisible()) {
            return List.of();
        }

        return worstFirst.stream()
                .filter(segment -> segment.size() >= worst.size() / 2 && segment.divisible())
                .limit(Math.min(method.maxSteps() - nodes.size(), HALVED_PER_ROUND))
                .map(Segment::middle)
                .toList();
    }

    private List<Fetch.Term> weights(List<Segment> segments) {
        double[] weights = new double[nodes.size()];
        for (Segment segment : segments) {
            double half = (segment.to() - segment.from()) / 2;
            weights[slot(segment.from())] += half;
            weights[slot(segment.to())] += half;
        }

        List<Fetch.Term> terms = new ArrayList<>();
        for (int slot = 0; slot < weights.length; slot++) {
            terms.add(new Fetch.Term(slot, weights[slot]));
        }

        return terms;
    }

    private int slot(double alpha) {
        return Objects.requireNonNull(nodes.get(alpha)).slot();
    }
}
