package dev.tapetum.fairness.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.fairness.Observation;
import dev.tapetum.stats.FisherExact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SliceSearchTest {
    private static final SearchSettings SETTINGS = new SearchSettings(3, 20, 0.01, 30, 0.95);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void whatIsFoundIsWhatAllSlicesOneByOneWouldGive(int seed) {
        // A bad combination, a bad value, and a rare one; also shapes with a high and with no weight of size.
        Population population = Population.of(
                seed,
                1500,
                new int[] {2, 3, 4, 3, 6},
                attributes -> attributes.get("a1").equals("v2")
                                && attributes.get("a2").equals("v0")
                        ? 0.6
                        : attributes.get("a4").equals("v5") ? 0.35 : 0.15);
        double alpha = new double[] {0.95, 0.5, 1, 0.8}[seed % 4];
        for (int top : new int[] {1, 4, 20, 200}) {
            SearchSettings settings = new SearchSettings(1 + seed % 4, top, 0.01, 10, alpha);

            assertThat(SliceSearch.of(population.cells(), settings)).isEqualTo(oneByOne(population, settings));
        }
    }

    /** Without the test against more general slices, which hides most of the lattice: every pruned slice would be missed. */
    @ParameterizedTest
    @ValueSource(ints = {11, 12, 13})
    void aBadCornerWithinGoodPartsIsFound(int seed) {
        Population population =
                Population.of(seed, 4000, new int[] {3, 3, 3, 3}, attributes -> isCorner(attributes) ? 0.95 : 0.05);
        Found first = SliceSearch.of(population.cells(), SETTINGS).get(0);

        assertThat(first.predicate().text()).isEqualTo("a0 = v1 ∧ a1 = v1 ∧ a2 = v1");
    }

    private static boolean isCorner(Map<String, String> attributes) {
        return IntStream.range(0, 3).allMatch(a -> attributes.get("a" + a).equals("v1"));
    }

    /** Counts every conjunction from the images themselves and applies the rules of the search. */
    private static List<Found> oneByOne(Population population, SearchSettings settings) {
        List<Observation> images = population.images();
        Vocabulary vocabulary = population.vocabulary();
        long errors = images.stream().filter(SliceSearchTest::wrong).count();
        Score score = new Score(settings.alpha(), images.size(), errors);
        List<Found> all = new ArrayList<>();
        conjunctions(vocabulary, 0, List.of(), settings.depth())
                .forEach(literals -> all.add(count(new Predicate(literals), images, score)));
        long fewest = settings.fewest(images.size());
        long singles = all.stream()
                .filter(slice -> slice.predicate().depth() == 1)
                .filter(slice -> slice.images() >= fewest && slice.images() < images.size())
                .count();
        // Java's sort is stable, and conjunctions come in the order of the vocabulary.
        return all.stream()
                .filter(slice -> slice.images() >= fewest && slice.images() < images.size() && slice.score() > 0)
                .filter(slice -> parents(slice.predicate())
                        .map(parent -> count(parent, images, score))
                        .allMatch(parent -> surelyWorse(slice, parent, singles)))
                .sorted(Comparator.comparingDouble((Found slice) -> -slice.score())
                        .thenComparing(slice -> slice.predicate().depth()))
                .limit(settings.top())
                .toList();
    }

    private static Stream<Predicate> parents(Predicate predicate) {
        return IntStream.range(0, predicate.depth())
                .filter(left -> predicate.depth() > 1)
                .mapToObj(left -> {
                    List<Literal> rest = new ArrayList<>(predicate.literals());
                    rest.remove(left);
                    return new Predicate(rest);
                });
    }

    private static boolean surelyWorse(Found slice, Found parent, long singles) {
        long restImages = parent.images() - slice.images();
        long restErrors = parent.errors() - slice.errors();
        return restImages > 0
                && (double) slice.errors() / slice.images() > (double) restErrors / restImages
                && FisherExact.pValue(slice.errors(), slice.images(), restErrors, restImages) <= 0.05 / singles;
    }

    private static List<List<Literal>> conjunctions(Vocabulary vocabulary, int from, List<Literal> prefix, int left) {
        List<List<Literal>> all = new ArrayList<>();
        for (int aspect = from; aspect < vocabulary.aspects() && left > 0; aspect++) {
            for (int code = 1; code <= vocabulary.literals(aspect); code++) {
                List<Literal> literals = new ArrayList<>(prefix);
                literals.add(vocabulary.literal(aspect, code));
                all.add(literals);
                all.addAll(conjunctions(vocabulary, aspect + 1, literals, left - 1));
            }
        }

        return all;
    }

    private static Found count(Predicate predicate, List<Observation> images, Score score) {
        long n = images.stream().filter(predicate::holds).count();
        long errors = images.stream()
                .filter(image -> predicate.holds(image) && wrong(image))
                .count();
        return new Found(predicate, n, errors, n == 0 ? Double.NEGATIVE_INFINITY : score.of(n, errors));
    }

    private static boolean wrong(Observation image) {
        return image.label() != image.predicted();
    }

    /**
     * 400 images, all 40 errors among the 100 of site B: ē<sub>B</sub> = 0.4 against 0.1, and a quarter of the images:
     * 0.95 · 3 − 0.05 · 3 = 2.7. Camera 2 is at site B alone and has all its images; day and night halve every site alike.
     */
    @Test
    void aSliceIsNotToldAgainUnderAConditionThatChangesNothing() {
        List<Observation> images = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            boolean bad = i < 100;
            images.add(Population.image(
                    "image " + i,
                    Map.of("site", bad ? "B" : "A", "camera", bad ? "2" : "1", "light", i % 2 == 0 ? "day" : "night"),
                    bad && i < 40));
        }

        Vocabulary vocabulary = new Vocabulary(List.of(
                new Vocabulary.Entry(new Aspect.Attribute("site"), List.of("A", "B")),
                new Vocabulary.Entry(new Aspect.Attribute("camera"), List.of("1", "2")),
                new Vocabulary.Entry(new Aspect.Attribute("light"), List.of("day", "night"))));
        Cells cells = new Cells(vocabulary);
        images.forEach(cells::add);

        List<Found> found = SliceSearch.of(cells, SETTINGS);
        assertThat(found).extracting(slice -> slice.predicate().text()).containsExactly("site = B", "camera = 2");
        assertThat(found.get(0).score()).isCloseTo(2.7, within(1e-9));
        assertThat(found.get(0).images()).isEqualTo(100);
        assertThat(found.get(0).errors()).isEqualTo(40);
    }

    /** Of 200 images of a tag 80 are called mug, all wrong; of 200 without a tag 40, of which 20 are wrong. */
    @Test
    void thePredictedClassIsAConditionButAloneNoSlice() {
        List<Observation> images = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            boolean tagged = i < 200;
            boolean mug = i % 200 < (tagged ? 80 : 40);
            boolean wrong = mug && (tagged || i % 2 == 0);
            images.add(Observation.scored(
                    "image " + i,
                    null,
                    Map.of("tag", tagged ? "yes" : "no"),
                    mug == wrong ? 0 : 1,
                    mug ? 1 : 0,
                    0.5,
                    Map.of()));
        }

        List<String> classes = List.of("cup", "mug");
        Cells cells = new Cells(new Vocabulary(List.of(
                new Vocabulary.Entry(new Aspect.Attribute("tag"), List.of("no", "yes")),
                new Vocabulary.Entry(new Aspect.PredictedClass(classes), classes))));
        images.forEach(cells::add);

        assertThat(SliceSearch.of(cells, SETTINGS))
                .extracting(slice -> slice.predicate().text())
                .containsExactly("tag = yes ∧ predicted = mug", "tag = yes");
    }

    @Test
    void whereNothingIsWrongNothingIsFound() {
        Population right = Population.of(7, 300, new int[] {3, 3}, attributes -> 0);

        assertThat(SliceSearch.of(right.cells(), SETTINGS)).isEmpty();
    }

    @Test
    void whereEverythingIsWrongNothingIsWorseThanTheRest() {
        Population wrong = Population.of(7, 300, new int[] {3, 3}, attributes -> 1);

        assertThat(SliceSearch.of(wrong.cells(), SETTINGS)).isEmpty();
    }

    @Test
    void withoutImagesNothingIsFound() {
        assertThat(SliceSearch.of(new Cells(new Vocabulary(List.of())), SETTINGS))
                .isEmpty();
    }

    @Test
    void aSliceOfTooFewImagesIsNoSlice() {
        Population population = Population.of(
                7, 2000, new int[] {2, 100}, attributes -> attributes.get("a1").equals("v3") ? 0.9 : 0.1);

        // Some 20 images have the bad value, and min-group asks for 30.
        assertThat(SliceSearch.of(population.cells(), SETTINGS))
                .noneMatch(slice -> slice.predicate().text().contains("a1 = v3"));
        assertThat(SliceSearch.of(population.cells(), new SearchSettings(3, 20, 0.001, 5, 0.95))
                        .get(0)
                        .predicate()
                        .text())
                .isEqualTo("a1 = v3");
    }
}
