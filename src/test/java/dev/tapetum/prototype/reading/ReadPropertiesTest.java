package dev.tapetum.prototype.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReadPropertiesTest {
    private static final ReadProperties PROPERTIES = new ReadProperties(List.of(
            ReadAttribute.of("patch", Map.of("no", 90L, "yes", 10L)),
            ReadAttribute.of("camera", Map.of("x", 50L)),
            ReadAttribute.of("vendor", Map.of("north", 30L, "east", 30L, "south", 40L))));

    @Test
    void ofTwoValuesOnlyTheRarerOneIsLookedFor() {
        assertThat(ReadAttribute.of("a", Map.of("no", 90L, "yes", 10L)).read()).containsExactly("yes");
        assertThat(ReadAttribute.of("a", Map.of("no", 10L, "yes", 90L)).read()).containsExactly("no");
        assertThat(ReadAttribute.of("a", Map.of("yes", 50L, "no", 50L)).read()).containsExactly("no");
    }

    @Test
    void nothingIsLookedForInOneValueOrInTooMany() {
        Map<String, Long> many = new TreeMap<>();
        for (int i = 0; i <= ReadAttribute.MOST_VALUES; i++) {
            many.put("v" + i, 1L);
        }

        assertThat(ReadAttribute.of("a", Map.of("x", 5L)).read()).isEmpty();
        assertThat(ReadAttribute.of("a", Map.of()).read()).isEmpty();
        assertThat(ReadAttribute.of("a", many).read()).isEmpty();
        many.remove("v0");
        assertThat(ReadAttribute.of("a", many).read()).hasSize(ReadAttribute.MOST_VALUES);
    }

    @Test
    void propertiesAreNumberedByAttributeAndValue() {
        assertThat(PROPERTIES.all())
                .containsExactly(
                        new Property("patch", "yes"),
                        new Property("vendor", "east"),
                        new Property("vendor", "north"),
                        new Property("vendor", "south"));
    }

    @Test
    void anImageHasAPropertyOrNotOrNobodyKnows() {
        assertThat(PROPERTIES.has(Map.of("patch", "yes", "vendor", "north"))).containsExactly(1, 0, 1, 0);
        assertThat(PROPERTIES.has(Map.of("patch", "no"))).containsExactly(0, -1, -1, -1);
        assertThat(PROPERTIES.values(Map.of("patch", "yes", "vendor", "south"))).containsExactly(1, 2);
        assertThat(PROPERTIES.values(Map.of("patch", " "))).containsExactly(-1, -1);
    }
}
