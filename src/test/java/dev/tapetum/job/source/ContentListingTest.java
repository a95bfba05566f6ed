package dev.tapetum.job.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.SparkExtension;
import dev.tapetum.UserError;
import dev.tapetum.image.RejectReason;
import dev.tapetum.image.RejectedImageException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class ContentListingTest {
    @TempDir
    static Path folder;

    @BeforeAll
    static void table(SparkSession spark) {
        spark.sql("""
                        select * from values
                          ('one', cast('first' as binary), 'cat', 'north', cast('m' as binary), 'masks/1.png'),
                          ('two', cast('second' as binary), null, '', null, null),
                          ('three', null, 'dog', 'south', null, null),
                          (null, cast('' as binary), 'dog', 'south', null, null)
                        as t (path, content, label, site, mask, mask_path)
                        """).coalesce(1).write().parquet(folder + "/t.parquet");
    }

    @Test
    void contentComesWithTheRow(SparkSession spark) throws Exception {
        Listed listed = Listed.of(
                spark,
                Plans.parquet(folder + "/t.parquet")
                        .label("label")
                        .attributes("site")
                        .mask("mask"));
        ImageBytes bytes = new ImageBytes(HadoopSettings.of(spark), 100);

        ListedImage one = listed.image("one");
        assertThat(one.file()).isNull();
        assertThat(one.uri()).matches("file:.*/t.parquet/part-.*\\.parquet#0");
        assertThat(one.attributes()).isEqualTo(Map.of("site", "north"));
        assertThat(listed.image("two").attributes()).isEmpty();
        assertThat(listed.by(ListedImage::label)).containsEntry("one", "cat").doesNotContainKey("two");
        assertThat(bytes.image(one)).asString(UTF_8).isEqualTo("first");
        assertThat(bytes.mask(one)).asString(UTF_8).isEqualTo("m");
        assertThat(bytes.mask(listed.image("two"))).isNull();
    }

    @Test
    void aRowWithoutContentIsFoundMissingAndOneWithoutIdHasItsUri(SparkSession spark) {
        Listed listed = Listed.of(spark, Plans.parquet(folder + "/t.parquet"));
        ImageBytes bytes = new ImageBytes(HadoopSettings.of(spark), 100);

        assertThat(listed.images()).hasSize(4);
        assertThatThrownBy(() -> bytes.image(listed.image("three")))
                .isInstanceOf(RejectedImageException.class)
                .hasFieldOrPropertyWithValue("reason", RejectReason.MISSING)
                .hasMessage("The table has the image's row but no bytes in it");
        ListedImage nameless = listed.images().get(0);
        assertThat(nameless.imageId()).isEqualTo(nameless.uri()).endsWith("#3");
        assertThatThrownBy(() -> bytes.image(nameless)).hasFieldOrPropertyWithValue("reason", RejectReason.EMPTY);
    }

    @Test
    void aMaskCanBeAFileBesideTheTable(SparkSession spark) {
        Listed listed = Listed.of(spark, Plans.parquet(folder + "/t.parquet").mask("mask_path"));

        assertThat(listed.image("one").maskFile())
                .isEqualTo(FileRange.whole("file:" + folder + "/t.parquet/masks/1.png"));
        assertThat(listed.image("two").maskFile()).isNull();
    }

    @Test
    void aTableWithoutTheColumnsIsAMistake(SparkSession spark) {
        Plans plan = Plans.parquet(folder + "/t.parquet");

        assertThatThrownBy(() -> Listed.of(spark, plan.imageId("pith")))
                .isInstanceOf(UserError.class)
                .hasMessage("dataset.image-id names column 'pith', which " + folder
                        + "/t.parquet does not have; did you mean 'path'?");
        assertThatThrownBy(() -> Listed.of(spark, Plans.parquet(folder + "/none.parquet")))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("Table " + folder + "/none.parquet cannot be read: ");
    }

    @Test
    void textIsNoContent(@TempDir Path own, SparkSession spark) {
        spark.sql("select 'a' as path, 'text' as content").write().parquet(own + "/t");

        assertThatThrownBy(() -> Listed.of(spark, Plans.parquet(own + "/t")))
                .isInstanceOf(UserError.class)
                .hasMessage("dataset.content names column 'content' of " + own + "/t, which is not binary");
    }
}
