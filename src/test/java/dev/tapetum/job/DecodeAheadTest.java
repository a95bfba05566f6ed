package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.job.source.StorageException;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DecodeAheadTest {

    @Test
    void whatIsPreparedComesInOrder() {
        List<Integer> numbers = IntStream.range(0, 50).boxed().toList();

        try (DecodeAhead<Integer, Integer> ahead = new DecodeAhead<>(numbers.iterator(), number -> 2 * number, 7)) {
            assertThat(ahead)
                    .toIterable()
                    .containsExactlyElementsOf(
                            numbers.stream().map(number -> 2 * number).toList());
        }
    }

    @Test
    void whatEndsAPreparationEndsTheTaskWithItsCause() {
        IllegalArgumentException cause = new IllegalArgumentException("ours");
        List<Integer> numbers = List.of(1);

        try (DecodeAhead<Integer, Integer> ahead = new DecodeAhead<>(
                numbers.iterator(),
                number -> {
                    throw cause;
                },
                2)) {
            assertThatThrownBy(ahead::next)
                    .isInstanceOf(IllegalStateException.class)
                    .hasCause(cause);
        }
    }

    @Test
    void aStorageThatFailsIsSeenAsItIs() {
        StorageException cause = new StorageException("a.jpg could not be read", new IOException("503"));

        try (DecodeAhead<Integer, Integer> ahead = new DecodeAhead<>(
                List.of(1).iterator(),
                number -> {
                    throw cause;
                },
                2)) {
            assertThatThrownBy(ahead::next).isSameAs(cause);
        }
    }
}
