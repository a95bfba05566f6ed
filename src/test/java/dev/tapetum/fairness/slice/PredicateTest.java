package dev.tapetum.fairness.slice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.fairness.Group;
import dev.tapetum.fairness.Observation;
import dev.tapetum.fairness.Select;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PredicateTest {
    private static final List<String> CLASSES = List.of("cup", "mug");
    private static final Literal ANNEX = new Literal(new Aspect.Attribute("site"), "annex");
    private static final Literal MUG = new Literal(new Aspect.PredictedClass(CLASSES), "mug");
    private static final Literal ACTIVE = new Literal(new Aspect.Feature(34), Aspect.Feature.ANSWERS.get(0));
    private static final Literal NOT_ACTIVE = new Literal(new Aspect.Feature(34), Aspect.Feature.ANSWERS.get(1));
    private static final Literal NOWHERE = new Literal(new Aspect.Attribute("site"), Group.MISSING);

    private static Observation image(Map<String, String> attributes, int predicted, Set<Integer> active) {
        return Observation.scored("image", null, attributes, 0, predicted, 0.5, Map.of())
                .showing(active);
    }

    @Test
    void itSaysInWordsWhatImagesHaveInCommon() {
        assertThat(new Predicate(List.of(ANNEX, MUG, ACTIVE)).text())
                .isEqualTo("site = annex ∧ predicted = mug ∧ feature 34 active");
        assertThat(new Predicate(List.of(NOWHERE, NOT_ACTIVE)).text())
                .isEqualTo("site = (missing) ∧ feature 34 not active");
    }

    @Test
    void itHoldsWhereAllConditionsHold() {
        Predicate predicate = new Predicate(List.of(ANNEX, MUG, ACTIVE));

        assertThat(predicate.holds(image(Map.of("site", "annex"), 1, Set.of(34))))
                .isTrue();
        assertThat(predicate.holds(image(Map.of("site", "annex"), 1, Set.of()))).isFalse();
        assertThat(predicate.holds(image(Map.of("site", "annex"), 0, Set.of(34))))
                .isFalse();
        assertThat(predicate.holds(image(Map.of("site", "main"), 1, Set.of(34))))
                .isFalse();
    }

    @Test
    void anAttributeThatIsAbsentOrBlankIsMissing() {
        Predicate predicate = new Predicate(List.of(NOWHERE));

        assertThat(predicate.holds(image(Map.of(), 0, Set.of()))).isTrue();
        assertThat(predicate.holds(image(Map.of("site", " \t"), 0, Set.of()))).isTrue();
        assertThat(predicate.holds(image(Map.of("site", "annex"), 0, Set.of()))).isFalse();
    }

    @Test
    void theQueryAsksForTheSameImages() {
        assertThat(new Predicate(List.of(ANNEX, MUG, NOT_ACTIVE)).query())
                .isEqualTo("SELECT * FROM predictions WHERE correct IS NOT NULL AND attributes['site'] = 'annex'"
                        + " AND predicted = 'mug' AND NOT EXISTS (SELECT 1 FROM feature_activations AS f"
                        + " WHERE f.image_id = predictions.image_id AND f.feature = 34) ORDER BY loss DESC");
    }

    @Test
    void theTextsOfTheDataSetCannotEndALiteral() {
        assertThat(Select.literal("it's")).isEqualTo("'it\\'s'");
        assertThat(Select.literal("C:\\new")).isEqualTo("'C:\\\\new'");
        assertThat(Select.literal("${spark.app.name}\n")).isEqualTo("'\\u0024{spark.app.name}\\u000a'");
    }
}
