package dev.tapetum.job.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.SparkExtension;
import dev.tapetum.UserError;
import dev.tapetum.image.RejectReason;
import dev.tapetum.table.RejectPart;
import dev.tapetum.table.RejectStage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class ShardListingTest {
    @TempDir
    Path folder;

    @Test
    void samplesAreImagesWithWhatStandsBesideThem(SparkSession spark) throws Exception {
        Tar.posix()
                .member("d/001.jpg", "one")
                .member("d/001.cls", "3\n")
                .member(
                        "d/001.json",
                        "{\"site\": \"north\", \"age\": 41.5, \"new\": true, \"none\": null, \"list\": [1]}")
                .member("d/001.mask.png", "mask")
                .member("d/002.txt", "a cat")
                .member("d/002.cls", "4")
                .member("d/002.PNG", "two")
                .write(folder.resolve("s-0.tar"));
        Tar.gnu().member("d/001.webp", "three").write(folder.resolve("s-1.tar"));
        Plans plan = Plans.webdataset(folder)
                .label("cls")
                .attributes("site", "age", "new", "none", "list", "folder", "txt")
                .cluster("__key__")
                .mask("mask.png");

        Listed listed = Listed.of(spark, plan);
        ImageBytes bytes = new ImageBytes(HadoopSettings.of(spark), 100);

        assertThat(listed.ids()).containsExactly("s-0.tar/d/001", "s-0.tar/d/002", "s-1.tar/d/001");
        ListedImage one = listed.image("s-0.tar/d/001");
        assertThat(one.uri()).isEqualTo("file:" + folder + "/s-0.tar#d/001.jpg");
        assertThat(one.label()).isEqualTo("3");
        assertThat(one.cluster()).isEqualTo("d/001");
        assertThat(one.attributes()).isEqualTo(Map.of("site", "north", "age", "41.5", "new", "true", "folder", "d"));
        assertThat(listed.image("s-0.tar/d/002").attributes()).isEqualTo(Map.of("folder", "d", "txt", "a cat"));
        assertThat(listed.image("s-1.tar/d/001").label()).isNull();
        assertThat(bytes.image(one)).asString(UTF_8).isEqualTo("one");
        assertThat(bytes.mask(one)).asString(UTF_8).isEqualTo("mask");
        assertThat(bytes.image(listed.image("s-0.tar/d/002"))).asString(UTF_8).isEqualTo("two");
        assertThat(bytes.mask(listed.image("s-0.tar/d/002"))).isNull();
        assertThat(bytes.image(listed.image("s-1.tar/d/001"))).asString(UTF_8).isEqualTo("three");
    }

    @Test
    void aLabelCanBeAnEntryOfTheJsonAndSoCanTheId(SparkSession spark) throws IOException {
        Tar.posix()
                .member("001.json", "{\"class\": \"cat\", \"uid\": 17}")
                .member("001.jpg", "one")
                .write(folder.resolve("s.tar"));

        Listed listed = Listed.of(spark, Plans.webdataset(folder).label("class").imageId("uid"));

        assertThat(listed.by(ListedImage::label)).isEqualTo(Map.of("17", "cat"));
    }

    @Test
    void onlyTarsAreShardsAndHiddenMembersAreNone(SparkSession spark) throws IOException {
        Tar.posix()
                .member("./._a.jpg", "")
                .member("./a.jpg", "1")
                .member("./a.cls", "0")
                .member("__index__", "")
                .member("./b.JPEG", "2")
                .write(folder.resolve("s.tar"));
        Files.writeString(folder.resolve("s.idx"), "index");

        assertThat(Listed.of(spark, Plans.webdataset(folder)).ids()).containsExactly("s.tar/a", "s.tar/b");
        assertThat(Listed.of(spark, Plans.webdataset(folder + "/s*.tar")).ids()).containsExactly("s.tar/a", "s.tar/b");
    }

    @Test
    void dotsInNamesDoNotLoseImages(SparkSession spark) throws IOException {
        Tar.posix()
                .member("v1.0.jpg", "1")
                .member("v2.0.jpg", "2")
                .member("v2.1.jpg", "3")
                .write(folder.resolve("s.tar"));

        Listed listed = Listed.of(spark, Plans.webdataset(folder));

        assertThat(listed.image("s.tar/v1").uri()).endsWith("s.tar#v1.0.jpg");
        assertThat(listed.image("s.tar/v2").reject())
                .isEqualTo(reject("Sample v2: it has several images: v2.0.jpg, v2.1.jpg"));
    }

    @Test
    void aSampleThatIsNoImageIsARejectOfItsOwn(SparkSession spark) throws IOException {
        Tar.posix()
                .member("1.json", "{}")
                .member("2.jpg", "image")
                .member("2.json", "{not JSON")
                .link("3.jpg", TarConstants.LF_SYMLINK)
                .member("4.jpg", "image")
                .write(folder.resolve("s.tar"));

        Listed listed = Listed.of(spark, Plans.webdataset(folder).attributes("site"));

        assertThat(listed.ids()).containsExactly("s.tar/1", "s.tar/2", "s.tar/3", "s.tar/4");
        assertThat(listed.image("s.tar/1").reject()).isEqualTo(reject("Sample 1: it has no image, only 1.json"));
        assertThat(message(listed.image("s.tar/2"))).startsWith("Sample 2: 2.json is not JSON: ");
        assertThat(listed.image("s.tar/3").reject())
                .isEqualTo(reject("Sample 3: 3.jpg has no content of its own: it is a link"));
        assertThat(listed.image("s.tar/4").reject()).isNull();
    }

    @Test
    void aDamagedShardListsWhatIsWholeAndSaysThatItIsDamaged(SparkSession spark) throws IOException {
        Tar tar = Tar.posix();

        for (int i = 0; i < 10; i++) {
            tar.member(i + ".jpg", "image " + i).member(i + ".cls", "0");
        }

        // Four blocks a sample: this cuts the label of sample 6.
        tar.writeCut(folder.resolve("cut.tar"), (4 * 6 + 2) * 512 + 100);
        Tar.posix().member("a.jpg", "whole").write(folder.resolve("whole.tar"));

        Listed listed = Listed.of(spark, Plans.webdataset(folder).label("cls"));

        assertThat(listed.ids())
                .containsExactly(
                        "cut.tar#",
                        "cut.tar/0",
                        "cut.tar/1",
                        "cut.tar/2",
                        "cut.tar/3",
                        "cut.tar/4",
                        "cut.tar/5",
                        "whole.tar/a");
        assertThat(listed.image("cut.tar#").reject())
                .isEqualTo(reject(
                        "Shard cut.tar is damaged: it ends at byte 13412 within a header; sample 6 goes with it"));
        assertThat(listed.images().stream().filter(image -> image.reject() != null))
                .hasSize(1);
    }

    @Test
    void aShardThatCannotBeOpenedIsOneReject(SparkSession spark) throws IOException {
        Tar.posix().member("a.jpg", "whole").write(folder.resolve("whole.tar"));
        Files.createSymbolicLink(folder.resolve("gone.tar"), folder.resolve("nothing"));

        Listed listed = Listed.of(spark, Plans.webdataset(folder));

        assertThat(listed.ids()).containsExactly("gone.tar#", "whole.tar/a");
        assertThat(message(listed.image("gone.tar#"))).startsWith("Shard gone.tar is damaged: it cannot be read: ");
    }

    @Test
    void aCompressedShardIsRefused(SparkSession spark) throws IOException {
        Files.writeString(folder.resolve("s.tar.gz"), "");
        HadoopSettings hadoop = HadoopSettings.of(spark);
        Listing listing = Listing.of(spark, hadoop, Plans.webdataset(folder).dataset());

        assertThatThrownBy(() -> ImageIndex.write(listing, hadoop, folder + "/.index", new IndexSettings(10, 2, 7)))
                .isInstanceOf(UserError.class)
                .hasMessage("Shard file:" + folder
                        + "/s.tar.gz is compressed: unpack it to a .tar, from which single images can be read");
    }

    @Test
    void shardsOfARemoteFileSystemAreListedAlike(SparkSession spark) throws Exception {
        PlainFileSystem.register(spark);
        Tar.posix()
                .member("001.jpg", "x".repeat(3_000_000))
                .member("001.cls", "7")
                .member("002.jpg", "two")
                .write(folder.resolve("10:15.tar"));

        Listed listed = Listed.of(spark, Plans.webdataset("plain:" + folder).label("cls"));

        assertThat(listed.by(ListedImage::label)).isEqualTo(Map.of("10:15.tar/001", "7"));
        assertThat(new ImageBytes(HadoopSettings.of(spark), 10).image(listed.image("10:15.tar/002")))
                .asString(UTF_8)
                .isEqualTo("two");
    }

    private static RejectPart reject(String message) {
        return new RejectPart(RejectStage.LIST, RejectReason.BAD_ENTRY.name(), message);
    }

    private static String message(ListedImage image) {
        RejectPart reject = image.reject();

        if (reject == null) {
            throw new AssertionError(image + " is not rejected");
        }

        return reject.message();
    }
}
