package dev.tapetum.job.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.SparkExtension;
import dev.tapetum.UserError;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class FolderWalkTest {
    @TempDir
    Path folder;

    private final PatientReading reading;

    FolderWalkTest(SparkSession spark) {
        FlakyFileSystem.register(spark);
        this.reading = new PatientReading(
                HadoopSettings.of(spark), new Patience(Collections.nCopies(3, Duration.ofMillis(1))));
    }

    @BeforeEach
    void write() throws IOException {
        for (String name : List.of("a.jpg", ".hidden", "b.jpg", "c/d.jpg", "c/e.jpg")) {
            Listed.file(folder, name, "");
        }
    }

    @Test
    void aListingThatBreaksOffGoesOnWhereItDid() {
        for (int after = 0; after < 5; after++) {
            FlakyFileSystem.breaking(after, 3, () -> new SocketTimeoutException("Read timed out"));

            assertThat(names()).containsExactlyInAnyOrder("a.jpg", "b.jpg", "c/d.jpg", "c/e.jpg");
        }
    }

    @Test
    void anOutageIsNoMistakeOfTheUser() {
        FlakyFileSystem.breaking(2, 100, () -> new IOException("503 Slow Down"));

        assertThatThrownBy(this::names)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(" could not be read in 4 attempts: 503 Slow Down");
    }

    @Test
    void aFolderThatMayNotBeReadIsTheUsersMistakeAtOnce() {
        FlakyFileSystem.breaking(0, 1, () -> new AccessControlException("user=nobody"));

        assertThatThrownBy(this::names)
                .isInstanceOf(UserError.class)
                .hasMessageContaining(" cannot be listed: user=nobody");
    }

    @Test
    void aFolderThatIsGoneIsTheUsersMistakeAtOnce() {
        FlakyFileSystem.breaking(0, 0, FileNotFoundException::new);

        assertThatThrownBy(() -> names("nothing"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("nothing cannot be listed: ");
    }

    private List<String> names() {
        return names("");
    }

    private List<String> names(String below) {
        List<String> names = new ArrayList<>();
        FolderWalk.deep(reading, "flaky:" + folder, Glob.ALL, new FolderEntry(below, FileRange.UNKNOWN, true))
                .forEachRemaining(entry -> names.add(entry.name()));
        return names;
    }
}
