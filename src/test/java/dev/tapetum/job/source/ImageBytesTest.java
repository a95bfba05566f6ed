package dev.tapetum.job.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tapetum.SparkExtension;
import dev.tapetum.image.RejectReason;
import dev.tapetum.image.RejectedImageException;
import dev.tapetum.table.RejectPart;
import dev.tapetum.table.RejectStage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class ImageBytesTest {
    private static final long LIMIT = 10;

    @TempDir
    Path folder;

    private final ImageBytes bytes;

    ImageBytesTest(SparkSession spark) {
        this.bytes = new ImageBytes(HadoopSettings.of(spark), LIMIT);
    }

    @Test
    void aFileIsReadWholeUpToTheLimit() throws Exception {
        String path = write("0123456789");

        assertThat(bytes.image(in(FileRange.whole(path)))).asString(UTF_8).isEqualTo("0123456789");
        assertThat(bytes.image(in(new FileRange(path, 0, 10)))).asString(UTF_8).isEqualTo("0123456789");
        assertThat(bytes.image(in(new FileRange(path, 3, 4)))).asString(UTF_8).isEqualTo("3456");
    }

    @Test
    void oneByteMoreIsTooMuchHoweverItIsFound() throws IOException {
        String path = write("0123456789A");

        assertRejected(
                RejectReason.TOO_MANY_BYTES,
                "more bytes than the limit, which is 10",
                () -> bytes.image(in(FileRange.whole(path))));
        assertRejected(
                RejectReason.TOO_MANY_BYTES,
                "11 bytes, the limit is 10",
                () -> bytes.image(in(new FileRange(path, 0, 11))));
        assertRejected(
                RejectReason.TOO_MANY_BYTES,
                "12,345,678,901 bytes, the limit is 10",
                () -> bytes.image(in(new FileRange(path, 512, 12_345_678_901L))));
        assertRejected(RejectReason.TOO_MANY_BYTES, "11 bytes, the limit is 10", () -> bytes.image(with(new byte[11])));
        // The file has grown since it was listed.
        assertRejected(
                RejectReason.TOO_MANY_BYTES,
                "more bytes than the limit, which is 10",
                () -> bytes.image(in(new FileRange(path, 0, 5))));
    }

    @Test
    void nothingIsEmpty() throws IOException {
        String path = write("");

        assertRejected(RejectReason.EMPTY, "The file has no bytes", () -> bytes.image(in(FileRange.whole(path))));
        assertRejected(RejectReason.EMPTY, "The file has no bytes", () -> bytes.image(in(new FileRange(path, 0, 0))));
        assertRejected(RejectReason.EMPTY, "The file has no bytes", () -> bytes.image(with(new byte[0])));
    }

    @Test
    void aFileThatIsNotThereIsMissing() {
        String path = "file:" + folder + "/none.jpg";

        assertRejected(RejectReason.MISSING, path + " does not exist", () -> bytes.image(in(FileRange.whole(path))));
        assertRejected(
                RejectReason.MISSING, path + " does not exist", () -> bytes.image(in(new FileRange(path, 512, 5))));
    }

    @Test
    void aFileThatIsThereButGivesNothingIsUnreadable() throws IOException {
        Path secret = Files.createFile(folder.resolve("secret.jpg"));
        Files.setPosixFilePermissions(secret, Set.of());

        assertRejected(
                RejectReason.UNREADABLE,
                "file:" + folder + " cannot be read: ",
                () -> bytes.image(in(FileRange.whole("file:" + folder))));
        assertRejected(
                RejectReason.UNREADABLE,
                "nosuch://x/a.jpg cannot be read: ",
                () -> bytes.image(in(FileRange.whole("nosuch://x/a.jpg"))));
        assertRejected(RejectReason.UNREADABLE, " cannot be read: ", () -> bytes.image(in(FileRange.whole(""))));
        assumeTrue(!Files.isReadable(secret), "root reads everything");
        assertRejected(
                RejectReason.UNREADABLE, " cannot be read: ", () -> bytes.image(in(FileRange.whole("file:" + secret))));
    }

    @Test
    void aMemberThatItsFileNoLongerHoldsIsUnreadable() throws IOException {
        String path = write("0123456789");

        assertRejected(
                RejectReason.UNREADABLE,
                path + " is shorter than when it was listed",
                () -> bytes.image(in(new FileRange(path, 8, 5))));
    }

    @Test
    void aMaskIsReadAlikeAndItsFailureIsTheMasks() throws Exception {
        String path = write("mask");

        assertThat(bytes.mask(masked(FileRange.whole(path)))).asString(UTF_8).isEqualTo("mask");
        assertThat(bytes.mask(masked(null))).isNull();
        assertRejected(
                RejectReason.BAD_MASK,
                "The image's mask: " + path + ".none does not exist",
                () -> bytes.mask(masked(FileRange.whole(path + ".none"))));
    }

    @Test
    void anImageThatWasRejectedAsItWasListedIsNotAskedFor() {
        RejectPart reject = new RejectPart(RejectStage.LIST, "BAD_ENTRY", "Bad.");
        ListedImage image = image(null, null, null, reject);

        assertThatThrownBy(() -> bytes.image(image)).isInstanceOf(IllegalArgumentException.class);
    }

    private String write(String content) throws IOException {
        return "file:" + Files.writeString(folder.resolve("a.jpg"), content);
    }

    private static ListedImage in(FileRange file) {
        return image(file, null, null, null);
    }

    private static ListedImage with(byte[] content) {
        return image(null, content, null, null);
    }

    private static ListedImage masked(@Nullable FileRange mask) {
        return image(null, null, mask, null);
    }

    @SuppressWarnings("NullAway") // it does not find "byte @Nullable []" in class files
    private static ListedImage image(
            @Nullable FileRange file,
            byte @Nullable [] content,
            @Nullable FileRange mask,
            @Nullable RejectPart reject) {
        return new ListedImage("id", "uri", file, content, null, Map.of(), null, mask, null, reject);
    }

    private static void assertRejected(RejectReason reason, String message, ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOf(RejectedImageException.class)
                .hasFieldOrPropertyWithValue("reason", reason)
                .hasMessageContaining(message);
    }
}
