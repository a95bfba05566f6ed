package dev.tapetum.fairness.slice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.fairness.Observation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellsTest {

    @Test
    void imagesAreCountedByTheirLiterals() {
        Vocabulary vocabulary = new Vocabulary(List.of(
                new Vocabulary.Entry(new Aspect.Attribute("site"), List.of("annex", "main")),
                new Vocabulary.Entry(new Aspect.PredictedClass(List.of("cup", "mug")), List.of("cup", "mug"))));
        Cells cells = new Cells(vocabulary);
        cells.add(Population.image("1", Map.of("site", "annex"), false));
        cells.add(Population.image("2", Map.of("site", "annex"), true));
        cells.add(Population.image("3", Map.of("site", "annex"), true));
        cells.add(Population.image("4", Map.of("site", "elsewhere"), false));

        // Codes: annex 1, cup 1 (right, since the label is cup), mug 2 (wrong); a value of no literal is 0.
        Cells.Counted counted = cells.counted();
        assertThat(counted.codes()).isDeepEqualTo(new char[][] {{0, 1}, {1, 1}, {1, 2}});
        assertThat(counted.images()).containsExactly(1, 1, 2);
        assertThat(counted.errors()).containsExactly(0, 0, 2);
    }

    @Test
    void imagesWithoutLabelOrPredictionDoNotCount() {
        Cells cells = new Cells(new Vocabulary(List.of()));
        cells.add(Observation.rejected("1", null, Map.of(), 0));
        cells.add(Observation.scored("2", null, Map.of(), Observation.UNKNOWN, 0, 0.5, Map.of()));

        assertThat(cells.counted().allImages()).isZero();
    }

    /** 5 × 3 × 7 × 2 = 210 combinations; a limit of 40 gives up the attribute of 7 values, one of 30 none more, 20 that of 5. */
    @ParameterizedTest
    @ValueSource(ints = {1000, 40, 30, 20, 5, 1})
    void whatIsGivenUpDoesNotDependOnHowImagesAreDealtOut(int most) {
        Population population = Population.of(7, 3000, new int[] {5, 3, 7, 2}, attributes -> 0.3);
        Cells one = new Cells(population.vocabulary(), most);
        population.images().forEach(one::add);
        Random random = new Random(most);
        for (int parts : new int[] {2, 7, 50}) {
            List<Cells> dealt = new ArrayList<>();
            for (int i = 0; i < parts; i++) {
                dealt.add(new Cells(population.vocabulary(), most));
            }

            population
                    .images()
                    .forEach(image -> dealt.get(random.nextInt(parts)).add(image));
            Collections.shuffle(dealt, random);
            Cells merged = new Cells(population.vocabulary(), most);
            dealt.forEach(merged::merge);

            assertThat(merged.givenUp()).isEqualTo(one.givenUp());
            assertThat(merged.counted()).usingRecursiveComparison().isEqualTo(one.counted());
        }
    }

    @Test
    void theAttributeOfMostValuesIsGivenUpFirstAndOfEqualOnesTheLast() {
        Population population = Population.of(7, 3000, new int[] {5, 5, 7, 2}, attributes -> 0.3);
        Cells cells = new Cells(population.vocabulary(), 12);
        population.images().forEach(cells::add);

        assertThat(cells.givenUp()).containsExactly(new Aspect.Attribute("a2"), new Aspect.Attribute("a1"));
        assertThat(cells.counted().images()).hasSize(10);
        assertThat(cells.counted().allImages()).isEqualTo(3000);
    }
}
