package dev.tapetum.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceTest {
    private static final String TEXT = """
            run { seed = 1
                  id = a }
            gate = [
              { metric = accuracy }
              { metric = other
                max-gap = 1 }
            ]
            """;

    @ParameterizedTest
    @CsvSource({
        "run, 1",
        "run.id, 2",
        "run.no-such, 1",
        "gate, 3",
        "gate[0], 4",
        "gate[1].max-gap, 6",
        "gate[2], 3",
        "gate.metric, 3",
        "no.such.block, 1"
    })
    void aPathLeadsToTheInnermostValueThatIsThere(String path, int line) {
        assertThat(Place.of(Hocon.text(TEXT, "plan.conf").root(), path).text()).isEqualTo("plan.conf:" + line);
    }

    @Test
    void anObjectThatOptionsContributeToStaysInItsFile() {
        ConfigObject root = Hocon.options(List.of("run.seed=2"))
                .withFallback(Hocon.text(TEXT, "plan.conf"))
                .root();

        assertThat(Place.of(root, "run").text()).isEqualTo("plan.conf:1");
        assertThat(Place.of(root, "run.seed").text()).isEqualTo("--set run.seed");
        assertThat(Place.of(root, "run.id").text()).isEqualTo("plan.conf:2");
    }

    @Test
    void anObjectOfTwoFilesIsAtTheOneThatOverrides() {
        ConfigObject root = Hocon.text("\nrun { id = b }", "night.conf")
                .withFallback(Hocon.text(TEXT, "base.conf"))
                .root();

        assertThat(Place.of(root, "run").text()).isEqualTo("night.conf:2");
        assertThat(Place.of(root, "run.seed").text()).isEqualTo("base.conf:1");
    }

    @Test
    void anErrorStartsWithItsPlace() {
        assertThat(new Place("plan.conf:3").error("is wrong")).hasMessage("plan.conf:3: is wrong");
    }
}
