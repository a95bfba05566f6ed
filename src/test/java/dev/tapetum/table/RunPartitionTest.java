package dev.tapetum.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.SparkExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class RunPartitionTest {
    @TempDir
    private Path table;

    private RunPartition partition;

    @BeforeEach
    void open(SparkSession spark) {
        partition = RunPartition.of(spark, new org.apache.hadoop.fs.Path(table.toUri()), "r");
    }

    private static Consumer<String> writing(String content) {
        return directory -> {
            try {
                Path path =
                        Path.of(new org.apache.hadoop.fs.Path(directory).toUri().getPath());
                Files.createDirectories(path);
                Files.writeString(path.resolve("part"), content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private String[] entries() throws IOException {
        try (Stream<Path> files = Files.list(table)) {
            return files.map(path -> path.getFileName().toString()).sorted().toArray(String[]::new);
        }
    }

    private String content() throws IOException {
        return Files.readString(table.resolve("run_id=r/part"));
    }

    @Test
    void whatIsWrittenTakesThePlaceOfWhatWasThere() throws IOException {
        partition.replace(writing("old"));
        partition.replace(writing("new"));

        assertThat(content()).isEqualTo("new");
        assertThat(entries()).containsExactly("run_id=r");
    }

    @Test
    void readersSeeTheOldFilesWhileTheNewOnesAreWritten() {
        partition.replace(writing("old"));
        partition.replace(writing("new").andThen(directory -> {
            try {
                assertThat(content()).isEqualTo("old");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }

    @Test
    void aWriterThatFailsLeavesTheOldFiles() throws IOException {
        partition.replace(writing("old"));
        Consumer<String> failing = writing("half").andThen(directory -> {
            throw new IllegalStateException("disk full");
        });

        assertThatThrownBy(() -> partition.replace(failing)).hasMessage("disk full");
        assertThat(content()).isEqualTo("old");

        partition.replace(writing("new"));
        assertThat(content()).isEqualTo("new");
        assertThat(entries()).containsExactly("run_id=r");
    }

    @Test
    void aWriterKilledBetweenTheRenamesLosesNothing() throws IOException {
        partition.replace(writing("old"));
        Files.move(table.resolve("run_id=r"), table.resolve("_replaced-r"));

        Consumer<String> failing = directory -> {
            throw new IllegalStateException("killed again");
        };
        assertThatThrownBy(() -> partition.replace(failing)).hasMessage("killed again");

        assertThat(content()).isEqualTo("old");
    }

    @Test
    void filesAreNotLostWhenTheNewOnesCannotBePutInPlace() throws IOException {
        partition.replace(writing("old"));
        Consumer<String> writingNothing = directory -> {};

        assertThatThrownBy(() -> partition.replace(writingNothing)).isInstanceOf(UncheckedIOException.class);
        assertThat(content()).isEqualTo("old");
    }
}
