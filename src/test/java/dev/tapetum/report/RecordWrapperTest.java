package dev.tapetum.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import freemarker.template.TemplateHashModel;
import freemarker.template.TemplateModelException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RecordWrapperTest {
    private record Pair(String left, @Nullable String right) {}

    @Test
    void componentsAreKeys() throws TemplateModelException {
        TemplateHashModel pair = (TemplateHashModel) new RecordWrapper().wrap(new Pair("a", null));

        assertThat(pair.get("left")).hasToString("a");
        assertThat(pair.get("right")).isNull();
    }

    @Test
    void aSlipInATemplateIsNotAMissingValue() throws TemplateModelException {
        TemplateHashModel pair = (TemplateHashModel) new RecordWrapper().wrap(new Pair("a", null));

        assertThatThrownBy(() -> pair.get("lefft")).hasMessageContaining("Pair has no component lefft");
    }
}
