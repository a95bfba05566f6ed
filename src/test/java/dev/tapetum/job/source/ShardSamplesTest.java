package dev.tapetum.job.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.tapetum.SparkExtension;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class ShardSamplesTest {
    /** Four blocks: the headers and contents of an image and its label. */
    private static final int SAMPLE = 4 * 512;

    @TempDir
    Path folder;

    private final PatientReading reading;

    ShardSamplesTest(SparkSession spark) {
        FlakyFileSystem.register(spark);
        this.reading = new PatientReading(
                HadoopSettings.of(spark), new Patience(Collections.nCopies(3, Duration.ofMillis(1))));
    }

    @BeforeEach
    void write() throws IOException {
        Tar tar = Tar.posix();

        for (int i = 0; i < 5; i++) {
            tar.member(i + ".jpg", "image " + i).member(i + ".cls", "label " + i);
        }

        tar.write(folder.resolve("s.tar"));
    }

    @Test
    void aStorageThatRecoversCostsNoSampleWhereverItFailed() {
        for (int at = 0; at <= 5 * SAMPLE; at += 512) {
            FlakyFileSystem.breaking(at, 3, () -> new SocketTimeoutException("Read timed out"));

            assertThat(samples())
                    .as("after a failure at byte " + at)
                    .extracting(ListedImage::imageId, ListedImage::label)
                    .containsExactlyElementsOf(IntStream.range(0, 5)
                            .mapToObj(i -> tuple("s.tar/" + i, "label " + i))
                            .toList());
            assertThat(FlakyFileSystem.opened()).isEqualTo(4);
        }
    }

    @Test
    void aStorageThatFailsToOpenIsTriedAgainToo() {
        FlakyFileSystem.failing(3, () -> new IOException("503 Slow Down"));

        assertThat(samples()).hasSize(5).allMatch(sample -> sample.reject() == null);
    }

    @Test
    void aStorageThatFailsAgainAndAgainEndsTheTaskAndIsNoReject() {
        FlakyFileSystem.breaking(2 * SAMPLE, 100, () -> new IOException("503 Slow Down"));

        assertThatThrownBy(this::samples)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("s.tar could not be read in 4 attempts: 503 Slow Down");
    }

    private List<ListedImage> samples() {
        List<ListedImage> samples = new ArrayList<>();
        String path = "flaky:" + folder.resolve("s.tar");
        new ShardSamples(
                        reading,
                        path,
                        new FolderEntry("s.tar", FileRange.UNKNOWN, false),
                        Plans.webdataset(folder).label("cls").dataset())
                .forEachRemaining(samples::add);
        return samples;
    }
}
