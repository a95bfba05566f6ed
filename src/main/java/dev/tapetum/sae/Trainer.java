package dev.tapetum.sae;

import dev.tapetum.UserError;
import dev.tapetum.spec.CanonicalText;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Trains several autoencoders on one pass over the tokens: every batch goes to every learner. Training is a function of the
 * settings, the first weights and the batches: stopping after any step and going on from the {@link Checkpoint} with the batches
 * that were not seen gives the same floats as not stopping.
 */
public final class Trainer {

    private final TrainingSettings settings;
    private final Schedule schedule;
    private final List<? extends Learner> learners;
    private long step;

    /** @param learners all before their first step, or all restored from one checkpoint */
    public Trainer(TrainingSettings settings, List<? extends Learner> learners) {
        this.settings = settings;
        this.schedule = settings.schedule();
        this.learners = List.copyOf(learners);
        this.step = 0;
    }

    /**
     * What a step did.
     *
     * @param step number of steps taken, this one included
     * @param steps in all
     * @param tokensPerSecond of the run so far; each counts once, however many learners it goes to
     * @param losses of each learner
     */
    public record Progress(long step, long steps, double tokensPerSecond, List<Losses> losses) {}

    /** Number of steps taken: of the batches, so many are not to be seen again. */
    public long step() {
        return step;
    }

    /** Goes on where a checkpoint was made. */
    public void restore(Checkpoint checkpoint) {
        if (checkpoint.states().size() != learners.size()) {
            throw new IllegalArgumentException(
                    checkpoint.states().size() + " states for " + learners.size() + " learners");
        }

        for (int i = 0; i < learners.size(); i++) {
            learners.get(i).restore(checkpoint.states().get(i));
        }

        step = checkpoint.step();
    }

    /** Where training stands. */
    public Checkpoint checkpoint() {
        return new Checkpoint(step, learners.stream().map(Learner::state).toList());
    }

    /**
     * Trains until the settings' steps are done or the batches end.
     *
     * @param batches normalised tokens, {@code B × d}, from the first one that was not seen
     * @param listener is told of every step
     */
    public void train(Iterator<float[]> batches, Consumer<Progress> listener) {
        long start = System.nanoTime();
        long first = step;
        while (step < settings.steps() && batches.hasNext()) {
            List<Losses> losses = step(batches.next());
            double seconds = (System.nanoTime() - start) / 1e9;
            listener.accept(new Progress(step, settings.steps(), (step - first) * settings.batch() / seconds, losses));
        }
    }

    private List<Losses> step(float[] batch) {
        List<Losses> losses = new ArrayList<>();
        for (Learner learner : learners) {
            Losses loss = learner.step(batch, schedule.learningRate(step), schedule.penalty(step));
            if (!Double.isFinite(loss.total()) || !Double.isFinite(loss.gradientLength())) {
                throw new UserError("The autoencoder " + CanonicalText.of((Record) learner.objective())
                        + " has lost its way in step " + (step + 1)
                        + ", its loss is no number any more; set a smaller learning-rate or a smaller penalty");
            }

            losses.add(loss);
        }

        step++;
        return List.copyOf(losses);
    }
}
