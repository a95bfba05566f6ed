package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.table.GroupMetricRow;
import dev.tapetum.table.PropertyEffectRow;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeadlineTest {

    @Test
    void theSurestAnswerSpeaksAndNotTheLargest() {
        PropertyEffectRow sure = row("tag", "mug", GroupMetricRow.WHOLE, 0.17, 0.15, 0.01);
        PropertyEffectRow lucky = row("tag", "bowl", GroupMetricRow.WHOLE, 0.40, 0.02, 0.01);

        assertThat(Headline.of(List.of(lucky, sure))).containsOnly(Map.entry("tag", sure));
    }

    @Test
    void anEffectOfTooFewImagesForATestComesLast() {
        PropertyEffectRow few = row("tag", "bowl", GroupMetricRow.WHOLE, 0.9, 0.9, null);
        PropertyEffectRow tested = row("tag", "mug", GroupMetricRow.WHOLE, 0.01, 0.005, 1.0);

        assertThat(Headline.of(List.of(few, tested)).get("tag")).isEqualTo(tested);
        assertThat(Headline.of(List.of(few)).get("tag")).isEqualTo(few);
    }

    @Test
    void aGroupSpeaksForNoEditor() {
        assertThat(Headline.of(List.of(row("tag", "mug", "site", 0.9, 0.8, 0.01))))
                .isEmpty();
    }

    @Test
    void theSurestEditorComesFirst() {
        PropertyEffectRow weak = row("tint", "mug", GroupMetricRow.WHOLE, 0.02, 0.01, 1.0);
        PropertyEffectRow strong = row("tag", "mug", GroupMetricRow.WHOLE, 0.17, 0.15, 0.01);
        PropertyEffectRow nowhere = row("blur", "mug", GroupMetricRow.WHOLE, null, null, null);

        assertThat(Headline.of(List.of(nowhere, weak, strong)).keySet()).containsExactly("tag", "tint", "blur");
    }

    private static PropertyEffectRow row(
            String editor,
            String target,
            String attribute,
            @Nullable Double expected,
            @Nullable Double low,
            @Nullable Double q) {
        return new PropertyEffectRow(
                "run", editor, editor, target, attribute, "*", 100, 100, expected, low, expected, null, null, null,
                null, 0.02, q, q);
    }
}
