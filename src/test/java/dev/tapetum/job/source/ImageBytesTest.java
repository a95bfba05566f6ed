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
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.PathIOException;
import org.apache.hadoop.fs.PathIsDirectoryException;
import org.apache.hadoop.security.AccessControlException;
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

    /** Tries four times, at once. */
    private final ImageBytes patient;

    ImageBytesTest(SparkSession spark) {
        FlakyFileSystem.register(spark);
        this.bytes = new ImageBytes(HadoopSettings.of(spark), LIMIT);
        this.patient = new ImageBytes(
                HadoopSettings.of(spark), LIMIT, new Patience(Collections.nCopies(3, Duration.ofMillis(1))));
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
    void aStorageThatRecoversCostsNoImage() throws Exception {
        FlakyFileSystem.failing(2, () -> new SocketTimeoutException("Read timed out"));

        assertThat(patient.image(in(FileRange.whole(flaky("0123")))))
                .asString(UTF_8)
                .isEqualTo("0123");
        assertThat(FlakyFileSystem.opened()).isEqualTo(3);
    }

    @Test
    void aStorageThatFailsAgainAndAgainEndsTheTaskAndIsNoReject() throws Exception {
        String path = flaky("0123");
        List<Supplier<IOException>> failures = List.of(
                () -> new SocketTimeoutException("Read timed out"),
                () -> new ConnectException("Connection refused"),
                () -> new IOException("503 Slow Down"),
                () -> new PathIOException(path, "Stream is closed"),
                () -> new EOFException("Premature end of Content-Length"),
                () -> new UnknownHostException("store.example"));

        for (Supplier<IOException> failure : failures) {
            FlakyFileSystem.failing(100, failure);

            assertThatThrownBy(() -> patient.image(in(new FileRange(path, 0, 4))))
                    .isInstanceOf(StorageException.class)
                    .hasMessageStartingWith(path + " could not be read in 4 attempts: ")
                    .hasMessageContaining(failure.get().getMessage())
                    .hasMessageEndingWith("start again with --resume");
            assertThatThrownBy(() -> patient.mask(masked(FileRange.whole(path))))
                    .isInstanceOf(StorageException.class);
            assertThat(FlakyFileSystem.opened()).isEqualTo(8);
        }
    }

    @Test
    void whatIsWrongWithTheFileIsARejectAtOnce() throws Exception {
        String path = flaky("0123");
        List<Supplier<IOException>> failures = List.of(
                () -> new AccessControlException("Permission denied: user=nobody"),
                () -> new AccessDeniedException(path, null, "403 Forbidden"),
                () -> new PathIsDirectoryException(path),
                () -> new ChecksumException("Checksum error", 512));

        for (Supplier<IOException> failure : failures) {
            FlakyFileSystem.failing(100, failure);

            assertRejected(
                    RejectReason.UNREADABLE,
                    path + " cannot be read: ",
                    () -> patient.image(in(FileRange.whole(path))));
            assertThat(FlakyFileSystem.opened()).isEqualTo(1);
        }
    }

    @Test
    void aFileThatIsThereAndWasNotFoundIsTheStoragesFailureUnlessItMayNotBeRead() throws Exception {
        String path = flaky("0123");
        FlakyFileSystem.failing(100, () -> new FileNotFoundException("a.jpg (Too many open files)"));

        assertThatThrownBy(() -> patient.image(in(FileRange.whole(path)))).isInstanceOf(StorageException.class);

        FlakyFileSystem.failing(100, () -> new FileNotFoundException("a.jpg (Permission denied)"));

        assertRejected(
                RejectReason.UNREADABLE, path + " cannot be read: ", () -> patient.image(in(FileRange.whole(path))));
        assertThat(FlakyFileSystem.opened()).isEqualTo(1);
    }

    @Test
    void whatTheLookForAFileSaysCountsLikeWhatReadingItSays() throws Exception {
        String path = flaky("0123");
        FlakyFileSystem.failing(100, () -> new FileNotFoundException("a.jpg"));
        FlakyFileSystem.failingToLook(() -> new AccessControlException("user=nobody"));

        assertRejected(
                RejectReason.UNREADABLE, path + " cannot be read: ", () -> patient.image(in(FileRange.whole(path))));
        assertThat(FlakyFileSystem.opened()).isEqualTo(1);

        FlakyFileSystem.failingToLook(() -> new IOException("503 Slow Down"));

        assertThatThrownBy(() -> patient.image(in(FileRange.whole(path)))).isInstanceOf(StorageException.class);
    }

    @Test
    void anInterruptionIsNeitherARejectNorTriedAgain() throws Exception {
        String path = flaky("0123");
        FlakyFileSystem.failing(100, () -> new InterruptedIOException("Task killed"));

        assertThatThrownBy(() -> patient.image(in(FileRange.whole(path))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("The task ended");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(FlakyFileSystem.opened()).isEqualTo(1);
    }

    @Test
    void aMaskIsReadAlikeAndItsFailureIsTheMasks() throws Exception {
        String path = write("mask");

        assertThat(bytes.mask(masked(FileRange.whole(path)))).asString(UTF_8).isEqualTo("mask");
        assertThat(bytes.mask(masked(null))).isNull();
        assertRejected(
                RejectReason.BAD_MASK,
                path + ".none does not exist",
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

    private String flaky(String content) throws IOException {
        return write(content).replace("file:", "flaky:");
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
