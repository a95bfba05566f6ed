package dev.tapetum.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The law that ties both directions: the canonical text of a record reads back as an equal record. */
class RoundTripTest {
    private static final ConfigObject NOTHING = ConfigFactory.empty().root();

    @Property(tries = 500)
    void canonicalTextReadsBackAsAnEqualRecord(@ForAll("shapes") Shape shape) {
        String text = CanonicalText.of((Record) shape);

        Shape back = new RecordBinder(NOTHING).parse(Shape.class, text, new Place("a table"));

        assertThat(back).isEqualTo(shape);
        assertThat(CanonicalText.of((Record) back)).isEqualTo(text);
    }

    @Property(tries = 200)
    void canonicalTextIsAValueOfHocon(@ForAll("shapes") Shape shape) {
        Shape.Frame frame = new Shape.Frame(1, null);
        Map<String, Object> keys =
                Map.of("of", CanonicalText.of((Record) shape), "others", List.of(), "frame", Map.of("width", 1));

        Shape.Group group = new RecordBinder(NOTHING)
                .bind(Shape.Group.class, "the group", ConfigValueFactory.fromMap(keys), NOTHING);

        assertThat(group).isEqualTo(new Shape.Group(shape, List.of(), frame));
    }

    @Provide
    Arbitrary<Shape> shapes() {
        return Arbitraries.lazyOf(
                () -> Arbitraries.just(new Shape.Dot()),
                RoundTripTest::discs,
                RoundTripTest::labelled,
                () -> Arbitraries.integers().map(degrees -> new Shape.InputXGradient(new Shape.Angle(degrees))),
                this::groups);
    }

    private static Arbitrary<Shape> discs() {
        return Combinators.combine(
                        Arbitraries.longs().map(Double::longBitsToDouble).filter(radius -> radius > 0 && radius <= 1),
                        Arbitraries.integers().greaterOrEqual(1),
                        Arbitraries.of(Shape.Colour.class))
                .as(Shape.Disc::new);
    }

    private static Arbitrary<Shape> labelled() {
        Arbitrary<String> strings = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(12),
                Arbitraries.strings().withChars("ab\"\\,()[]{}= \n-.").ofMaxLength(12));

        return Combinators.combine(
                        strings.injectNull(0.2),
                        strings.list().ofMaxSize(3),
                        Arbitraries.maps(strings, strings).ofMaxSize(3),
                        Arbitraries.integers().map(Float::intBitsToFloat).filter(Float::isFinite),
                        Arbitraries.longs(),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().injectNull(0.2))
                .as(Shape.Labelled::new);
    }

    private Arbitrary<Shape> groups() {
        Arbitrary<Shape.Frame> frames = Combinators.combine(
                        Arbitraries.integers(),
                        Arbitraries.of(Shape.Colour.class).injectNull(0.3))
                .as(Shape.Frame::new);

        return Combinators.combine(shapes(), shapes().list().ofMaxSize(2), frames)
                .as(Shape.Group::new);
    }
}
