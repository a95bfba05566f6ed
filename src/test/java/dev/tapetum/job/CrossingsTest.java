package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.SparkExtension;
import dev.tapetum.UserError;
import dev.tapetum.config.PlanFile;
import dev.tapetum.fairness.Group;
import dev.tapetum.fairness.GroupMetric;
import dev.tapetum.fairness.GroupStatistics;
import dev.tapetum.fairness.Partition;
import dev.tapetum.job.source.IndexSummary;
import dev.tapetum.job.source.IndexSummary.AttributeSummary;
import dev.tapetum.table.EvidenceRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class CrossingsTest {

    private static final String TEXT = """
            run.output = out
            dataset { images = photos, attributes = [site, tag, camera] }
            model.path = m
            """;

    /** Two sites, one of which is missing somewhere; two tags; a hundred cameras. */
    private static final IndexSummary LISTED = new IndexSummary(
            1000,
            0,
            1000,
            Map.of(
                    "site",
                    new AttributeSummary(990, 2),
                    "tag",
                    new AttributeSummary(1000, 2),
                    "camera",
                    new AttributeSummary(1000, 100)),
            1,
            1,
            "digest");

    private static PlanFile plan(String... lines) {
        return PlanFile.parse(TEXT + String.join("\n", lines), "night.conf", List.of());
    }

    @Test
    void aCrossingOfTooManyGroupsIsLeftOutAndNamed(SparkSession spark) {
        PlanFile file = plan();
        Crossings crossings = Crossings.of(file.plan(), LISTED);
        List<String> remarks = new ArrayList<>();
        crossings.check(file, images(spark), remarks::add);

        // 3 × 2, 3 × 100 and 2 × 100 groups.
        assertThat(crossings.kept()).extracting(Partition::name).containsExactly("site × tag", "tag × camera");
        assertThat(remarks)
                .containsExactly("Left out of the intersections, which have at most 200 groups each and 2000 together:"
                        + " site × camera (300 groups); attributes with fewer values bring them in");
    }

    @Test
    void aRuleAboutACrossingThatIsLeftOutIsRefused(SparkSession spark) {
        PlanFile file = plan("gate = [{ metric = accuracy, attribute = \"camera × site\", max-gap = 0.1 }]");

        assertThatThrownBy(() -> Crossings.of(file.plan(), LISTED).check(file, images(spark), remark -> {}))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("night.conf:4")
                .hasMessageContaining("'site × camera' may have 300 groups");
    }

    @Test
    void aReferenceInWhichNoImageLiesIsRefusedWithTheKnownValues(SparkSession spark) {
        PlanFile known = plan("statistics.references { site = a, \"tag × site\" = \"no × b\" }");
        Crossings.of(known.plan(), LISTED).check(known, images(spark), remark -> {});

        PlanFile unknown = plan("statistics.references { site = z }");
        assertThatThrownBy(() -> Crossings.of(unknown.plan(), LISTED).check(unknown, images(spark), remark -> {}))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no image has site = z; known values: (missing), a, b");

        PlanFile apart = plan("statistics.references { \"site × tag\" = \"(missing) × no\" }");
        assertThatThrownBy(() -> Crossings.of(apart.plan(), LISTED).check(apart, images(spark), remark -> {}))
                .hasMessageContaining("no image has site × tag = (missing) × no");
    }

    /** Images at a with either tag, at b without, and with a tag at no site. */
    private static Dataset<Row> images(SparkSession spark) {
        return spark.sql("""
                SELECT map('site', 'a', 'tag', 'yes') AS attributes UNION ALL SELECT map('site', 'a', 'tag', 'no')
                UNION ALL SELECT map('site', 'b', 'tag', 'no') UNION ALL SELECT map('tag', 'yes')
                UNION ALL SELECT map('site', ' ', 'tag', 'yes')""");
    }

    @Test
    void theImagesOfAGroupAreThoseThatHaveAllOfItsValues(SparkSession spark) {
        assertThat(images(spark)
                        .filter(Crossings.member(new Group("site × tag", "a × yes")))
                        .count())
                .isEqualTo(1);
        assertThat(images(spark)
                        .filter(Crossings.member(new Group("site × tag", "(missing) × yes")))
                        .count())
                .isEqualTo(2);
        assertThat(images(spark)
                        .filter(Crossings.member(new Group("tag", "no")))
                        .count())
                .isEqualTo(2);
    }

    /** In one partition or seven. */
    @Test
    void sparkFoldsCrossingsAsOnePassDoes(SparkSession spark) {
        String[] options = {"dataset.attributes=[site, vendor]", "statistics.intersections=2"};
        List<EvidenceRow> images = new ArrayList<>();
        IntStream.range(0, 90).forEach(i -> images.add(EditedImages.image("image " + i, null, i % 3 == 0 ? "x" : "y")));
        GroupStatistics one = statistics(EditedImages.evidence(spark, images).coalesce(1), options);
        GroupStatistics seven = statistics(EditedImages.evidence(spark, images).repartition(7), options);

        assertThat(seven.metrics())
                .extracting(GroupMetric::group)
                .containsExactlyElementsOf(
                        one.metrics().stream().map(GroupMetric::group).toList());
        assertThat(seven.metrics())
                .extracting(GroupMetric::n)
                .containsExactlyElementsOf(
                        one.metrics().stream().map(GroupMetric::n).toList());
        assertThat(one.metrics())
                .filteredOn(row -> row.group().equals(new Group("site × vendor", "x × (missing)"))
                        && row.metric().name().equals("accuracy"))
                .extracting(GroupMetric::n)
                .containsExactly(30L);
    }

    private static GroupStatistics statistics(Dataset<Row> evidence, String... options) {
        var plan = EditedImages.plan("[]", options);
        return GroupStage.grouped(
                        evidence,
                        plan,
                        GroupStage.layout(plan, List.of("cup", "mug")),
                        new InterventionSummaries(Labels.of(plan.interventions()), Set.of(), false, null),
                        new ResponseParts(List.of(Set.of()), 1, 1),
                        new DemoAudit.Heard())
                .statistics();
    }
}
