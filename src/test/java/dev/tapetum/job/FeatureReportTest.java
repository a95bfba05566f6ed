package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.table.FeatureAblationRow;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FeatureReportTest {

    private static final int MIN_GROUP = 30;

    @Test
    void theSurestClassSpeaksAndNotTheOneThatChangesMost() {
        FeatureAblationRow lucky = row("box", "none", 100, -0.4, -0.79, -0.01);
        FeatureAblationRow sure = row("mug", "none", 100, -0.1, -0.12, -0.08);
        FeatureAblationRow rising = row("cup", "none", 100, 0.1, 0.07, 0.13);

        assertThat(FeatureReport.surest(List.of(lucky, rising, sure), MIN_GROUP))
                .contains("mug");
    }

    @Test
    void aClassOfTooFewImagesSpeaksOnlyWhereThereIsNoOther() {
        FeatureAblationRow few = row("box", "none", 29, -0.4, -0.41, -0.39);
        FeatureAblationRow many = row("mug", "none", 30, 0.01, -0.2, 0.22);

        assertThat(FeatureReport.surest(List.of(few, many), MIN_GROUP)).contains("mug");
        assertThat(FeatureReport.surest(List.of(few), MIN_GROUP)).contains("box");
    }

    @Test
    void controlsSpeakForNothing() {
        assertThat(FeatureReport.surest(List.of(row("box", "random-feature", 100, -0.4, -0.41, -0.39)), MIN_GROUP))
                .isEmpty();
    }

    @Test
    void withoutAnIntervalAClassComesLast() {
        FeatureAblationRow none = row("box", "none", 100, -0.4, null, null);
        FeatureAblationRow unsure = row("mug", "none", 100, 0.01, -0.2, 0.22);

        assertThat(FeatureReport.surest(List.of(none, unsure), MIN_GROUP)).contains("mug");
    }

    private static FeatureAblationRow row(
            String target, String control, long n, double change, @Nullable Double low, @Nullable Double high) {
        return new FeatureAblationRow(
                "r", "editor", "sae", 3, control, target, "*", "*", n, n, change, low, high, null, null, null, 0.95,
                null, null);
    }
}
