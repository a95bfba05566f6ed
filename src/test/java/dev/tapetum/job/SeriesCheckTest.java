package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.SparkExtension;
import dev.tapetum.UserError;
import dev.tapetum.config.PlanFile;
import dev.tapetum.job.source.HadoopSettings;
import dev.tapetum.job.source.SeriesListing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
final class SeriesCheckTest {

    @TempDir
    Path folder;

    private final SparkSession spark;

    SeriesCheckTest(SparkSession spark) {
        this.spark = spark;
    }

    @Test
    void idsThatAreSpeltOtherwiseAreRefused() throws IOException {
        assertThatThrownBy(() -> remarks("x.jpg,age,1,a.png\nx.jpg,age,2,b.png\n"))
                .isInstanceOf(UserError.class)
                .hasMessageEndingWith("none of the 2 rows about age in " + folder.resolve("edits.csv")
                        + " names one of the run's 3 images: they name x.jpg and the like, and the images are called"
                        + " images/x.jpg and the like; the column image must have the images' ids");
    }

    @Test
    void aPropertyThatTheManifestDoesNotHaveIsRefused() throws IOException {
        assertThatThrownBy(() -> remarks("images/x.jpg,fog,1,a.png\n"))
                .isInstanceOf(UserError.class)
                .hasMessageEndingWith(
                        "edits.csv has no row whose property is 'age'; name one that is in its column property");
    }

    @Test
    void rowsOfWhichNoneCanBeUsedAreRefused() throws IOException {
        assertThatThrownBy(() -> remarks("images/x.jpg,age,old,a.png\n", "dataset.sample=2"))
                .isInstanceOf(UserError.class)
                .hasMessageEndingWith("has an image, a path, and a strength that is a number");
    }

    @Test
    void someRowsThatAreNotUsedAreCounted() throws IOException {
        String rows = "images/x.jpg,age,1,a.png\nx.jpg,age,2,b.png\nimages/x.jpg,age,old,a.png\n";

        assertThat(remarks(rows))
                .containsExactly("2 of 3 rows about age in " + folder.resolve("edits.csv")
                        + " are not used: they name no image of the run, no file, or no strength that is a number");
        assertThat(remarks("images/x.jpg,age,1,a.png\n")).isEmpty();
    }

    /** The manifest is of the whole dataset, and the sample need not have any of its images. */
    @Test
    void aSampleWithoutAnyOfTheImagesIsRemarkedOn() throws IOException {
        assertThat(remarks("x.jpg,age,1,a.png\n", "dataset.sample=2"))
                .singleElement()
                .asString()
                .startsWith("none of the 1 rows about age");
        assertThat(remarks("images/x.jpg,age,1,a.png\nx.jpg,age,1,a.png\n", "dataset.sample=2"))
                .isEmpty();
    }

    private List<String> remarks(String rows, String... options) throws IOException {
        Path manifest = Files.writeString(folder.resolve("edits.csv"), "image,property,strength,path\n" + rows);
        List<String> all = new ArrayList<>(List.of(options));
        all.add("interventions=[hue, { editor = series, manifest = \"%s\", property = age }]".formatted(manifest));
        PlanFile file = new DemoAudit(folder).plan("series", all.toArray(String[]::new));
        SeriesListing listing = Objects.requireNonNull(
                SeriesListing.of(spark, HadoopSettings.of(spark), file.plan().interventions()));
        List<String> remarks = new ArrayList<>();
        new SeriesCheck(file, remarks::add)
                .check(
                        listing,
                        spark.createDataset(List.of("images/x.jpg", "images/y.jpg", "images/z.jpg"), Encoders.STRING())
                                .toDF("image_id"));
        return remarks;
    }
}
