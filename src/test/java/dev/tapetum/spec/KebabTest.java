package dev.tapetum.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KebabTest {
    @ParameterizedTest
    @CsvSource({
        "Saliency, saliency",
        "IntegratedGradients, integrated-gradients",
        "InputXGradient, input-x-gradient",
        "GradCam, grad-cam",
        "maxSteps, max-steps",
        "topK, top-k",
        "pathL1, path-l1",
        "HTMLReport, html-report",
        "of, of"
    })
    void camelCaseIsCutAtItsWords(String camelCase, String kebab) {
        assertThat(Kebab.of(camelCase)).isEqualTo(kebab);
    }

    @ParameterizedTest
    @CsvSource({"RED, red", "DARK_BLUE, dark-blue"})
    void constantsAreCutAtTheirUnderscores(Shape.Colour constant, String kebab) {
        assertThat(Kebab.of(constant)).isEqualTo(kebab);
    }
}
