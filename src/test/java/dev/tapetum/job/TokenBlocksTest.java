package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.UserError;
import dev.tapetum.table.ActivationRow;
import dev.tapetum.table.MapEncoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Token n is (n, n + ½): rows of one, two, three and again one token and so on, of 20 tokens together. */
final class TokenBlocksTest {

    private static final int TOKENS = 20;

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 20, 64})
    void everyTokenComesOnceInBlocksOfAnySize(int size) {
        List<int[]> blocks = blocks(size, 5);

        assertThat(blocks.stream().map(block -> block.length))
                .containsExactlyElementsOf(IntStream.iterate(0, start -> start < TOKENS, start -> start + size)
                        .mapToObj(start -> Math.min(size, TOKENS - start))
                        .toList());
        assertThat(blocks.stream().flatMapToInt(Arrays::stream).sorted())
                .containsExactlyElementsOf(IntStream.range(0, TOKENS).boxed().toList());
    }

    @Test
    void aBlockHoldsTheTokensThatComeNextInAnotherOrder() {
        int[] second = blocks(8, 5).get(1);

        assertThat(second).containsExactlyInAnyOrder(8, 9, 10, 11, 12, 13, 14, 15);
        assertThat(second).isNotEqualTo(Arrays.stream(second).sorted().toArray());
    }

    @Test
    void theSeedDecidesTheOrder() {
        assertThat(blocks(8, 5)).usingRecursiveComparison().isEqualTo(blocks(8, 5));
        assertThat(blocks(8, 6).get(0)).isNotEqualTo(blocks(8, 5).get(0));
    }

    /** Of 6000 blocks of three tokens each order comes 1000 times, with a standard deviation of √(6000 · 1/6 · 5/6) = 29. */
    @Test
    void everyOrderIsEquallyLikely() {
        int[] orders = new int[9];
        for (int seed = 0; seed < 6000; seed++) {
            int[] block = blocks(3, 1000L * seed).get(0);
            orders[3 * block[0] + block[1]]++;
        }

        for (int order : new int[] {1, 2, 3, 5, 6, 7}) {
            assertThat(orders[order]).isCloseTo(1000, within(4 * 29));
        }
    }

    @Test
    void activationsOfAnotherWidthAreRefused() {
        ActivationRow narrow = ActivationRow.of("b", new int[] {0}, new float[3], MapEncoding.FLOAT32);
        TokenBlocks blocks = new TokenBlocks(Stream.of(narrow).iterator(), 2, 0);

        assertThatThrownBy(() -> blocks.read(new float[8]))
                .isInstanceOf(UserError.class)
                .hasMessage("The activations of b have 3 channels, but the tap has 2: harvest again");
        assertThatThrownBy(() -> blocks.read(new float[7])).hasMessage("7 floats hold no whole number of tokens of 2");
    }

    @Test
    void aHarvestOfNothingHasNoTokens() {
        TokenBlocks blocks = new TokenBlocks(Stream.<ActivationRow>empty().iterator(), 2, 0);

        assertThat(blocks.read(new float[4])).isZero();
    }

    /** The numbers of the tokens of each block. */
    private static List<int[]> blocks(int size, long seed) {
        TokenBlocks blocks = new TokenBlocks(rows(), 2, seed);
        float[] block = new float[2 * size];
        List<int[]> found = new ArrayList<>();
        for (int tokens = blocks.read(block); tokens > 0; tokens = blocks.read(block)) {
            int[] numbers = new int[tokens];
            for (int i = 0; i < tokens; i++) {
                numbers[i] = (int) block[2 * i];
                assertThat(block[2 * i + 1]).isEqualTo(numbers[i] + 0.5f);
            }

            found.add(numbers);
        }

        assertThat(blocks.read(block)).isZero();
        return found;
    }

    private static Iterator<ActivationRow> rows() {
        List<ActivationRow> rows = new ArrayList<>();
        int token = 0;
        while (token < TOKENS) {
            int count = Math.min(1 + rows.size() % 3, TOKENS - token);
            float[] tokens = new float[2 * count];
            for (int i = 0; i < count; i++) {
                tokens[2 * i] = token;
                tokens[2 * i + 1] = token++ + 0.5f;
            }

            MapEncoding encoding = rows.size() % 2 == 0 ? MapEncoding.FLOAT16 : MapEncoding.FLOAT32;
            rows.add(
                    ActivationRow.of("image " + token, IntStream.range(0, count).toArray(), tokens, encoding));
        }

        return rows.iterator();
    }
}
