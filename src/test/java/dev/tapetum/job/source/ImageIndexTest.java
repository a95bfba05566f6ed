package dev.tapetum.job.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.SparkExtension;
import dev.tapetum.UserError;
import dev.tapetum.job.source.IndexSummary.AttributeSummary;
import dev.tapetum.table.RejectPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class ImageIndexTest {
    private static final IndexSettings SETTINGS = new IndexSettings(10, 7, 7);

    @TempDir
    Path folder;

    @Test
    void everyImageIsInOneShardOfOneWave(SparkSession spark) throws IOException {
        files(200);

        ImageIndex index = write(spark, Plans.images(folder.resolve("data")), SETTINGS);

        assertThat(index.summary().images()).isEqualTo(200);
        assertThat(index.summary().shards()).isEqualTo(20);
        assertThat(index.summary().waves()).isEqualTo(7);
        List<String> ids = new ArrayList<>();

        for (int wave = 0; wave < 7; wave++) {
            for (IndexedImage image : index.wave(wave).collectAsList()) {
                assertThat(image.shard() / 3).isEqualTo(wave);
                ids.add(image.image().imageId());
            }
        }

        assertThat(ids).hasSize(200).doesNotHaveDuplicates();
        assertThat(index.images().count()).isEqualTo(200);
        assertThat(Files.exists(folder.resolve("index/scratch"))).isFalse();
    }

    @Test
    void aWaveReadsItsOwnFilesOnly(SparkSession spark) throws IOException {
        files(60);

        ImageIndex index = write(spark, Plans.images(folder.resolve("data")), SETTINGS);

        assertThat(index.wave(1).inputFiles()).isNotEmpty().allMatch(file -> file.contains("/index/images/wave=1/"));
        assertThatThrownBy(() -> index.wave(6)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void someShardsAreReadFromTheirWavesOnly(SparkSession spark) throws IOException {
        files(60);

        ImageIndex index = write(spark, Plans.images(folder.resolve("data")), SETTINGS);
        // Six shards, one in each wave.
        List<IndexedImage> all = index.images().collectAsList();

        assertThat(index.shards(List.of(1, 4)).inputFiles())
                .isNotEmpty()
                .allMatch(file -> file.contains("/wave=1/") || file.contains("/wave=4/"));
        assertThat(index.shards(List.of(1, 4)).collectAsList())
                .hasSameElementsAs(all.stream()
                        .filter(image -> image.shard() == 1 || image.shard() == 4)
                        .toList());
        assertThat(index.shards(List.of()).collectAsList()).isEmpty();
    }

    @Test
    void neitherPartitionsNorOrderNorWhereTheListingRanShowInTheIndex(SparkSession spark) throws IOException {
        List<String> rows = new ArrayList<>(IntStream.range(0, 500)
                .mapToObj(i -> i % 400 + "," + i + ".jpg,l" + i % 3)
                .toList());
        List<Map<String, String>> indexes = new ArrayList<>();
        List<String> digests = new ArrayList<>();

        for (int partitions : List.of(1, 7)) {
            Path manifest = folder.resolve("m" + partitions);
            Files.createDirectories(manifest);

            for (int part = 0; part < partitions; part++) {
                List<String> own = rows.subList(rows.size() * part / partitions, rows.size() * (part + 1) / partitions);
                Listed.file(manifest, part + ".csv", "uid,path,label\n" + String.join("\n", own) + "\n");
            }

            Collections.shuffle(rows, new Random(partitions));
            Plans plan = Plans.manifest(manifest, folder).imageId("uid").label("label");
            Listing listing = Listing.of(
                    spark, HadoopSettings.of(spark), plan.sample("90%").dataset());
            Listing spread =
                    new Listing(listing.images().repartition(partitions), listing.origin(), false, listing.dataset());
            ImageIndex index = write(spark, spread, SETTINGS);
            digests.add(index.summary().datasetSha256());
            indexes.add(rows(index));
        }

        assertThat(indexes.get(0)).isNotEmpty().isEqualTo(indexes.get(1));
        assertThat(digests.get(0)).isEqualTo(digests.get(1));
    }

    @Test
    void theSecondImageOfAnIdIsARejectWithAnIdOfItsOwn(SparkSession spark) throws IOException {
        Path manifest = Listed.file(
                folder,
                "m.csv",
                "uid,path,label\nx,c.jpg,1\nx,a.jpg,2\nx,b.jpg,3\ny,a.jpg,4\ny,a.jpg,4\nz,a.jpg,5\nx#2,q.jpg,6\nw,,7\nw,z.jpg,8\n");

        ImageIndex index = write(spark, Plans.manifest(manifest).imageId("uid").label("label"), SETTINGS);
        Listed images = listed(index);

        assertThat(images.ids()).containsExactly("w", "w##2", "x", "x##2", "x##3", "x#2", "y", "y##2", "z");
        assertThat(images.image("x").label()).isEqualTo("2");
        assertThat(images.image("x##2").label()).isEqualTo("3");
        assertThat(images.image("x##3").label()).isEqualTo("1");
        assertThat(reject(images, "x##3").reason()).isEqualTo("duplicate-id");
        assertThat(reject(images, "x##3").message()).isEqualTo("An earlier image has the id x too; this is number 3");
        assertThat(reject(images, "y##2").reason()).isEqualTo("duplicate-id");
        assertThat(images.image("w").label()).isEqualTo("8");
        assertThat(reject(images, "w##2").reason()).isEqualTo("bad-entry");
        assertThat(index.summary().images()).isEqualTo(9);
        assertThat(index.summary().rejected()).isEqualTo(4);
    }

    @Test
    void contentStaysWithItsImageAlsoWhenIdsRepeat(SparkSession spark) {
        spark.sql("select concat('i', id % 50) as path, cast(concat('c', id) as binary) as content from range(60)")
                .write()
                .parquet(folder + "/t");

        ImageIndex index = write(spark, Plans.parquet(folder + "/t"), SETTINGS);
        Listed images = listed(index);

        assertThat(index.summary().rejected()).isEqualTo(10);
        assertThat(images.images()).hasSize(60);
        assertThat(images.image("i49").content()).asString().isEqualTo("c49");
        assertThat(images.images().stream().map(image -> new String(bytes(image), UTF_8)))
                .doesNotHaveDuplicates();
    }

    @Test
    void theSummaryCountsLabelsAndAttributes(SparkSession spark) throws IOException {
        Path manifest = Listed.file(
                folder, "m.csv", "path,label,site,age\na,1,n,7\nb,,n,8\nc,2,s,\nd,,,\ntoo,many,fields,in,it\n");

        IndexSummary summary = write(
                        spark, Plans.manifest(manifest).label("label").attributes("site", "age"), SETTINGS)
                .summary();

        assertThat(summary.images()).isEqualTo(5);
        assertThat(summary.rejected()).isEqualTo(1);
        assertThat(summary.labelled()).isEqualTo(3);
        assertThat(summary.attributes())
                .isEqualTo(Map.of("site", new AttributeSummary(4, 3), "age", new AttributeSummary(3, 3)));
    }

    @Test
    void anIndexIsOpenedAgainOnlyOnceItIsComplete(SparkSession spark) throws IOException {
        files(30);
        HadoopSettings hadoop = HadoopSettings.of(spark);
        String directory = folder + "/index";

        assertThat(ImageIndex.isComplete(hadoop, directory)).isFalse();
        ImageIndex written = write(spark, Plans.images(folder.resolve("data")), SETTINGS);

        assertThat(ImageIndex.isComplete(hadoop, directory)).isTrue();
        ImageIndex opened = ImageIndex.open(spark, hadoop, directory);
        assertThat(opened.summary()).isEqualTo(written.summary());
        assertThat(rows(opened)).isEqualTo(rows(written));
        Files.delete(folder.resolve("index/index.json"));
        assertThatThrownBy(() -> ImageIndex.open(spark, hadoop, directory))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("There is no complete list of images in " + directory);
    }

    @Test
    void aSampleIsDrawnFromAllImages(SparkSession spark) throws IOException {
        files(100);

        ImageIndex index = write(spark, Plans.images(folder.resolve("data")).sample("30"), SETTINGS);

        assertThat(index.summary().images()).isEqualTo(30);
        assertThat(index.summary().shards()).isEqualTo(3);
        assertThat(index.images().count()).isEqualTo(30);
    }

    @Test
    void whatThePlanAsksAboutMustBeThere(SparkSession spark) throws IOException {
        files(5);
        Plans plan = Plans.images(folder.resolve("data"));

        assertThatThrownBy(() -> write(spark, plan.attributes("site"), SETTINGS))
                .isInstanceOf(UserError.class)
                .hasMessage("dataset.attributes names 'site', of which no image in " + folder + "/data has a value");
        assertThatThrownBy(() -> write(spark, plan.label("class"), SETTINGS))
                .isInstanceOf(UserError.class)
                .hasMessage("dataset.label is 'class', of which no image in " + folder + "/data has a value");
        assertThatThrownBy(() -> write(spark, plan.sample("0.0001%"), SETTINGS))
                .isInstanceOf(UserError.class)
                .hasMessage("dataset.sample of 0.0001% draws none of the images in " + folder + "/data: take more");
        assertThat(ImageIndex.isComplete(HadoopSettings.of(spark), folder + "/index"))
                .isFalse();
    }

    /** What tasks send to the driver would grow with the files if the driver collected them. */
    @Test
    void theDriverReceivesNoMoreForTwentyThousandFilesThanForTwoHundred(SparkSession spark)
            throws IOException, TimeoutException {
        files(200);
        long few = resultBytes(spark);
        files(20_000);
        long many = resultBytes(spark);

        // 19,800 more files of at least 20 bytes each would be 400 kB.
        assertThat(many - few).isLessThan(100_000);
    }

    private long resultBytes(SparkSession spark) throws TimeoutException {
        AtomicLong bytes = new AtomicLong();
        SparkListener listener = new SparkListener() {
            @Override
            public void onTaskEnd(SparkListenerTaskEnd end) {
                bytes.addAndGet(end.taskMetrics().resultSize());
            }
        };
        spark.sparkContext().addSparkListener(listener);

        try {
            write(spark, Plans.images(folder.resolve("data")), new IndexSettings(2048, 8, 7));
            spark.sparkContext().listenerBus().waitUntilEmpty();
            return bytes.get();
        } finally {
            spark.sparkContext().removeSparkListener(listener);
        }
    }

    private void files(int number) throws IOException {
        for (int i = 0; i < number; i++) {
            Path file = folder.resolve("data/" + i % 20 + "/image-" + i + ".jpg");

            if (i < 20) {
                Files.createDirectories(file.getParent());
            }

            if (!Files.exists(file)) {
                Files.createFile(file);
            }
        }
    }

    private ImageIndex write(SparkSession spark, Plans plan, IndexSettings settings) {
        return write(spark, Listing.of(spark, HadoopSettings.of(spark), plan.dataset()), settings);
    }

    private ImageIndex write(SparkSession spark, Listing listing, IndexSettings settings) {
        return ImageIndex.write(listing, HadoopSettings.of(spark), folder + "/index", settings);
    }

    private static Listed listed(ImageIndex index) {
        return Listed.of(
                index.images().collectAsList().stream().map(IndexedImage::image).toList());
    }

    /** Every row as text, by id. */
    private static Map<String, String> rows(ImageIndex index) {
        Map<String, String> rows = new TreeMap<>();
        index.images().collectAsList().forEach(image -> rows.put(image.image().imageId(), image.toString()));
        return rows;
    }

    private static RejectPart reject(Listed images, String id) {
        RejectPart reject = images.image(id).reject();

        if (reject == null) {
            throw new AssertionError(id + " is no reject");
        }

        return reject;
    }

    private static byte[] bytes(ListedImage image) {
        byte[] content = image.content();
        return content == null ? new byte[0] : content;
    }
}
