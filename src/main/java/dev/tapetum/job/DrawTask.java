package dev.tapetum.job;

import dev.tapetum.model.InputSpec;
import dev.tapetum.model.ModelCard;
import dev.tapetum.probe.Admission;
import dev.tapetum.probe.Answers;
import dev.tapetum.probe.Device;
import dev.tapetum.probe.Outcome;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Scheduler;
import dev.tapetum.prototype.Drawn;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * Draws the units of one task on its device: one scheduler for all of them, so that a batch of the device has as many drawings in
 * it as it has room for.
 *
 * @param source of the model
 * @param seed of the run
 */
record DrawTask(TokenSource source, ModelCard card, long seed, Progress.Counters counters)
        implements FlatMapFunction<List<DrawUnit>, DrawnRow> {

    @Override
    public Iterator<DrawnRow> call(List<DrawUnit> units) {
        Device device = source.newDevice(counters);
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) done -> device.close());
        float[] grey = grey(card.input());
        Iterator<Admission<OfUnit>> admissions = units.stream()
                .map(unit -> new Admission<>(grey, () -> program(unit)))
                .iterator();
        return new Rows(new Scheduler(device, source.batch()).run(admissions));
    }

    private record OfUnit(DrawUnit unit, List<Drawn> drawn) {}

    private Program<OfUnit> program(DrawUnit unit) {
        Program<List<Drawn>> drawing = unit.method().program(card, unit.classIndex(), unit.seeds(seed));
        return new Counted<>(drawing, counters.evaluations()).map(drawn -> new OfUnit(unit, drawn));
    }

    /** An image that no drawing asks about. */
    private static float[] grey(InputSpec input) {
        float[] grey = new float[input.size()];
        for (int c = 0; c < input.channels(); c++) {
            Arrays.fill(
                    grey,
                    c * input.pixels(),
                    (c + 1) * input.pixels(),
                    input.level(0.5f).get(c));
        }

        return grey;
    }

    /** A program of whose questions the driver hears while it goes on. */
    private record Counted<R>(Program<R> program, LongAccumulator evaluations) implements Program<R> {

        @Override
        public @Nullable Round next(Answers answers) {
            Round next = program.next(answers);
            if (next != null) {
                evaluations.add(next.questions().size());
            }

            return next;
        }

        @Override
        public R result() {
            return program.result();
        }
    }

    private final class Rows implements Iterator<DrawnRow> {

        private final Iterator<Outcome<OfUnit>> outcomes;
        private final Deque<DrawnRow> ready = new ArrayDeque<>();

        Rows(Iterator<Outcome<OfUnit>> outcomes) {
            this.outcomes = outcomes;
        }

        @Override
        public boolean hasNext() {
            if (ready.isEmpty() && outcomes.hasNext()) {
                Outcome<OfUnit> next = outcomes.next();
                ready.addAll(DrawnRow.of(next.result().unit, next.result().drawn, next.cost(), card.input()));
                ready.forEach(row -> counters.count(false));
            }

            return !ready.isEmpty();
        }

        @Override
        public DrawnRow next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }

            return ready.remove();
        }
    }
}
