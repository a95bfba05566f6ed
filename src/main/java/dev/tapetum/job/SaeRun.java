package dev.tapetum.job;

import dev.tapetum.config.Plan;
import dev.tapetum.config.PlanFile;
import dev.tapetum.config.SaeTraining;
import dev.tapetum.job.source.HadoopSettings;
import dev.tapetum.job.source.ImageIndex;
import dev.tapetum.job.source.IndexSettings;
import dev.tapetum.job.source.IndexedImage;
import dev.tapetum.job.source.Listing;
import dev.tapetum.model.ModelBundle;
import dev.tapetum.model.Tap;
import dev.tapetum.sae.Judgement;
import dev.tapetum.sae.Objective;
import dev.tapetum.sae.SaeBundle;
import dev.tapetum.sae.SparseAutoencoder;
import dev.tapetum.spec.CanonicalText;
import dev.tapetum.table.RecordEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * From a plan to trained autoencoders: the images' list, the harvest of their activations, training, and the judgement of held-out
 * images. What is committed in the plan's output is gone on with when that is asked for, and is otherwise made again.
 */
public final class SaeRun {

    /** A shard's activations are one file: of 196 tokens of 768 halves some 77 MB. */
    private static final int MOST_PER_SHARD = 256;

    private static final int MOST_WAVES = 8;

    /** Images that make a task of judgement worth starting. */
    private static final int FEWEST_PER_TASK = 32;

    private final SparkSession spark;
    private final PlanFile file;
    private final Plan plan;
    private final SaeTraining training;
    private final HadoopSettings hadoop;
    private final SaeListener listener;
    private final SaeFolder folder;

    private SaeRun(SparkSession spark, PlanFile file, SaeListener listener) {
        this.spark = spark;
        this.file = file;
        this.plan = file.plan();
        this.training = plan.sae().training();
        this.hadoop = HadoopSettings.of(spark);
        this.listener = listener;
        this.folder = new SaeFolder(output(plan), hadoop);
    }

    /**
     * Trains the autoencoders of a plan.
     *
     * @param resume whether to go on with what an earlier call has committed
     * @throws dev.tapetum.UserError when the plan, the model or the dataset is wrong, or there is nothing to resume
     */
    public static SaeOutcome train(SparkSession spark, PlanFile file, boolean resume, SaeListener listener) {
        return new SaeRun(spark, file, listener).train(resume);
    }

    /** The folder that a plan's autoencoders are trained in. */
    public static String output(Plan plan) {
        String given = plan.sae().training().output();
        return given == null ? plan.run().output() + "/sae" : given;
    }

    private SaeOutcome train(boolean resume) {
        ModelBundle bundle = Preflight.placed(
                file, "model.path", () -> ModelSource.open(plan.model().path(), hadoop));
        Tap tap = SaeForecast.tap(file, bundle.card());
        String origin = origin(bundle, tap);
        prepareFolder(origin, resume);

        ImageIndex index = index();
        new LabelCheck(file, listener::warn)
                .check(
                        index.images().select("image.*"),
                        index.summary().labelled(),
                        bundle.card().classes());
        SaeForecast.ofDrawn(file, bundle.card(), index.summary().images());
        HeldOut heldOut = new HeldOut(plan.run().seed(), training.heldOut());
        requireHeldOut(index, heldOut);

        TokenSource images = TokenSource.of(plan, bundle, hadoop);
        Harvest harvest = new Harvest(spark, folder, index, heldOut, listener);
        try (Progress progress = new Progress(spark.sparkContext())) {
            listener.step("Harvesting activations at " + tap.name() + " of "
                    + index.summary().images() + " images");
            HarvestTask task = new HarvestTask(
                    images, SaeForecast.taken(training, tap), plan.run().seed(), progress.counters());
            HarvestEntry harvested = harvest.run(task, progress);
            Map<String, Long> rejects = harvested.rejected() == 0 ? Map.of() : harvest.rejects();
            List<SaeOutcome.Trained> trained = tooManyRejects(harvested)
                    ? List.of()
                    : trained(bundle, tap, origin, harvested, images, index, heldOut, progress);
            return new SaeOutcome(
                    harvested.listed(),
                    harvested.heldOut(),
                    harvested.ok(),
                    rejects,
                    harvested.tokens(),
                    trained,
                    progress.modelLoads());
        }
    }

    private boolean tooManyRejects(HarvestEntry harvested) {
        long tried = harvested.ok() + harvested.rejected();
        return harvested.rejected() > plan.run().maxRejectFraction() * tried;
    }

    private List<SaeOutcome.Trained> trained(
            ModelBundle bundle,
            Tap tap,
            String origin,
            HarvestEntry harvested,
            TokenSource images,
            ImageIndex index,
            HeldOut heldOut,
            Progress progress) {
        if (harvested.tokens() < training.batch()) {
            throw file.error(
                    "sae.training.batch",
                    "a batch has " + training.batch() + " tokens, and only " + harvested.tokens()
                            + " were harvested; take more images, more tokens-per-image or a smaller batch");
        }

        List<Double> rates = train(new TrainingTask(
                folder,
                training,
                tap,
                bundle.sha256(),
                origin,
                plan.run().seed(),
                plan.model().device(),
                new TrainingWatch.Latest()));
        List<SaeOutcome.Trained> trained = new ArrayList<>();
        for (int i = 0; i < training.objectives().size(); i++) {
            Objective objective = training.objectives().get(i);
            listener.step("Judging " + CanonicalText.of((Record) objective) + " by held-out images");
            JudgeTask task = new JudgeTask(images, tap, folder.bundle(objective), folder, progress.counters());
            trained.add(judged(objective, task, bundle, index, heldOut, rates.get(i % rates.size())));
        }

        return trained;
    }

