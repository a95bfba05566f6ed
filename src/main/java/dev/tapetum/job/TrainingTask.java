package dev.tapetum.job;

import dev.tapetum.config.DeviceChoice;
import dev.tapetum.config.SaeTraining;
import dev.tapetum.model.Tap;
import dev.tapetum.model.djl.DjlLearner;
import dev.tapetum.probe.Seeds;
import dev.tapetum.sae.Checkpoint;
import dev.tapetum.sae.Initialisation;
import dev.tapetum.sae.Learner;
import dev.tapetum.sae.Normalisation;
import dev.tapetum.sae.Objective;
import dev.tapetum.sae.SaeBundle;
import dev.tapetum.sae.Trainer;
import dev.tapetum.sae.TrainingSettings;
import dev.tapetum.spec.CanonicalText;
import dev.tapetum.spec.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.function.Function;

/**
 * The training of some of the plan's objectives in one task, from a complete harvest to their bundles. Every so many steps its state
 * is saved where another attempt finds it; from there, training goes on to the very same floats.
 *
 * @param tap whose tokens were harvested
 * @param modelSha256 of the model's bundle
 * @param origin what the harvest depends on, a part of what checkpoints are named after
 * @param seed of the run
 */
record TrainingTask(
        SaeFolder folder,
        SaeTraining training,
        Tap tap,
        String modelSha256,
        String origin,
        long seed,
        DeviceChoice device,
        TrainingWatch.Latest latest)
        implements Function<Integer, Double> {

    TrainingTask reportingTo(TrainingWatch.Latest news) {
        return new TrainingTask(folder, training, tap, modelSha256, origin, seed, device, news);
    }

    /**
     * Trains one part.
     *
     * @return tokens per second; not a number where everything had been trained before
     */
    @Override
    public Double call(Integer part) {
        int gpu = ModelHost.gpu(device);
        TrainingSettings settings = training.settings(seed);
        List<Objective> objectives = objectives(part);
        List<DjlLearner> learners = new ArrayList<>();
        try {
            Normalisation normalisation = addLearners(objectives, settings, gpu, learners);
            Trainer trainer = new Trainer(settings, learners);
            Path file = folder.checkpoint(name(objectives));
            restore(trainer, file);
            Reporting reporting = new Reporting(part, objectives, trainer, file);
            try (TokenBatches batches =
                    new TokenBatches(this::epoch, normalisation, training.batch(), Seeds.of(seed, "blocks", 0))) {
                batches.skip(trainer.step());
                trainer.train(batches, reporting::after);
            }

            learners.forEach(this::write);
            return reporting.rate;
        } finally {
            learners.forEach(Learner::close);
        }
    }

    /** What is saved and told after a step. */
    private final class Reporting {

        private final int part;
        private final List<Objective> objectives;
        private final Trainer trainer;
        private final Path file;
        private double rate = Double.NaN;

        Reporting(int part, List<Objective> objectives, Trainer trainer, Path file) {
            this.part = part;
            this.objectives = objectives;
            this.trainer = trainer;
            this.file = file;
        }

        void after(Trainer.Progress progress) {
            rate = progress.tokensPerSecond();
            latest.add(new TrainingNews(
                    part,
                    progress.step(),
                    progress.steps(),
                    training.batch(),
                    rate,
                    IntStream.range(0, objectives.size())
                            .mapToObj(i -> new TrainingNews.Learnt(
                                    CanonicalText.name((Record) objectives.get(i)),
                                    progress.losses().get(i).mse(),
                                    progress.losses().get(i).l0()))
                            .toList()));
            if (progress.step() % training.checkpoint() == 0 || progress.step() == progress.steps()) {
                save(trainer.checkpoint(), file);
            }

            if (TaskContext.get().isInterrupted()) {
                throw new TaskKilledException();
            }
        }
    }

    private List<Objective> objectives(int part) {
        return IntStream.range(0, training.objectives().size())
                .filter(i -> i % training.tasks() == part)
                .mapToObj(training.objectives()::get)
                .toList();
    }

    /** Changes with everything that the floats of a training depend on. */
    private String name(List<Objective> objectives) {
        return Sha256.of(origin + "\n" + CanonicalText.value(objectives) + "\n"
                        + CanonicalText.of(training.settings(seed)))
                .substring(0, 16);
    }

    private Normalisation addLearners(
            List<Objective> objectives, TrainingSettings settings, int gpu, List<DjlLearner> learners) {
        float[] sample;
        try (ActivationFiles files = open(Seeds.of(seed, "sample", 0))) {
            sample = HarvestSample.draw(files, tap.channels(), seed);
        }

        Normalisation normalisation = Normalisation.of(sample, tap.channels());
        float[] normalised = normalisation.apply(sample);
        for (Objective objective : objectives) {
            learners.add(new DjlLearner(
                    objective,
                    Initialisation.of(objective, normalisation, normalised, settings.seed()),
                    settings.clip(),
                    gpu));
        }

        return normalisation;
    }

    private ActivationFiles epoch(int epoch) {
        return open(Seeds.of(seed, "epoch", epoch));
    }

    private ActivationFiles open(long order) {
        return ActivationFiles.open(folder.hadoop().configuration(), folder.activations(), order);
    }

    private void restore(Trainer trainer, Path file) {
        if (folder.has(file)) {
            SaeFolder.inScratch(scratch -> {
                folder.fetch(file, scratch.resolve(file.getName()));
                trainer.restore(Checkpoint.read(scratch.resolve(file.getName())));
            });
        }
    }

    private void save(Checkpoint checkpoint, Path file) {
        SaeFolder.inScratch(scratch -> {
            checkpoint.write(scratch.resolve(file.getName()));
            folder.put(scratch.resolve(file.getName()), file);
        });
    }

    private void write(Learner learner) {
        SaeFolder.inScratch(scratch -> {
            SaeBundle bundle = SaeBundle.write(
                    scratch, learner.autoencoder(), tap.name(), modelSha256, learner.objective(), null, null);
            folder.put(bundle, folder.bundle(learner.objective()));
        });
    }
}
