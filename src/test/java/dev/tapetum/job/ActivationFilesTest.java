package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.SparkExtension;
import dev.tapetum.UserError;
import dev.tapetum.table.ActivationRow;
import dev.tapetum.table.MapEncoding;
import dev.tapetum.table.RecordEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(SparkExtension.class)
final class ActivationFilesTest {

    private static final int WIDTH = 3;

    private final SparkSession spark;

    @TempDir
    private Path folder;

    ActivationFilesTest(SparkSession spark) {
        this.spark = spark;
    }

    /** In both formats, also the one that was not wanted: the third row has a number that halves do not know. */
    @ParameterizedTest
    @EnumSource
    void whatSparkWroteIsReadWithoutIt(MapEncoding encoding) {
        List<ActivationRow> rows = rows(0, 5, encoding);
        write(rows, "");

        List<ActivationRow> read = read(1);

        assertThat(read.stream().map(ActivationRow::imageId))
                .containsExactly("image 0", "image 1", "image 2", "image 3", "image 4");
        for (int i = 0; i < rows.size(); i++) {
            assertThat(read.get(i).positions()).containsExactly(rows.get(i).positions());
            assertThat(read.get(i).width()).isEqualTo(WIDTH);
            assertThat(read.get(i).encoding()).isEqualTo(i == 2 ? MapEncoding.FLOAT32 : encoding);
            assertThat(read.get(i).tokens()).containsExactly(rows.get(i).tokens());
        }
    }

    @Test
    void filesOfFoldersWithinAreReadOnceInAnOrderThatTheSeedDraws() {
        for (int wave = 0; wave < 4; wave++) {
            write(rows(3 * wave, 3, MapEncoding.FLOAT16), "wave-" + wave);
        }

        List<String> once = ids(read(1));

        assertThat(once).hasSize(12).doesNotHaveDuplicates().isEqualTo(ids(read(1)));
        assertThat(List.of(ids(read(2)), ids(read(3)), ids(read(4)))).anyMatch(other -> !other.equals(once));
    }

    @Test
    void whatIsBeingWrittenIsNoPartOfTheHarvest() {
        write(rows(0, 2, MapEncoding.FLOAT32), "done");
        write(rows(2, 2, MapEncoding.FLOAT32), "_staging/wave-1");
        write(rows(4, 2, MapEncoding.FLOAT32), ".hidden");

        assertThat(ids(read(1))).containsExactly("image 0", "image 1");
    }

    @Test
    void aHarvestThatIsNotThereIsRefused() {
        String empty = folder.toString();
        String missing = folder.resolve("missing").toString();
        Configuration hadoop = hadoop();

        for (String none : List.of(empty, missing)) {
            assertThatThrownBy(() -> ActivationFiles.open(hadoop, none, 0))
                    .isInstanceOf(UserError.class)
                    .hasMessage("There are no activations in '" + none + "': harvest them first");
        }
    }

    @Test
    void filesWithoutRowsAreEmpty() {
        write(List.of(), "");

        try (ActivationFiles files = ActivationFiles.open(hadoop(), folder.toString(), 0)) {
            assertThat(files.hasNext()).isFalse();
            assertThatThrownBy(files::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    /** As a reader of another language would find it. */
    @Test
    void theFormatIsPlainParquet() {
        write(rows(0, 1, MapEncoding.FLOAT16), "");

        assertThat(spark.read().parquet(folder.toString()).schema().toDDL().toLowerCase(Locale.ROOT))
                .contains("image_id string")
                .contains("positions array<int>")
                .contains("width int")
                .contains("encoding string")
                .contains("values binary");
        assertThat(Files.exists(folder.resolve("_SUCCESS"))).isTrue();
    }

    private static List<ActivationRow> rows(int from, int count, MapEncoding encoding) {
        List<ActivationRow> rows = new ArrayList<>();
        for (int image = from; image < from + count; image++) {
            int[] positions = {image, image + 2};
            float[] tokens = {image, 0.5f, -1, 2, image == 2 ? 1e6f : 3, 0.25f};
            rows.add(ActivationRow.of("image " + image, positions, tokens, encoding));
        }

        return rows;
    }

    private void write(List<ActivationRow> rows, String into) {
        spark.createDataset(rows, RecordEncoder.of(ActivationRow.class))
                .coalesce(1)
                .write()
                .mode("overwrite")
                .parquet(folder.resolve(into).toString());
    }

    private List<ActivationRow> read(long seed) {
        List<ActivationRow> rows = new ArrayList<>();
        try (ActivationFiles files = ActivationFiles.open(hadoop(), folder.toString(), seed)) {
            files.forEachRemaining(rows::add);
        }

        return rows;
    }

    private Configuration hadoop() {
        return spark.sparkContext().hadoopConfiguration();
    }

    private static List<String> ids(List<ActivationRow> rows) {
        return rows.stream().map(ActivationRow::imageId).toList();
    }
}
