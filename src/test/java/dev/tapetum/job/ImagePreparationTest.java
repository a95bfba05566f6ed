package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.SparkExtension;
import dev.tapetum.image.Crop;
import dev.tapetum.image.DecodeLimits;
import dev.tapetum.image.ImageEncoder;
import dev.tapetum.image.Interpolation;
import dev.tapetum.image.PerChannel;
import dev.tapetum.image.Preprocessing;
import dev.tapetum.image.Resize;
import dev.tapetum.image.RgbImage;
import dev.tapetum.job.source.FileRange;
import dev.tapetum.job.source.FlakyFileSystem;
import dev.tapetum.job.source.HadoopSettings;
import dev.tapetum.job.source.ImageBytes;
import dev.tapetum.job.source.IndexedImage;
import dev.tapetum.job.source.ListedImage;
import dev.tapetum.job.source.Patience;
import dev.tapetum.job.source.StorageException;
import dev.tapetum.job.source.TaskEndedException;
import dev.tapetum.table.RejectStage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
final class ImagePreparationTest {

    @TempDir
    Path folder;

    private final ImagePreparation preparation;

    ImagePreparationTest(SparkSession spark) {
        FlakyFileSystem.register(spark);
        PerChannel half = new PerChannel(0.5, 0.5, 0.5);
        this.preparation = new ImagePreparation(
                new Preprocessing(2, 2, new Resize.None(), Crop.NONE, Interpolation.BILINEAR, half, half),
                DecodeLimits.DEFAULT,
                Map.of("cat", 0),
                new ImageBytes(HadoopSettings.of(spark), 1000, new Patience(List.of())),
                DecodeBudget.OF_PROCESS);
    }

    @Test
    void aMaskWhoseStorageFailsEndsTheTaskAndIsNoReject() {
        FlakyFileSystem.failing(100, () -> new IOException("503 Slow Down"));

        assertThatThrownBy(() -> preparation.prepare(masked("flaky:"))).isInstanceOf(StorageException.class);
    }

    @Test
    void aMaskThatIsMissingRejectsItsImage() {
        Prepared prepared = preparation.prepare(masked("file:"));

        assertThat(prepared.image()).isNull();
        assertThat(Objects.requireNonNull(prepared.reject()).reason()).isEqualTo("bad-mask");
        assertThat(Objects.requireNonNull(prepared.decoded()).width()).isEqualTo(2);
    }

    @Test
    void aHeapWithoutRoomForTheMaskIsARejectAfterOneMoreAttempt() {
        FlakyFileSystem.failing(2, ImagePreparationTest::outOfMemory);

        Prepared prepared = preparation.prepare(masked("flaky:"));

        assertThat(Objects.requireNonNull(prepared.reject()).reason()).isEqualTo("out-of-memory");
        assertThat(Objects.requireNonNull(prepared.reject()).message()).startsWith("The mask: ");
    }

    @Test
    void aHeapWithoutRoomForTheFileIsARejectAfterOneMoreAttempt() throws IOException {
        Files.write(folder.resolve("a.png"), ImageEncoder.png(new RgbImage(2, 2, new byte[12])));
        FlakyFileSystem.failing(2, ImagePreparationTest::outOfMemory);

        Prepared prepared = preparation.prepare(inFile());

        assertThat(Objects.requireNonNull(prepared.reject()).reason()).isEqualTo("out-of-memory");
        assertThat(Objects.requireNonNull(prepared.reject()).stage()).isEqualTo(RejectStage.READ);

        FlakyFileSystem.failing(1, ImagePreparationTest::outOfMemory);

        assertThat(preparation.prepare(inFile()).reject()).isNull();
    }

    @Test
    void theEndOfTheTaskIsNoReject() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> preparation.prepare(masked("file:"))).isInstanceOf(TaskEndedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aRejectedImageDoesNotKeepItsBytes() {
        IndexedImage image = masked("file:");

        assertThat(image.image().content()).isNotNull();
        assertThat(preparation.prepare(image).indexed().image().content()).isNull();
    }

    private static IOException outOfMemory() {
        throw new OutOfMemoryError("as if");
    }

    @SuppressWarnings("NullAway") // it does not find "byte @Nullable []" in class files
    private IndexedImage inFile() {
        FileRange file = new FileRange("flaky:" + folder.resolve("a.png"), 0, FileRange.UNKNOWN);
        return new IndexedImage(0, new ListedImage("a", "a.png", file, null, "cat", Map.of(), null, null, null, null));
    }

    @SuppressWarnings("NullAway") // it does not find "byte @Nullable []" in class files
    private IndexedImage masked(String scheme) {
        byte[] png = ImageEncoder.png(new RgbImage(2, 2, new byte[12]));
        FileRange mask = new FileRange(scheme + folder.resolve("mask.png"), 0, FileRange.UNKNOWN);
        return new IndexedImage(0, new ListedImage("a", "a.png", null, png, "cat", Map.of(), null, mask, null, null));
    }
}
