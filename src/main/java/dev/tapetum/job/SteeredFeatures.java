package dev.tapetum.job;

import static org.apache.spark.sql.functions.col;

import dev.tapetum.UserError;
import dev.tapetum.config.Plan;
import dev.tapetum.config.PlanFile;
import dev.tapetum.intervention.Editor;
import dev.tapetum.intervention.SaeFeature;
import dev.tapetum.intervention.SteeredFeature;
import dev.tapetum.probe.Seeds;
import dev.tapetum.sae.FeatureExtents;
import dev.tapetum.sae.SaeEncoder;
import dev.tapetum.spec.Sha256;
import dev.tapetum.spec.SplitMix64;
import dev.tapetum.table.RunRow;
import dev.tapetum.table.Table;
import java.io.Serializable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the features that a plan sets to values: how large they get, from the table of an earlier run or from the
 * autoencoder's bundle, and what each is held against. Both are drawn by the run's seed and the feature's index, so that they are
 * the same for every image.
 *
 * @param source the run's autoencoder; null when no editor needs it
 * @param known by editor
 */
record SteeredFeatures(@Nullable FeatureSource source, Map<SaeFeature, Known> known, long seed)
        implements Serializable {

    static final SteeredFeatures NONE = new SteeredFeatures(null, Map.of(), 0);

    /** The other feature is one of so many that are active in about as many images. */
    private static final int CANDIDATES = 20;

    SteeredFeatures {
        known = Map.copyOf(known);
    }

    /** A feature that was active in so many images. */
    record Alive(int feature, long images, double maximum) {}

    /**
     * The features that were active in some images.
     *
     * @param images which, for errors
     * @param orElse what else a user may do whose feature was not among them, for errors
     */
    private record Seen(List<Alive> alive, String images, String orElse) {}

    /** What is known of a feature and of the one it is held against. */
    record Known(double maximum, int other, double otherMaximum) implements Serializable {}

    /**
     * For the editors of a plan.
     *
     * @throws UserError when there is no autoencoder, or neither its bundle nor the run that an editor names knows the feature
     */
    static SteeredFeatures of(SparkSession spark, PlanFile file, @Nullable FeatureSource source) {
        Plan plan = file.plan();
        Map<SaeFeature, Known> known = new HashMap<>();
        List<Editor> editors = plan.interventions();
        FeatureExtents held =
                source != null && editors.stream().anyMatch(SteeredFeatures::asksBundle) ? source.extents() : null;
        for (int i = 0; i < editors.size(); i++) {
            if (editors.get(i) instanceof SaeFeature editor) {
                String path = "interventions[" + i + "]";
                if (source == null) {
                    throw file.error(path, "sae-feature needs an autoencoder, and sae.path names none");
                }

                known.put(editor, known(spark, file, path, editor, source, held));
            }
        }

        return new SteeredFeatures(source, known, plan.run().seed());
    }

    /** Whether the bundle has to say how large the feature gets, and no earlier run. */
    private static boolean asksBundle(Editor editor) {
        return editor instanceof SaeFeature feature && feature.run() == null;
    }

    private static Known known(
            SparkSession spark,
            PlanFile file,
            String path,
            SaeFeature editor,
            FeatureSource source,
            @Nullable FeatureExtents held) {
        Plan plan = file.plan();
        if (editor.feature() >= source.features()) {
            throw file.error(
                    path,
                    "feature is an index below " + source.features() + ", the number of features of " + source.path()
                            + ", not " + editor.feature());
        }

        Seen seen =
                editor.run() == null ? held(file, path, source, held) : ofRun(spark, file, path, editor.run(), source);
        Alive own = seen.alive.stream()
                .filter(row -> row.feature() == editor.feature())
                .findFirst()
                .orElseThrow(() -> file.error(
                        path,
                        "feature " + editor.feature() + " is active in none of " + seen.images
                                + ", so that nobody knows how large it gets; name another" + seen.orElse));
        Alive other = other(seen.alive, own, plan.run().seed());
        if (other == null) {
            throw file.error(
                    path, "in " + seen.images + " no other feature is active to hold " + editor.feature() + " against");
        }

        return new Known(own.maximum, other.feature, other.maximum);
    }

    /** What the autoencoder's own bundle says, of the images that it was judged by. */
    private static Seen held(PlanFile file, String path, FeatureSource source, @Nullable FeatureExtents extents) {
        if (extents == null) {
            throw file.error(
                    path,
                    source.path() + " does not say how large its features get; name in run an earlier run with the same"
                            + " sae.path, or judge it again with tapetum sae train --resume, which changes the bundle, so that"
                            + " earlier runs no longer count as of it");
        }

        return new Seen(
                IntStream.range(0, source.features())
                        .filter(j -> extents.maxima()[j] > 0)
                        .mapToObj(j -> new Alive(j, extents.active()[j], extents.maxima()[j]))
                        .toList(),
                "the " + extents.images() + " held-out images that " + source.path() + " was judged by",
                ", or in run an earlier run that saw it at work");
    }

    /** What the table of an earlier run says. */
    private static Seen ofRun(SparkSession spark, PlanFile file, String path, String run, FeatureSource source) {
        String output = file.plan().run().output();
        List<Alive> alive = isOf(spark, output, run, source)
                ? Table.FEATURES
                        .read(spark, output)
                        .where(col("run_id")
                                .equalTo(run)
                                .and(col("max_activation").gt(0)))
                        .select("feature", "images", "max_activation")
                        .collectAsList()
                        .stream()
                        .map(row -> new Alive(row.getInt(0), row.getLong(1), row.getDouble(2)))
                        .toList()
                : List.of();
        if (alive.isEmpty()) {
            throw file.error(
                    path,
                    "run names '" + run + "', which has no features of " + source.path() + " in " + output
                            + "; audit with the same sae.path first, and name that run, or leave run out");
        }

        return new Seen(alive, "the images of run '" + run + "'", "");
    }

    /** Whether a run used this very autoencoder. */
    private static boolean isOf(SparkSession spark, String output, String runId, FeatureSource source) {
        List<RunRow> runs = Table.RUNS
                .read(spark, output)
                .where(col("run_id").equalTo(runId))
                .collectAsList();
        return runs.stream()
                .map(RunRow::materialSha256)
                .anyMatch(digests -> digests != null && digests.containsValue(source.sha256()));
    }

    /** The one that a feature is held against: any of those that are active in about as many images, but itself; null if there is none. */
    static @Nullable Alive other(List<Alive> alive, Alive own, long seed) {
        List<Alive> nearest = alive.stream()
                .filter(row -> row.feature() != own.feature())
                .sorted(Comparator.comparingLong((Alive row) -> Math.abs(row.images() - own.images()))
                        .thenComparing(Alive::feature))
                .limit(CANDIDATES)
                .toList();
        return nearest.isEmpty()
                ? null
                : nearest.get(new SplitMix64(Seeds.of(seed, "random feature", own.feature())).below(nearest.size()));
    }

    /**
     * Digests of what the earlier runs say, by where it stands: when such a run is made again, it may say something else. What a
     * bundle says, its own digest covers.
     */
    Map<String, String> sha256() {
        Map<String, String> digests = new TreeMap<>();
        known.forEach((editor, of) -> {
            if (editor.run() != null) {
                digests.put(
                        "table features of run '" + editor.run() + "' about " + editor.property(),
                        Sha256.of(of.toString()));
            }
        });
        return digests;
    }

    /** What an editor needs, with the autoencoder of this process. */
    SteeredFeature feature(SaeFeature editor) {
        Known of = Objects.requireNonNull(known.get(editor), editor.property());
        FeatureSource from = Objects.requireNonNull(source);
        SaeEncoder encoder = from.encoder();
        return new SteeredFeature(
                from.path(),
                from.tap(),
                encoder,
                of.maximum,
                of.other,
                of.otherMaximum,
                SteeredFeature.randomDirection(
                        encoder.direction(editor.feature()), Seeds.of(seed, "random direction", editor.feature())));
    }
}
