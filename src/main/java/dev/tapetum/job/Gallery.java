package dev.tapetum.job;

import dev.tapetum.image.DecodeLimits;
import dev.tapetum.image.ImageDecoder;
import dev.tapetum.image.Preprocessing;
import dev.tapetum.image.RejectedImageException;
import dev.tapetum.image.RgbImage;
import dev.tapetum.job.source.HadoopSettings;
import dev.tapetum.job.source.ImageBytes;
import dev.tapetum.job.source.ImageIndex;
import dev.tapetum.job.source.ListedImage;
import dev.tapetum.job.source.Patience;
import dev.tapetum.job.source.StorageException;
import dev.tapetum.report.ImageExample;
import dev.tapetum.table.AttributionRow;
import dev.tapetum.table.PredictionRow;
import dev.tapetum.table.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * The pictures and heat maps of single images of a run. Their bytes are read once more; an image of which nothing can be
 * drawn any more is told in words.
 */
final class Gallery {

    /** The report has been waited for long enough, and a picture is not the whole of it. */
    private static final Patience PATIENCE = new Patience(List.of(Duration.ofSeconds(1)));

    private final SparkSession spark;
    private final RunFolder folder;
    private final HadoopSettings hadoop;
    private final DecodeLimits limits;
    private final Framing framing;

    Gallery(SparkSession spark, RunFolder folder, HadoopSettings hadoop, DecodeLimits limits, Framing framing) {
        this.spark = spark;
        this.folder = folder;
        this.hadoop = hadoop;
        this.limits = limits;
        this.framing = framing;
    }

    /**
     * Images in the order in which they were asked for.
     *
     * @param lacking why some or all have no picture, as the end of a sentence; empty when none is missing
     */
    record Hung(List<ImageExample> images, String lacking) {}

    /**
     * What the model saw of images.
     *
     * @param byId of those that can still be had
     * @param lacking why some or all are not there, as the end of a sentence; empty when none is missing
     */
    record Pictures(Map<String, RgbImage> byId, String lacking) {

        private static Pictures none(String why) {
            return new Pictures(Map.of(), ", without pictures: " + why);
        }
    }

    Hung of(List<PredictionRow> predictions) {
        Object[] ids = predictions.stream().map(PredictionRow::imageId).toArray();
        Map<String, List<AttributionRow>> maps = new LinkedHashMap<>();
        Table.ATTRIBUTIONS
                .read(spark, folder.out())
                .filter(functions.col("run_id").equalTo(folder.runId()))
                .filter(functions.col("image_id").isin(ids))
                .collectAsList()
                .forEach(row -> maps.computeIfAbsent(row.imageId(), id -> new ArrayList<>())
                        .add(row));
        Pictures pictures = pictures(ids);

        List<ImageExample> images = new ArrayList<>();
        for (PredictionRow prediction : predictions) {
            images.add(new ImageExample(
                    prediction,
                    pictures.byId.get(prediction.imageId()),
                    maps.getOrDefault(prediction.imageId(), List.of())));
        }

        return new Hung(images, pictures.lacking);
    }

    /** The pictures alone. */
    Pictures pictures(Object[] ids) {
        Preprocessing preprocessing = framing.preprocessing();
        if (ids.length == 0) {
            return new Pictures(Map.of(), "");
        } else if (preprocessing == null) {
            return Pictures.none(framing.lacking());
        } else if (!ImageIndex.isComplete(hadoop, folder.index())) {
            return Pictures.none("the list of the run's images is gone");
        }

        ImageBytes bytes = new ImageBytes(hadoop, limits.maxBytes(), PATIENCE);
        String lacking = "";
        Map<String, RgbImage> pictures = new LinkedHashMap<>();
        for (ListedImage listed : listed(ids)) {
            try {
                RgbImage decoded = ImageDecoder.decode(bytes.image(listed), limits);
                pictures.put(listed.imageId(), preprocessing.frame(decoded));
            } catch (RejectedImageException e) {
                lacking = ", not all with a picture: " + e.getMessage();
            } catch (OutOfMemoryError e) {
                lacking = ", not all with a picture: the heap has no room for one";
            } catch (StorageException e) {
                // Waiting once more for each of the others would not help.
                return new Pictures(pictures, ", not all with a picture: " + e.getMessage());
            }
        }

        return new Pictures(pictures, lacking);
    }

    private List<ListedImage> listed(Object[] ids) {
        return ImageIndex.open(spark, hadoop, folder.index())
                .images()
                .filter(functions.col("image.image_id").isin(ids))
                .collectAsList()
                .stream()
                .map(indexed -> indexed.image())
                .toList();
    }
}
