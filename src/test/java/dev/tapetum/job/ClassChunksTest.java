package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassChunksTest {
    private static List<List<Integer>> chunks(Integer... numbers) {
        List<List<Integer>> chunks = new ArrayList<>();
        new ClassChunks<>(List.of(numbers).iterator(), number -> number / 10, 3).forEachRemaining(chunks::add);
        return chunks;
    }

    @Test
    void aChunkIsOfOneClassAndFullButForTheLast() {
        assertThat(chunks(1, 2, 3, 4, 11, 12, 13, 21))
                .containsExactly(List.of(1, 2, 3), List.of(4), List.of(11, 12, 13), List.of(21));
        assertThat(chunks()).isEmpty();
    }

    @Test
    void aClassIsCutAsItWouldBeAlone() {
        assertThat(chunks(11, 12, 13, 14)).isEqualTo(chunks(1, 11, 12, 13, 14).subList(1, 3));
    }
}
