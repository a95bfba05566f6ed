package dev.tapetum.job;

import static org.apache.spark.sql.functions.col;

import dev.tapetum.job.source.ImageIndex;
import dev.tapetum.table.Exemplar;
import dev.tapetum.table.FeatureExemplarRow;
import dev.tapetum.table.FeatureRow;
import dev.tapetum.table.RecordEncoder;
import dev.tapetum.table.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * How some features lie on the images in which they are most active. Evidence has the largest activation of every feature and
 * the grids of none, so these few images are encoded again, in one Spark job.
 *
 * @param task encodes them
 * @param index the run's images
 */
record ExemplarStage(SparkSession spark, RunFolder folder, ExemplarTask task, ImageIndex index) {

    /** As many as fit beside each other in a row of the report. */
    static final int SHOWN = 5;

    private record Key(String imageId, int feature) {}

    /** A row per feature and exemplar, without those that cannot be read any more. */
    List<FeatureExemplarRow> rows(List<Integer> features) {
        List<FeatureRow> chosen = Table.FEATURES
                .read(spark, folder.out())
                .where(col("run_id").equalTo(folder.runId()).and(col("feature").isin(features.toArray())))
                .collectAsList();
        Map<String, List<Integer>> wanted = wanted(chosen);
        if (wanted.isEmpty()) {
            return List.of();
        }

        Map<Key, ExemplarTask.Grid> grids = new HashMap<>();
        index.images()
                .where(col("image.image_id").isin(wanted.keySet().toArray()))
                .repartition(1)
                .mapPartitions(task.encoding(wanted), RecordEncoder.of(ExemplarTask.Grid.class))
                .collectAsList()
                .forEach(grid -> grids.put(new Key(grid.imageId(), grid.feature()), grid));
        List<FeatureExemplarRow> rows = new ArrayList<>();
        chosen.stream().sorted(Comparator.comparing(FeatureRow::feature)).forEach(feature -> {
            for (int rank = 0; rank < shown(feature).size(); rank++) {
                String imageId = shown(feature).get(rank).imageId();
                ExemplarTask.Grid grid = grids.get(new Key(imageId, feature.feature()));
                if (grid != null) {
                    rows.add(row(feature, rank, grid));
                }
            }
        });
        return rows;
    }

    /** The features of each image that is an exemplar of any. */
    private static Map<String, List<Integer>> wanted(List<FeatureRow> chosen) {
        Map<String, List<Integer>> wanted = new HashMap<>();
        chosen.forEach(feature -> shown(feature)
                .forEach(exemplar -> wanted.computeIfAbsent(exemplar.imageId(), id -> new ArrayList<>())
                        .add(feature.feature())));
        return wanted;
    }

    private static List<Exemplar> shown(FeatureRow feature) {
        return feature.topImages().stream().limit(SHOWN).toList();
    }

    private FeatureExemplarRow row(FeatureRow feature, int rank, ExemplarTask.Grid grid) {
        float largest = 0;
        for (float activation : grid.activations()) {
            largest = Math.max(largest, activation);
        }

        return new FeatureExemplarRow(
                folder.runId(),
                feature.sae(),
                feature.feature(),
                rank,
                grid.imageId(),
                largest,
                grid.rows(),
                grid.cols(),
                grid.activations());
    }
}
