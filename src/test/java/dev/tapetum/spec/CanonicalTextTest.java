package dev.tapetum.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalTextTest {
    @Test
    void aRecordWithoutComponentsIsItsName() {
        assertThat(CanonicalText.of(new Shape.Dot())).isEqualTo("dot");
    }

    @Test
    void componentsStandInTheOrderOfTheirDeclaration() {
        assertThat(CanonicalText.of(new Shape.Disc(0.01, 200, Shape.Colour.DARK_BLUE)))
                .isEqualTo("disc(radius=0.01,max-steps=200,colour=dark-blue)");
    }

    @Test
    void recordsListsAndNullsNest() {
        Shape.Frame frame = new Shape.Frame(3, null);
        Shape.Group inner = new Shape.Group(new Shape.Dot(), List.of(), frame);
        Shape.InputXGradient angle = new Shape.InputXGradient(new Shape.Angle(90));

        assertThat(CanonicalText.of(new Shape.Group(inner, List.of(new Shape.Dot(), angle), frame)))
                .isEqualTo("group(of=group(of=dot,others=[],frame=frame(width=3,colour=null)),"
                        + "others=[dot,input-x-gradient(angle=90deg)],frame=frame(width=3,colour=null))");
    }

    @Test
    void stringsAreBareOnlyWhenNothingInThemHasAMeaning() {
        Map<String, String> notes = Map.of("b", "s3a://bucket/x.conf", "a", "1, 2", "c d", "");
        Shape.Labelled labelled = new Shape.Labelled("null", List.of("plain", "a\"b\n"), notes, 0.1f, -5L, true, 7);

        assertThat(CanonicalText.of(labelled))
                .isEqualTo("labelled(title=\"null\",tags=[plain,\"a\\\"b\\n\"],"
                        + "notes={\"c d\"=\"\",a=\"1, 2\",b=s3a://bucket/x.conf},"
                        + "weight=0.1,size=-5,visible=true,order=7)");
    }

    @Test
    void theNameIsBare() {
        assertThat(CanonicalText.name(new Shape.InputXGradient(new Shape.Angle(1))))
                .isEqualTo("input-x-gradient");
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1",
        "25, 25",
        "0, 0.0",
        "-0.0, -0.0",
        "1e-6, 0.000001",
        "1.5e-7, 1.5E-7",
        "1e15, 1000000000000000",
        "1e16, 1E+16",
        // Double.toString of Java 17 gives 2.0E-3 one digit too many in its neighbourhood, and this one two.
        "2e23, 2E+23",
        "4.9e-324, 5E-324",
        "0.30000000000000004, 0.30000000000000004",
        "1.7976931348623157e308, 1.7976931348623157E+308"
    })
    void doublesAreTheirShortestDecimals(double number, String text) {
        assertThat(CanonicalText.value(number)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0.1, 0.1", "16777216, 16777216", "3.4028235e38, 3.4028235E+38", "1.4e-45, 1E-45"})
    void floatsAreTheirShortestDecimals(float number, String text) {
        assertThat(CanonicalText.value(number)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void whatIsNoNumberIsNamed(double number) {
        assertThat(CanonicalText.value(number)).isEqualTo(Double.toString(number));
    }

    @Test
    void aTypeThatNoComponentMayHaveIsRefused() {
        assertThatThrownBy(() -> CanonicalText.value(new Object()))
                .hasMessage("No canonical text for a class java.lang.Object");
    }
}
