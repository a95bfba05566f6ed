package dev.tapetum.job;

import dev.tapetum.table.GroupMetricRow;
import dev.tapetum.table.PropertyEffectRow;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which class speaks for an editor where there is room for one: that whose mean expected gradient over all images is surely
 * largest, told by the lower end of its interval. The largest estimate itself would too often be that of few images.
 */
final class Headline {

    private Headline() {}

    /** Effects with a q-value, which have images enough, before those without; then by the lower end of the interval. */
    static final Comparator<PropertyEffectRow> SUREST_FIRST = Comparator.comparing(
                    (PropertyEffectRow effect) -> effect.qValue() == null)
            .thenComparing(effect -> lowest(effect.ciLow()), Comparator.reverseOrder())
            .thenComparing(PropertyEffectRow::editor)
            .thenComparing(PropertyEffectRow::target);

    /** The effect that speaks for each editor, of rows about all images and about groups; the surest editor first. */
    static Map<String, PropertyEffectRow> of(List<PropertyEffectRow> effects) {
        Map<String, PropertyEffectRow> byEditor = new LinkedHashMap<>();
        effects.stream()
                .filter(effect -> effect.attribute().equals(GroupMetricRow.WHOLE))
                .sorted(SUREST_FIRST)
                .forEach(effect -> byEditor.putIfAbsent(effect.editor(), effect));
        return byEditor;
    }

    private static double lowest(@Nullable Double ciLow) {
        return ciLow == null ? Double.NEGATIVE_INFINITY : ciLow;
    }
}
