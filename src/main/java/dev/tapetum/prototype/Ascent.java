package dev.tapetum.prototype;

import dev.tapetum.model.InputSpec;
import dev.tapetum.probe.Answers;
import dev.tapetum.probe.Contribution;
import dev.tapetum.probe.Fetch;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Question;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Stimulus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sketches of one class that grow side by side, a step each per round, until each is done. */
final class Ascent implements Program<List<Sketch>> {

    private final InputSpec input;
    private final int classIndex;
    private final double diversity;
    private final List<Sketch> sketches;
    private final List<double[]> starts;
    private List<Integer> asked = List.of();

    /** @param diversity weight of {@link Diversity}; with 0 the sketches know nothing of each other */
    Ascent(InputSpec input, int classIndex, double diversity, List<Sketch> sketches) {
        this.input = input;
        this.classIndex = classIndex;
        this.diversity = diversity;
        this.sketches = List.copyOf(sketches);
        this.starts = sketches.stream().map(Sketch::image).toList();
    }

    @Override
    public @Nullable Round next(Answers answers) {
        List<double[]> others = others();
        for (int k = 0; k < asked.size(); k++) {
            double logit = answers.get(k).logits()[classIndex];
            sketches.get(asked.get(k)).step(logit, answers.sum(k), others.get(k));
        }

        asked = new ArrayList<>();
        List<Question> questions = new ArrayList<>();
        List<Fetch> fetches = new ArrayList<>();
        for (int i = 0; i < sketches.size(); i++) {
            if (!sketches.get(i).isDone()) {
                asked.add(i);
                Probe probe = Probe.gradient(sketches.get(i).jittered(), classIndex);
                questions.add(new Question(probe, null, List.of(Contribution.of(i, 1))));
                fetches.add(Fetch.slot(i));
            }
        }

        return asked.isEmpty() ? null : new Round(questions, fetches);
    }

    @Override
    public List<Sketch> result() {
        return sketches;
    }

    /** Asks about the finished drawings, as images of 8-bit pixels. */
    static Program<List<Drawn>> finished(InputSpec input, List<Sketch> sketches, List<Double> startVariances) {
        UnitScale scale = new UnitScale(input);
        List<Stimulus.Pixels> images =
                sketches.stream().map(sketch -> scale.rounded(sketch.image())).toList();
        Round logits = Round.of(images.stream().map(Probe::logits).toArray(Probe[]::new));
        return Program.asking(logits, answers -> {
            List<Drawn> drawn = new ArrayList<>();
            for (int i = 0; i < images.size(); i++) {
                drawn.add(new Drawn(
                        images.get(i).values(),
                        answers.get(i).logits(),
                        sketches.get(i).steps(),
                        startVariances.get(i)));
            }

            return drawn;
        });
    }

    /** The gradients of the diversity of those that were asked, all at the drawings before any of them moves. */
    private List<double[]> others() {
        List<double[]> gradients = new ArrayList<>();
        List<double[]> ways = diversity > 0 ? ways() : List.of();
        for (int i : asked) {
            gradients.add(diversity > 0 ? new Diversity(input).gradient(diversity, i, ways) : new double[input.size()]);
        }

        return gradients;
    }

    private List<double[]> ways() {
        List<double[]> ways = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            double[] way = sketches.get(i).image().clone();
            for (int k = 0; k < way.length; k++) {
                way[k] -= starts.get(i)[k];
            }

            ways.add(way);
        }

        return ways;
    }
}
