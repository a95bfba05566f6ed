package dev.tapetum.job.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tapetum.SparkExtension;
import dev.tapetum.UserError;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class FileListingTest {
    @TempDir
    Path folder;

    @Test
    void everyFileOfAFolderAndItsFoldersIsListedByItsPath(SparkSession spark) throws IOException {
        Listed.file(folder, "a.jpg", "1");
        Listed.file(folder, "d/b.jpg", "22");
        Listed.file(folder, "d/e/f/g/c.png", "333");
        Listed.file(folder, "d/notes.txt", "text is an image that will be rejected");

        Listed listed = Listed.of(spark, Plans.images(folder));

        assertThat(listed.ids()).containsExactly("a.jpg", "d/b.jpg", "d/e/f/g/c.png", "d/notes.txt");
        ListedImage image = listed.image("d/b.jpg");
        assertThat(image.uri()).isEqualTo("file:" + folder + "/d/b.jpg");
        assertThat(image.file()).isEqualTo(new FileRange(image.uri(), 0, 2));
        assertThat(image.content()).isNull();
        assertThat(image.label()).isNull();
        assertThat(image.attributes()).isEmpty();
        assertThat(image.reject()).isNull();
    }

    @Test
    void hiddenFilesAndFoldersAreLeftOutButNotUnderscores(SparkSession spark) throws IOException {
        Listed.file(folder, "_DSC0001.jpg", "");
        Listed.file(folder, "_SUCCESS", "");
        Listed.file(folder, "._DSC0001.jpg", "");
        Listed.file(folder, ".thumbnails/a.jpg", "");
        Listed.file(folder, "d/.DS_Store", "");
        Listed.file(folder, "d/e/.x/y.jpg", "");

        assertThat(Listed.of(spark, Plans.images(folder)).ids()).containsExactly("_DSC0001.jpg");
    }

    @Test
    void aFolderThatStartsWithADotCanBeNamed(SparkSession spark) throws IOException {
        Listed.file(folder, ".cache/a.jpg", "");

        assertThat(Listed.of(spark, Plans.images(folder.resolve(".cache"))).ids())
                .containsExactly("a.jpg");
    }

    @Test
    void aGlobChoosesAndItsIdsStartAtItsLongestPlainFolder(SparkSession spark) throws IOException {
        Listed.file(folder, "x/train/cat/1.jpg", "");
        Listed.file(folder, "x/train/cat/1.txt", "");
        Listed.file(folder, "x/test/dog/2.png", "");
        Listed.file(folder, "x/test/dog/deep/3.png", "");
        Listed.file(folder, "x/other/4.jpg", "");

        assertThat(Listed.of(spark, Plans.images(folder + "/x/t*/*/*.{jpg,png}"))
                        .ids())
                .containsExactly("test/dog/2.png", "train/cat/1.jpg");
        assertThat(Listed.of(spark, Plans.images(folder + "/x/test/**/*.png")).ids())
                .containsExactly("dog/2.png", "dog/deep/3.png");
    }

    @Test
    void aSingleFileIsADatasetOfOne(SparkSession spark) throws IOException {
        Path file = Listed.file(folder, "d/a.jpg", "1");

        Listed listed = Listed.of(spark, Plans.images(file));

        assertThat(listed.ids()).containsExactly("a.jpg");
        assertThat(listed.image("a.jpg").file()).isEqualTo(new FileRange("file:" + file, 0, 1));
    }

    @Test
    void oddNamesAreListedAndRead(SparkSession spark) throws Exception {
        List<String> names = List.of(
                "a b.jpg",
                "a#b.jpg",
                "a%20b.jpg",
                "a,b;c.jpg",
                "10:15:00.jpg",
                "a=b.jpg",
                "a&b?c.jpg",
                "a[1]{2}.jpg",
                "a'b\"c.jpg",
                "a\\b.jpg",
                "a\nb.jpg",
                "a+b~c!.jpg",
                "-",
                " leading and trailing ",
                "Ünïcödé 猫 🐈.jpg");
        assumeTrue(Charset.forName(System.getProperty("sun.jnu.encoding"))
                .newEncoder()
                .canEncode(String.join("", names)));

        for (String name : names) {
            Listed.file(folder, name, "content of " + name);
            Listed.file(folder, "folder " + name + "/" + name, "deep content of " + name);
        }

        Listed listed = Listed.of(spark, Plans.images(folder));
        ImageBytes bytes = new ImageBytes(HadoopSettings.of(spark), 1000);

        assertThat(listed.images()).hasSize(2 * names.size());

        for (String name : names) {
            ListedImage deep = listed.image("folder " + name + "/" + name);
            assertThat(bytes.image(listed.image(name))).asString(UTF_8).isEqualTo("content of " + name);
            assertThat(bytes.image(deep)).asString(UTF_8).isEqualTo("deep content of " + name);
        }
    }

    @Test
    void aFolderWhoseNameIsAPatternIsFoundByItsName(SparkSession spark) throws IOException {
        Listed.file(folder, "photos [2020]/a.jpg", "");
        Listed.file(folder, "photos 2/b.jpg", "");

        assertThat(Listed.of(spark, Plans.images(folder.resolve("photos [2020]")))
                        .ids())
                .containsExactly("a.jpg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:%s", "file://%s", "plain:%s", "plain://%s"})
    void placesAreUrisOfAnyFileSystem(String form, SparkSession spark) throws Exception {
        PlainFileSystem.register(spark);
        Listed.file(folder, "d/a:b #1.jpg", "1");
        Listed.file(folder, "d/e/b.jpg", "22");
        Listed.file(folder, "d/.x/c.jpg", "333");
        String place = String.format(form, folder);

        Listed listed = Listed.of(spark, Plans.images(place));

        assertThat(listed.ids()).containsExactly("d/a:b #1.jpg", "d/e/b.jpg");
        ListedImage image = listed.image("d/a:b #1.jpg");
        assertThat(image.uri()).startsWith(place.substring(0, 5)).endsWith(folder + "/d/a:b #1.jpg");
        assertThat(image.file()).isEqualTo(new FileRange(image.uri(), 0, 1));
        assertThat(new ImageBytes(HadoopSettings.of(spark), 10).image(image)).containsExactly('1');
        assertThat(Listed.of(spark, Plans.images(place + "/*/*/*.jpg")).ids()).containsExactly("d/e/b.jpg");
    }

    @Test
    void folderNamesAreColumns(SparkSession spark) throws IOException {
        Listed.file(folder, "site=north/vendor=a/cat/1.jpg", "");
        Listed.file(folder, "site=south/dog/2.jpg", "");
        Listed.file(folder, "3.jpg", "");

        Listed listed = Listed.of(
                spark,
                Plans.images(folder)
                        .label("folder")
                        .attributes("site", "vendor")
                        .cluster("path"));

        assertThat(listed.by(ListedImage::label))
                .isEqualTo(Map.of("site=north/vendor=a/cat/1.jpg", "cat", "site=south/dog/2.jpg", "dog"));
        assertThat(listed.image("site=north/vendor=a/cat/1.jpg").attributes())
                .isEqualTo(Map.of("site", "north", "vendor", "a"));
        assertThat(listed.image("site=south/dog/2.jpg").attributes()).isEqualTo(Map.of("site", "south"));
        assertThat(listed.image("3.jpg").attributes()).isEmpty();
        assertThat(listed.image("3.jpg").cluster()).isEqualTo("3.jpg");
    }

    @Test
    void linksAreFollowedAndLinksToNothingAreListed(SparkSession spark) throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Listed.file(outside, "far/a.jpg", "12");
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Files.createSymbolicLink(inside.resolve("link.jpg"), outside.resolve("far/a.jpg"));
        Files.createSymbolicLink(inside.resolve("linked"), outside.resolve("far"));
        Files.createSymbolicLink(inside.resolve("gone.jpg"), outside.resolve("nothing"));

        Listed listed = Listed.of(spark, Plans.images(inside));

        assertThat(listed.ids()).containsExactly("gone.jpg", "link.jpg", "linked/a.jpg");
        assertThat(listed.image("link.jpg").file()).isEqualTo(new FileRange("file:" + inside + "/link.jpg", 0, 2));
        assertThat(listed.image("gone.jpg").file()).isEqualTo(FileRange.whole("file:" + inside + "/gone.jpg"));
    }

    @Test
    void aLinkToAFolderAboveItIsAMistakeAndNotWalkedForEver(SparkSession spark) throws IOException {
        Listed.file(folder, "d/a.jpg", "");
        Files.createSymbolicLink(folder.resolve("d/again"), folder);

        assertThatThrownBy(() -> index(spark, Plans.images(folder)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("d cannot be listed")
                .hasMessageContaining("d/again is a link to a folder that contains it");
    }

    @Test
    void aPlaceThatIsNotThereIsNamed(SparkSession spark) {
        assertThatThrownBy(() -> Listed.of(spark, Plans.images(folder + "/none")))
                .isInstanceOf(UserError.class)
                .hasMessage("dataset.images names " + folder + "/none, which does not exist");
        assertThatThrownBy(() -> Listed.of(spark, Plans.images(folder + "/none/*.jpg")))
                .isInstanceOf(UserError.class)
                .hasMessage("dataset.images looks for files below " + folder + "/none, which does not exist");
        assertThatThrownBy(() -> Listed.of(spark, Plans.images("nosuch://bucket/photos")))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("No file system is known for 'nosuch://bucket/photos'");
        assertThatThrownBy(() -> Listed.of(spark, Plans.images(folder + "/{a")))
                .isInstanceOf(UserError.class)
                .hasMessage("dataset.images is no pattern: '{' is not closed in '{a'");
    }

    @Test
    void anEmptyFolderIsAMistake(SparkSession spark) throws IOException {
        Files.createDirectories(folder.resolve("empty/deep/.hidden"));

        for (String place : List.of("empty", "empty/*.jpg")) {
            assertThatThrownBy(() -> index(spark, Plans.images(folder + "/" + place)))
                    .isInstanceOf(UserError.class)
                    .hasMessage("There is no image in " + folder + "/" + place);
        }
    }

    @Test
    void masksNeedATable(SparkSession spark) {
        assertThatThrownBy(() -> Listed.of(spark, Plans.images(folder).mask("mask")))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("dataset.mask needs a table");
    }

    private void index(SparkSession spark, Plans plan) {
        HadoopSettings hadoop = HadoopSettings.of(spark);
        ImageIndex.write(
                Listing.of(spark, hadoop, plan.dataset()), hadoop, folder + "/.index", new IndexSettings(10, 2, 7));
    }
}
