package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.SparkExtension;
import dev.tapetum.report.Interventions;
import dev.tapetum.table.DoseResponseRow;
import dev.tapetum.table.EditedImageRow;
import dev.tapetum.table.PropertyEffectRow;
import dev.tapetum.table.PropertyGradientRow;
import dev.tapetum.table.StripCase;
import dev.tapetum.table.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class InterventionReportTest {

    private static final String RUN = "night";
    private static final int EDITORS = 42;

    @TempDir
    private Path folder;

    @Test
    void aRunWithoutInterventionsHasNone(SparkSession spark) {
        assertThat(InterventionReport.of(spark, runFolder(), "probability", "")).isEqualTo(Interventions.NONE);
    }

    /**
     * Editor e answers by e hundredths with class "cup", by half of that with "jug" and five further classes, and without a
     * number with "none". Each class has eight groups of one attribute, of 10 to 80 images.
     */
    @Test
    void theStrongestEditorsAreReadAndOnlyTheFirstOfThemDrawn(SparkSession spark) {
        List<PropertyEffectRow> effects = new ArrayList<>();
        List<DoseResponseRow> curves = new ArrayList<>();
        List<EditedImageRow> strips = new ArrayList<>();
        List<PropertyGradientRow> gradients = new ArrayList<>();
        for (int e = 0; e < EDITORS; e++) {
            effects.add(effect(e, "none", "*", "*", 900, null));
            for (String target : List.of("cup", "jug", "t1", "t2", "t3", "t4", "t5")) {
                double gradient = (target.equals("cup") ? 1 : 0.5) * e / 100;
                effects.add(effect(e, target, "*", "*", 900, gradient));
                curves.add(point(e, target, "*", "*"));
                for (int g = 1; g <= 8; g++) {
                    effects.add(effect(e, target, "site", "g" + g, 10L * g, gradient));
                    curves.add(point(e, target, "site", "g" + g));
                }
            }

            strips.add(strip(e, 0));
            strips.add(strip(e, null));
            gradients.add(gradient(e, "image-" + e % 3));
        }

        Table.PROPERTY_EFFECTS.write(spark, effects, out(), RUN);
        Table.DOSE_RESPONSES.write(spark, curves, out(), RUN);
        Table.EDITED_IMAGES.write(spark, strips, out(), RUN);
        Table.PROPERTY_GRADIENTS.write(spark, gradients, out(), RUN);
        Table.PROPERTY_EFFECTS.write(spark, List.of(effect(99, "cup", "*", "*", 9, 9.0)), out(), "another");

        Interventions read = InterventionReport.of(spark, runFolder(), "logit", "run night-6");

        assertThat(read.images()).isEqualTo(3);
        assertThat(read.followed()).isEqualTo("logit");
        assertThat(read.reference()).isEqualTo("run night-6");
        assertThat(read.left()).isEqualTo(2);
        assertThat(read.properties()).hasSize(40);
        assertThat(read.properties())
                .extracting(property -> property.effect().target())
                .containsOnly("cup");
        assertThat(read.properties().subList(0, 2))
                .extracting(property -> property.effect().editor())
                .containsExactly("editor-41", "editor-40");

        Interventions.Property first = read.properties().get(0);
        assertThat(first.others()).extracting(PropertyEffectRow::target).containsExactly("jug", "t1", "t2", "t3");
        assertThat(first.groups())
                .extracting(PropertyEffectRow::group)
                .containsExactly("g8", "g7", "g6", "g5", "g4", "g3");
        assertThat(first.groups()).extracting(PropertyEffectRow::target).containsOnly("cup");
        assertThat(first.curves())
                .extracting(DoseResponseRow::group)
                .containsExactly("*", "g3", "g4", "g5", "g6", "g7", "g8");
        assertThat(first.curves()).extracting(DoseResponseRow::editor).containsOnly("editor-41");
        assertThat(first.strips()).extracting(EditedImageRow::step).containsExactly(null, 0);

        assertThat(read.properties().get(9).curves()).hasSize(7);
        assertThat(read.properties().get(9).strips()).hasSize(2);
        assertThat(read.properties().get(10).others()).hasSize(4);
        assertThat(read.properties().get(10).groups()).isEmpty();
        assertThat(read.properties().get(10).curves()).isEmpty();
        assertThat(read.properties().get(10).strips()).isEmpty();
    }

    private String out() {
        return folder.resolve("out").toString();
    }

    private RunFolder runFolder() {
        return new RunFolder(out(), RUN, new Configuration());
    }

    private static PropertyEffectRow effect(
            int editor, String target, String attribute, String group, long n, @Nullable Double gradient) {
        return new PropertyEffectRow(
                RUN,
                "editor-" + editor,
                "property",
                target,
                attribute,
                group,
                n,
                n,
                gradient,
                gradient,
                gradient,
                gradient,
                gradient,
                gradient,
                0.1,
                0.05,
                0.5,
                0.5);
    }

    private static DoseResponseRow point(int editor, String target, String attribute, String group) {
        return new DoseResponseRow(
                RUN, "editor-" + editor, "property", target, attribute, group, 0, 0.5, 9, 0.5, 0.4, 0.6, 0.95);
    }

    private static EditedImageRow strip(int editor, @Nullable Integer step) {
        return new EditedImageRow(
                RUN,
                "editor-" + editor,
                "property",
                StripCase.TYPICAL,
                "image",
                "cup",
                0.1,
                0.5,
                step,
                step == null ? null : 0.5,
                0.5,
                true,
                new byte[] {1});
    }

    private static PropertyGradientRow gradient(int editor, String image) {
        return new PropertyGradientRow(
                RUN,
                image,
                "editor-" + editor,
                "editor",
                "property",
                "cup",
                1,
                true,
                0.1,
                0.1,
                0.1,
                0.1,
                0.5,
                false,
                null,
                11,
                0,
                1.0);
    }
}
