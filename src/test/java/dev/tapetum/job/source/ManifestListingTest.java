package dev.tapetum.job.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.SparkExtension;
import dev.tapetum.UserError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class ManifestListingTest {
    @TempDir
    Path folder;

    @Test
    void rowsBecomeImagesWithTheirColumns(SparkSession spark) throws Exception {
        Listed.file(folder, "p/a.jpg", "image");
        Listed.file(folder, "p/a-mask.png", "mask");
        Path manifest = Listed.file(
                folder,
                "m.csv",
                "path,label,site,age,patient,mask\np/a.jpg,cat,north,041,p1,p/a-mask.png\np/b.jpg,dog,,7,p2,\n");
        Plans plan = Plans.manifest(manifest)
                .label("label")
                .attributes("site", "age")
                .cluster("patient")
                .mask("mask");

        Listed listed = Listed.of(spark, plan);

        assertThat(listed.ids()).containsExactly("p/a.jpg", "p/b.jpg");
        ListedImage a = listed.image("p/a.jpg");
        assertThat(a.uri()).isEqualTo("file:" + folder + "/p/a.jpg");
        assertThat(a.file()).isEqualTo(FileRange.whole(a.uri()));
        assertThat(a.label()).isEqualTo("cat");
        assertThat(a.attributes()).isEqualTo(Map.of("site", "north", "age", "041"));
        assertThat(a.cluster()).isEqualTo("p1");
        assertThat(listed.image("p/b.jpg").attributes()).isEqualTo(Map.of("age", "7"));
        assertThat(listed.image("p/b.jpg").maskFile()).isNull();
        ImageBytes bytes = new ImageBytes(HadoopSettings.of(spark), 100);
        assertThat(bytes.image(a)).asString(UTF_8).isEqualTo("image");
        assertThat(bytes.mask(a)).asString(UTF_8).isEqualTo("mask");
    }

    @Test
    void pathsStartAtTheRootUnlessTheySayTheirOwn(SparkSession spark) throws IOException {
        PlainFileSystem.register(spark);
        Path manifest = Listed.file(folder, "m.csv", """
                path
                a b#%20.jpg
                ./c.jpg
                10:15.jpg
                /abs/d.jpg
                file:/abs/e.jpg
                hdfs://host:8020/f.jpg
                s3a://bucket/g.jpg
                """);

        Listed listed = Listed.of(spark, Plans.manifest(manifest, "plain:/photos/"));

        assertThat(listed.by(ListedImage::uri))
                .isEqualTo(Map.of(
                        "a b#%20.jpg", "plain:/photos/a b#%20.jpg",
                        "./c.jpg", "plain:/photos/c.jpg",
                        "10:15.jpg", "plain:/photos/10:15.jpg",
                        "/abs/d.jpg", "/abs/d.jpg",
                        "file:/abs/e.jpg", "file:/abs/e.jpg",
                        "hdfs://host:8020/f.jpg", "hdfs://host:8020/f.jpg",
                        "s3a://bucket/g.jpg", "s3a://bucket/g.jpg"));
    }

    @Test
    void aSchemeWhoseJarIsMissingIsTheUsersToMend(SparkSession spark) throws IOException {
        Path manifest = Listed.file(folder, "m.csv", "path\na.jpg\n");

        assertThatThrownBy(() -> Listed.of(spark, Plans.manifest(manifest, "s3a://bucket/photos")))
                .isInstanceOf(UserError.class)
                .hasMessage("No file system is known for 's3a://bucket/photos': start with the jar that brings it,"
                        + " for s3a: --packages org.apache.hadoop:hadoop-aws:VERSION");
    }

    @Test
    void quotesCommasAndForeignLettersAreRead(SparkSession spark) throws IOException {
        Path manifest = Listed.file(
                folder,
                "m.csv",
                "\uFEFFpath,\"the, label\",note\r\n\"a,b.jpg\",\"he said \"\"cat\"\"\",back\\slash\r\n\r\n猫.jpg,Straße,\"\"\r\n");

        Listed listed =
                Listed.of(spark, Plans.manifest(manifest).label("the, label").attributes("note"));

        assertThat(listed.by(ListedImage::label)).isEqualTo(Map.of("a,b.jpg", "he said \"cat\"", "猫.jpg", "Straße"));
        assertThat(listed.image("a,b.jpg").attributes()).isEqualTo(Map.of("note", "back\\slash"));
        assertThat(listed.image("猫.jpg").attributes()).isEmpty();
    }

    @Test
    void rowsThatAreNotRowsAreRejectsAndNotLost(SparkSession spark) throws IOException {
        Path manifest = Listed.file(
                folder,
                "m.csv",
                "path,label,site\na.jpg,cat,n\nb.jpg,cat\nc.jpg,cat,n,too much\n,dog,n\n\"d.jpg,cat,n\ne.jpg,cat,n\n");

        Listed listed = Listed.of(spark, Plans.manifest(manifest).attributes("site"));

        assertThat(listed.by(
                        image -> image.reject() == null ? null : image.reject().message()))
                .isEqualTo(Map.of(
                        "b.jpg", "The manifest's row does not have the header's 3 fields: b.jpg,cat",
                        "c.jpg", "The manifest's row does not have the header's 3 fields: c.jpg,cat,n,too much",
                        "m.csv#", "The manifest's row names no file",
                        "d.jpg,cat,n", "The manifest's row does not have the header's 3 fields: \"d.jpg,cat,n"));
        assertThat(listed.images()).hasSize(6);
        assertThat(listed.image("b.jpg").reject())
                .extracting("stage", "reason")
                .containsExactly(dev.tapetum.table.RejectStage.LIST, "bad-entry");
        assertThat(listed.image("b.jpg").file()).isNull();
        assertThat(listed.image("e.jpg").reject()).isNull();
    }

    @Test
    void theIdIsItsColumnOrElseThePath(SparkSession spark) throws IOException {
        Path manifest = Listed.file(folder, "m.csv", "path,uid\na.jpg,17\nb.jpg,\n");

        assertThat(Listed.of(spark, Plans.manifest(manifest).imageId("uid")).ids())
                .containsExactly("17", "b.jpg");
    }

    @Test
    void tabsFoldersAndCompressionAreManifestsToo(SparkSession spark) throws IOException {
        Path tabs = Listed.file(folder, "m.tsv", "path\tlabel\na,b.jpg\tcat\n");
        Path many = folder.resolve("many");
        Listed.file(folder, "many/1.csv", "path,label\na.jpg,cat\n");
        Listed.file(folder, "many/2.csv", "path,label\nb.jpg,dog\n");
        Listed.file(folder, "many/_SUCCESS", "");
        Path packed = folder.resolve("m.csv.gz");

        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write("path,label\nz.jpg,cat\n".getBytes(UTF_8));
        }

        assertThat(Listed.of(spark, Plans.manifest(tabs)).ids()).containsExactly("a,b.jpg");
        assertThat(Listed.of(spark, Plans.manifest(many).label("label")).by(ListedImage::label))
                .isEqualTo(Map.of("a.jpg", "cat", "b.jpg", "dog"));
        assertThat(Listed.of(spark, Plans.manifest(packed)).ids()).containsExactly("z.jpg");
    }

    @Test
    void columnsOfParquetAreTextWhateverTheirType(SparkSession spark) {
        spark.sql("select 'a.jpg' as path, 3 as label, true as site, date'2020-02-03' as day, 1.5d as x, null as none")
                .union(spark.sql("select 'b.jpg', null, null, null, null, null"))
                .write()
                .parquet(folder + "/m.parquet");
        Plans plan = Plans.manifest(folder + "/m.parquet").label("label").attributes("site", "day", "x", "none");

        Listed listed = Listed.of(spark, plan);

        assertThat(listed.image("a.jpg").uri()).isEqualTo("file:" + folder + "/a.jpg");
        assertThat(listed.by(ListedImage::label)).isEqualTo(Map.of("a.jpg", "3"));
        assertThat(listed.image("a.jpg").attributes())
                .isEqualTo(Map.of("site", "true", "day", "2020-02-03", "x", "1.5"));
        assertThat(listed.image("b.jpg").attributes()).isEmpty();
    }

    @Test
    void aColumnThatIsNotThereIsNamedWithTheNearest(SparkSession spark) throws IOException {
        Path manifest = Listed.file(folder, "m.csv", "path,Label,site\na.jpg,cat,n\n");
        Plans plan = Plans.manifest(manifest);

        assertThatThrownBy(() -> Listed.of(spark, plan.attributes("site", "sote")))
                .isInstanceOf(UserError.class)
                .hasMessage("dataset.attributes[1] names column 'sote', which " + manifest
                        + " does not have; did you mean 'site'?");
        assertThatThrownBy(() -> Listed.of(spark, plan.label("label")))
                .isInstanceOf(UserError.class)
                .hasMessage("dataset.label names column 'label', which " + manifest
                        + " does not have; did you mean 'Label'?");
        assertThatThrownBy(() -> Listed.of(spark, plan.cluster("patient")))
                .isInstanceOf(UserError.class)
                .hasMessageEndingWith("does not have; known columns: path, Label, site");
        assertThatThrownBy(() -> Listed.of(spark, plan.imageId("uid")))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("dataset.image-id names column 'uid'");
        assertThatThrownBy(() -> Listed.of(spark, plan.mask("m")))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("dataset.mask names column 'm'");
    }

    @Test
    void aManifestThatIsNoneIsAMistake(SparkSession spark) throws IOException {
        Path empty = Listed.file(folder, "empty.csv", "");
        Path text = Listed.file(folder, "m.txt", "path\n");
        Path broken = Listed.file(folder, "broken.parquet", "no Parquet");
        Files.createDirectory(folder.resolve("nothing"));

        assertThatThrownBy(() -> Listed.of(spark, Plans.manifest(folder + "/none.csv")))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("dataset.manifest names " + folder + "/none.csv, which does not exist");
        assertThatThrownBy(() -> Listed.of(spark, Plans.manifest(empty)))
                .isInstanceOf(UserError.class)
                .hasMessage("dataset.manifest names " + empty + ", which is empty: it needs a header");
        assertThatThrownBy(() -> Listed.of(spark, Plans.manifest(text)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("neither CSV (.csv, .tsv) nor Parquet (.parquet)");
        assertThatThrownBy(() -> Listed.of(spark, Plans.manifest(broken)))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("Table " + broken + " is damaged: ")
                .hasMessageContaining("not a Parquet file");
        assertThatThrownBy(() -> Listed.of(spark, Plans.manifest(folder.resolve("nothing"))))
                .isInstanceOf(UserError.class)
                .hasMessage("dataset.manifest names " + folder + "/nothing, an empty folder");
    }

    @Test
    void filesOfOneManifestHaveOneHeader(SparkSession spark) throws IOException {
        Listed.file(folder, "many/1.csv", "path,label,site\na.jpg,cat,n\n");
        Listed.file(folder, "many/2.csv", "path,site,label\nb.jpg,n,dog\n");

        assertThatThrownBy(() ->
                        index(spark, Plans.manifest(folder.resolve("many")).label("label")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(folder + "/many/")
                .hasMessageContaining("CSV header does not conform to the schema");
    }

    private void index(SparkSession spark, Plans plan) {
        HadoopSettings hadoop = HadoopSettings.of(spark);
        ImageIndex.write(
                Listing.of(spark, hadoop, plan.dataset()), hadoop, folder + "/.index", new IndexSettings(10, 2, 7));
    }
}