    /** Tokens per second of each part. */
    private List<Double> train(TrainingTask task) {
        int parts = Math.min(training.tasks(), training.objectives().size());
        listener.step("Training " + training.objectives().size()
                + (training.objectives().size() == 1 ? " autoencoder" : " autoencoders"));
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        try (TrainingWatch watch = new TrainingWatch(spark.sparkContext(), listener::training)) {
            spark.sparkContext().setJobDescription("Training");
            return context.parallelize(IntStream.range(0, parts).boxed().toList(), parts)
                    .map(task.reportingTo(watch.latest()))
                    .collect();
        } finally {
            spark.sparkContext().setJobDescription(null);
        }
    }

    private SaeOutcome.Trained judged(
            Objective objective, JudgeTask task, ModelBundle bundle, ImageIndex index, HeldOut heldOut, double rate) {
        HeldOut judging =
                heldOut.atMost(training.judgedImages(), index.summary().images());
        FilterFunction<IndexedImage> isJudging =
                image -> judging.has(image.image().imageId());
        long about = Math.round(judging.share() * index.summary().images());
        int tasks = (int) Math.max(
                1, Math.min(about / FEWEST_PER_TASK, spark.sparkContext().defaultParallelism()));
        Dataset<IndexedImage> images = index.images()
                .filter(isJudging)
                .repartition(tasks, functions.col("image.image_id"))
                .sortWithinPartitions(functions.col("image.image_id"));
        List<JudgedPart> parts =
                images.mapPartitions(task, RecordEncoder.of(JudgedPart.class)).collectAsList();
        Judgement total = parts.stream()
                .map(JudgedPart::judgement)
                .reduce(Judgement::merge)
                .filter(judgement -> judgement.loss().images() > 0)
                .orElseThrow(() -> file.error(
                        "sae.training.judged-images",
                        "of the held-out images none that was drawn can be used; the autoencoders are trained, and"
                                + " --resume judges them by more"));
        SparseAutoencoder autoencoder = JudgeTask.autoencoder(task.bundle(), folder);
        SaeFolder.inScratch(scratch -> folder.put(
                SaeBundle.write(
                        scratch,
                        autoencoder,
                        task.tap().name(),
                        bundle.sha256(),
                        objective,
                        total.quality(),
                        total.extents()),
                task.bundle()));
        return new SaeOutcome.Trained(
                objective,
                task.bundle(),
                total.quality(),
                total.loss().images(),
                total.loss().labelled(),
                parts.stream().mapToLong(JudgedPart::unusable).sum(),
                rate);
    }

    private void prepareFolder(String origin, boolean resume) {
        if (!resume) {
            folder.delete(folder.harvest());
            folder.delete(folder.checkpoints());
            folder.write(folder.origin(), origin.getBytes(StandardCharsets.UTF_8));
            return;
        }

        if (!folder.has(folder.origin())) {
            throw file.error(
                    "sae.training.output",
                    "there is no harvest in " + folder.output() + " to resume; start without --resume");
        }

        List<String> changed = Origin.changed(folder.read(folder.origin()), origin);
        if (!changed.isEmpty()) {
            throw file.error(
                    "sae.training",
                    "the harvest in " + folder.output() + " was made with another "
                            + String.join(" and another ", changed)
                            + "; put back what was there, or start anew without --resume");
        }
    }

    /** All that a harvest depends on, a line each. */
    private String origin(ModelBundle bundle, Tap tap) {
        return String.join(
                "\n",
                "dataset = " + CanonicalText.of(plan.dataset()),
                "model = " + bundle.sha256(),
                "run.seed = " + plan.run().seed(),
                "run.shard-images = " + shardImages(),
                "sae.training.tap = " + tap.name(),
                "sae.training.tokens-per-image = "
                        + SaeForecast.taken(training, tap).tokens(),
                "sae.training.encoding = " + CanonicalText.value(training.encoding()),
                "sae.training.held-out = " + training.heldOut(),
                "");
    }

    private int shardImages() {
        return Math.min(plan.run().shardImages(), MOST_PER_SHARD);
    }

    private ImageIndex index() {
        if (ImageIndex.isComplete(hadoop, folder.index())) {
            return ImageIndex.open(spark, hadoop, folder.index());
        }

        listener.step("Listing images");
        Listing listing = Listing.of(spark, hadoop, plan.dataset());
        IndexSettings cut =
                new IndexSettings(shardImages(), MOST_WAVES, plan.run().seed());
        return ImageIndex.write(listing, hadoop, folder.index(), cut, null);
    }

    private void requireHeldOut(ImageIndex index, HeldOut heldOut) {
        FilterFunction<IndexedImage> isHeldOut =
                image -> heldOut.has(image.image().imageId());
        if (index.images().filter(isHeldOut).isEmpty()) {
            throw file.error(
                    "sae.training.held-out",
                    "a share of " + training.heldOut() + " holds out none of the "
                            + index.summary().images()
                            + " images, and autoencoders are judged by those; hold out more");
        }
    }
}
