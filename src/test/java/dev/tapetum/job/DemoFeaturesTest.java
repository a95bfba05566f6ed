package dev.tapetum.job;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.SparkExtension;
import dev.tapetum.config.PlanFile;
import dev.tapetum.demo.DemoAutoencoder;
import dev.tapetum.demo.DemoDataset;
import dev.tapetum.demo.DemoModel;
import dev.tapetum.demo.PlantedFacts;
import dev.tapetum.demo.Split;
import dev.tapetum.table.FeatureAssociationRow;
import dev.tapetum.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the demo says of its autoencoder, on a few of its images. */
@ExtendWith(SparkExtension.class)
class DemoFeaturesTest {

    private static final int IMAGES = 160;

    @TempDir
    static Path folder;

    @BeforeAll
    static void audit(SparkSession spark) throws IOException {
        new DemoDataset(IMAGES, 7, Split.AUDIT).render(folder.resolve("photos"));
        DemoModel.VIT.copyTo(folder.resolve("model"));
        DemoAutoencoder.VIT.copyTo(folder.resolve("sae"));
        String plan = """
                run { id = features, output = "%1$s/out", shard-images = 64 }
                dataset { manifest = "%1$s/photos/manifest.csv", label = label, attributes = [site, tag] }
                model { path = "%1$s/model", device = cpu, batch = 64 }
                attribution.methods = []
                statistics { bootstrap = 100, min-group = 5 }
                sae.path = "%1$s/sae"
                interventions = [ { editor = sae-feature, feature = %2$d, from = 0, to = 1, steps = 3 } ]
                property-gradients { targets = [ mug ], sample = null }
                """.formatted(folder, DemoAutoencoder.CUE_FEATURE);
        AuditRun.run(spark, PlanFile.parse(plan, "demo.conf", List.of()), false, new DemoAudit.Heard());
    }

    @Test
    void theFeatureThatGoesAlongWithAnyGroupTheMostIsThatOfTheTag(SparkSession spark) {
        FeatureAssociationRow strongest = read(spark, Table.FEATURE_ASSOCIATIONS)
                .where("kind <> 'label'")
                .orderBy(abs(col("auroc").minus(0.5)).desc(), col("group").desc())
                .as(Table.FEATURE_ASSOCIATIONS.encoder())
                .first();

        assertThat(strongest.feature()).isEqualTo(DemoAutoencoder.CUE_FEATURE);
        assertThat(strongest.attribute()).isEqualTo(PlantedFacts.CUE_ATTRIBUTE);
        assertThat(strongest.group()).isEqualTo(PlantedFacts.PRESENT);
        assertThat(strongest.auroc()).isGreaterThan(0.99);
        assertThat(strongest.qValue()).isLessThan(0.05);
    }

    /** The cue's class in images of other classes that carry the cue: lost without the feature, and kept without anything else. */
    @Test
    void withoutTheFeatureTheModelNoLongerFollowsTheTag(SparkSession spark) {
        Dataset<Row> tagged = read(spark, Table.PREDICTIONS)
                .where(col("attributes")
                        .getItem(PlantedFacts.CUE_ATTRIBUTE)
                        .equalTo(PlantedFacts.PRESENT)
                        .and(col("label").notEqual(PlantedFacts.CUE_CLASS)))
                .select("image_id");
        Map<String, Double> probability = new HashMap<>();
        read(spark, Table.FEATURE_EFFECTS)
                .join(tagged, "image_id")
                .where(col("scale").equalTo(0).and(col("target").equalTo(PlantedFacts.CUE_CLASS)))
                .groupBy("control")
                .agg(avg("probability"))
                .collectAsList()
                .forEach(row -> probability.put(row.getString(0), row.getDouble(1)));

        assertThat(probability.get("none")).isLessThan(0.1);
        assertThat(probability.get("random-feature")).isGreaterThan(0.3);
        assertThat(probability.get("random-direction")).isGreaterThan(0.3);
    }

    private static Dataset<Row> read(SparkSession spark, Table<?> table) {
        return table.read(spark, folder.resolve("out").toString()).toDF();
    }
}
