package dev.tapetum.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GroupTest {
    @Test
    void absentAndBlankValuesAreMissing() {
        Observation image = Observation.rejected("i", null, Map.of("site", " ", "vendor", "x"), 0);

        assertThat(Group.of(image.attributes(), "site")).isEqualTo(new Group("site", "(missing)"));
        assertThat(Group.of(image.attributes(), "sex")).isEqualTo(new Group("sex", "(missing)"));
        assertThat(Group.of(image.attributes(), "vendor")).isEqualTo(new Group("vendor", "x"));
    }

    @Test
    void attributesThatCannotBeToldApartAreRefused() {
        assertThatThrownBy(() -> new GroupLayout(List.of("site", "site"), List.of(), false))
                .hasMessageContaining("[site, site]");
        assertThatThrownBy(() -> new GroupLayout(List.of("*"), List.of(), false))
                .hasMessageContaining("[*]");
        assertThatThrownBy(() -> new Group("", "x")).isInstanceOf(IllegalArgumentException.class);
    }
}
