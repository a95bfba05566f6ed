package dev.tapetum.job;

import static dev.tapetum.job.EditedImages.gradient;
import static dev.tapetum.job.EditedImages.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.SparkExtension;
import dev.tapetum.config.Plan;
import dev.tapetum.fairness.Observation;
import dev.tapetum.model.ModelCard;
import dev.tapetum.model.Toys;
import dev.tapetum.table.InterventionPart;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class InterventionSummariesTest {

    private static final String EDITED = "[ brightness ]";

    @Test
    void ofAModelWithManyClassesThoseThatThePlanNamesHaveNumbers(SparkSession spark) {
        InterventionSummaries summaries = of("[ predicted, class-51, class-7 ]", 60);
        InterventionPart part = new InterventionPart(
                "brightness(steps=3)",
                "brightness",
                "brightness",
                1,
                List.of(),
                List.of(
                        gradient("class-3", 3, true, 0.3),
                        gradient("class-51", 51, false, 0.5),
                        gradient("class-7", 7, false, 0.7)));
        Row row = EditedImages.evidence(spark, List.of(image("a", null, "x", part)))
                .select(InterventionSummaries.column())
                .first();

        Observation.Responses told = summaries.responses(row.getList(0), 3, 3);

        assertThat(summaries.classes()).containsExactly("class-51", "class-7");
        assertThat(told.values())
                .containsEntry("property.expected-gradient[brightness, class-51]", 0.5)
                .containsEntry("property.expected-gradient[brightness, class-7]", 0.7)
                .containsEntry("property.expected-gradient[brightness, *]", 0.3)
                .doesNotContainKey("property.expected-gradient[brightness, class-3]");
        assertThat(summaries.names(plan("[ predicted, class-51, class-7 ]")))
                .containsAll(told.values().keySet());
    }

    @Test
    void ofAModelWithFewClassesEachThatIsFollowedHasNumbers() {
        assertThat(of("[ predicted ]", 50).classes()).hasSize(50);
        assertThat(of("[ predicted ]", 51).classes()).isEmpty();
        assertThat(of("[ all ]", 3).classes()).containsExactly("class-0", "class-1", "class-2");
    }

    @Test
    void whereOnlyClassesAreNamedThereIsNoOwnOne() {
        InterventionSummaries summaries = of("[ class-1 ]", 3);

        assertThat(summaries.classes()).containsExactly("class-1");
        assertThat(summaries.names(plan("[ class-1 ]")))
                .containsExactly(
                        "property.expected-gradient[brightness, class-1]",
                        "property.signed-gradient[brightness, class-1]",
                        "property.flip-rate[brightness, class-1]");
    }

    private static InterventionSummaries of(String targets, int classes) {
        return InterventionSummaries.of(plan(targets), card(classes), null);
    }

    private static Plan plan(String targets) {
        return EditedImages.plan(EDITED, "property-gradients.targets=" + targets);
    }

    private static ModelCard card(int classes) {
        ModelCard toy = Toys.card(Toys.relu());
        return new ModelCard(
                toy.name(),
                toy.input(),
                IntStream.range(0, classes).mapToObj(i -> "class-" + i).toList(),
                toy.taps(),
                toy.type(),
                toy.rules(),
                toy.variants());
    }
}
