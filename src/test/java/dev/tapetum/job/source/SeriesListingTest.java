package dev.tapetum.job.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.SparkExtension;
import dev.tapetum.UserError;
import dev.tapetum.intervention.Editor;
import dev.tapetum.intervention.Series;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
final class SeriesListingTest {

    private static final List<String> ROWS = List.of(
            "a,age,2,a2.png", "a,age,1,a1.png", "b,age,1,b1.png", "c,age,high,c.png", "a,fog,1,fog.png", "d,age,1,");

    @TempDir
    Path folder;

    private final SparkSession spark;

    SeriesListingTest(SparkSession spark) {
        this.spark = spark;
    }

    @Test
    void theUsableImagesOfAPropertyAreGatheredByTheImageThatWasEdited() throws IOException {
        Map<String, List<String>> byImage = new TreeMap<>();
        for (Row row : listing(ROWS, "age").byImage().collectAsList()) {
            List<Row> entries = row.getList(1);
            byImage.put(
                    row.getString(0),
                    entries.stream()
                            .map(entry -> entry.<Double>getAs("strength") + " "
                                    + Path.of(entry.<Row>getAs("file").getString(0))
                                            .getFileName())
                            .toList());
        }

        assertThat(byImage)
                .containsExactly(
                        Map.entry("a", List.of("1.0 a1.png", "2.0 a2.png")), Map.entry("b", List.of("1.0 b1.png")));
    }

    @Test
    void aSeriesIsComparedWithTheImagesThatThereAre() throws IOException {
        SeriesListing listing = listing(ROWS, "age", "fog", "rain");

        List<SeriesListing.Match> matches = listing.matches(ids("a", "c", "d", "e", "a"));

        assertThat(matches)
                .containsExactly(
                        new SeriesListing.Match(series("age"), 5, 3, 2, "a"),
                        new SeriesListing.Match(series("fog"), 1, 1, 1, "a"),
                        new SeriesListing.Match(series("rain"), 0, 0, 0, null));
    }

    @Test
    void theDigestIsOfWhatIsUsedWhateverItsOrder() throws IOException {
        String digest = digest(ROWS);
        List<String> others = new ArrayList<>(ROWS);
        others.set(3, "c,age,higher,c.png");
        others.set(4, "a,fog,9,mist.png");
        Collections.reverse(others);
        assertThat(digest(others)).isEqualTo(digest);

        for (String changed : List.of("a,age,3,a2.png", "a,age,2,a3.png", "e,age,2,a2.png", "a,age,two,a2.png")) {
            List<String> rows = new ArrayList<>(ROWS);
            rows.set(0, changed);
            assertThat(digest(rows)).as(changed).isNotEqualTo(digest);
        }
    }

    private String digest(List<String> rows) throws IOException {
        return Objects.requireNonNull(listing(rows, "age").sha256().get(manifest()));
    }

    /** The header can be read, so that the damage is met by a job. */
    @Test
    void aManifestThatIsDamagedFartherOnIsTheUsersToMend() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            Random random = new Random(1);
            gzip.write("image,property,strength,path\n".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 100_000; i++) {
                gzip.write((random.nextLong() + ",age,1,a.png\n").getBytes(StandardCharsets.UTF_8));
            }
        }

        Path manifest = folder.resolve("edits.csv.gz");
        Files.write(manifest, Arrays.copyOf(packed.toByteArray(), packed.size() / 2));
        SeriesListing listing = Objects.requireNonNull(
                SeriesListing.of(spark, HadoopSettings.of(spark), List.of(new Series(manifest.toString(), "age", ""))));

        assertThatThrownBy(listing::sha256).isInstanceOf(UserError.class).hasMessageContaining("edits.csv.gz");
        assertThatThrownBy(() -> listing.matches(ids("a"))).isInstanceOf(UserError.class);
    }

    private SeriesListing listing(List<String> rows, String... properties) throws IOException {
        Listed.file(folder, "edits.csv", "image,property,strength,path\n" + String.join("\n", rows) + "\n");
        return Objects.requireNonNull(SeriesListing.of(
                spark,
                HadoopSettings.of(spark),
                Stream.of(properties).<Editor>map(this::series).toList()));
    }

    private Series series(String property) {
        return new Series(manifest(), property, "");
    }

    private String manifest() {
        return folder.resolve("edits.csv").toString();
    }

    private Dataset<Row> ids(String... ids) {
        return spark.createDataset(List.of(ids), Encoders.STRING()).toDF("image_id");
    }
}
