package dev.tapetum.attributionmetric;

import dev.tapetum.attribution.Subject;
import dev.tapetum.model.InputSpec;
import dev.tapetum.probe.Answer;
import dev.tapetum.probe.Answers;
import dev.tapetum.probe.NoiseField;
import dev.tapetum.probe.PixelRanking;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Seeds;
import dev.tapetum.probe.Softmax;
import dev.tapetum.probe.Stimulus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link Road} on one explanation: a few shares a round, so that few pictures are held at a time. */
final class RoadCurve implements Program<List<Reading>> {

    private static final int SHARES_A_ROUND = 5;

    private final Road road;
    private final Subject subject;
    private final InputSpec input;
    private final PixelRanking ranking;
    private final LinearImputation imputation;
    private int removed;
    private int asked;
    private double sum;

    RoadCurve(Road road, Explanation explanation) {
        this.road = road;
        this.subject = explanation.subject();
        this.input = explanation.input();
        this.ranking = PixelRanking.descending(explanation.map());
        this.imputation = new LinearImputation(subject.render(subject.stimulus()), input);
    }

    @Override
    public @Nullable Round next(Answers answers) {
        for (Answer answer : answers.answers()) {
            sum += Softmax.of(answer.logits()).probability(subject.target());
        }

        List<Probe> probes = new ArrayList<>();
        while (asked < road.steps() && probes.size() < SHARES_A_ROUND) {
            probes.add(Probe.logits(new Stimulus.Pixels(without(road.count(asked, input.pixels())))));
            asked++;
        }

        return probes.isEmpty() ? null : Round.of(probes.toArray(Probe[]::new));
    }

    @Override
    public List<Reading> result() {
        return Reading.of(sum / road.steps());
    }

    private float[] without(int count) {
        while (removed < count) {
            imputation.remove(pixel(removed));
            removed++;
        }

        float[] pixels = imputation.pixels();
        NoiseField field = NoiseField.standardNormal(input.size());
        int start = field.offset(Seeds.of(subject.seed(), "road-noise", asked), input.size());
        for (int rank = 0; rank < removed; rank++) {
            for (int c = 0; c < input.channels(); c++) {
                int i = c * input.pixels() + pixel(rank);
                pixels[i] += (float) (road.noise() / input.std().get(c)) * field.value(start + i);
            }
        }

        return pixels;
    }

    private int pixel(int rank) {
        return ranking.pixel(road.order() == Road.Order.MORF ? rank : ranking.size() - 1 - rank);
    }
}
