package dev.tapetum.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import dev.tapetum.UserError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordBinderTest {
    private static final Shape.Disc DEFAULT_DISC = new Shape.Disc(1, 10, Shape.Colour.RED);

    private static final ConfigObject DEFAULTS = ConfigFactory.parseString("""
                    shape {
                      disc { radius = 1, max-steps = 10, colour = red }
                      group { of = disc, others = [], frame { width = 3 } }
                      labelled { tags = [], notes {}, weight = 1, size = 1, visible = true }
                    }
                    """).root();

    private static Drawing bind(String... lines) {
        ConfigObject given =
                Hocon.resolve(Hocon.text(String.join("\n", lines), "draw.conf"), "draw.conf", Map.of("DEPTH", "deep"));
        ConfigObject fallback = ConfigFactory.parseString("title = untitled, page { width = 5 }")
                .root();

        return new RecordBinder(DEFAULTS).bind(Drawing.class, "the drawing", given, fallback);
    }

    private static Shape shape(String... lines) {
        return bind("shapes = [", String.join("\n", lines), "]").shapes().get(0);
    }

    private static void refused(String message, String... lines) {
        assertThatThrownBy(() -> bind(lines)).isInstanceOf(UserError.class).hasMessage(message);
    }

    @Test
    void keysThatAreLeftOutTakeTheirDefaults() {
        assertThat(bind("shapes = []")).isEqualTo(new Drawing("untitled", new Shape.Frame(5, null), List.of()));
    }

    @Test
    void nestedRecordsAreFilledKeyByKey() {
        assertThat(bind("shapes = [], page { colour = dark-blue }").page())
                .isEqualTo(new Shape.Frame(5, Shape.Colour.DARK_BLUE));
    }

    @Test
    void membersOfAFamilyTakeTheirDefaults() {
        assertThat(shape("{ shape = disc, max-steps = 20 }")).isEqualTo(new Shape.Disc(1, 20, Shape.Colour.RED));
        assertThat(shape("{ shape = disc }")).isEqualTo(DEFAULT_DISC);
        assertThat(shape("disc")).isEqualTo(DEFAULT_DISC);
        assertThat(shape("{ shape = dot }")).isEqualTo(new Shape.Dot());
    }

    @Test
    void membersNestInEitherForm() {
        Shape.Frame frame = new Shape.Frame(3, null);

        assertThat(shape("{ shape = group, of = { shape = dot } }"))
                .isEqualTo(new Shape.Group(new Shape.Dot(), List.of(), frame));
        assertThat(shape("{ shape = group, of = disc(2), others = [dot, { shape = disc, radius = 3 }] }"))
                .isEqualTo(new Shape.Group(
                        new Shape.Disc(2, 10, Shape.Colour.RED),
                        List.of(new Shape.Dot(), new Shape.Disc(3, 10, Shape.Colour.RED)),
                        frame));
        assertThat(shape("group")).isEqualTo(new Shape.Group(DEFAULT_DISC, List.of(), frame));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "disc(2)",
                "disc( 2 )",
                "\"disc(radius=2)\"",
                "\"disc(2, colour=red)\"",
                "\"disc(2,10,red)\"",
                "\"disc(radius = 2.0, max-steps = 1e1,)\""
            })
    void textHasPositionalAndNamedArguments(String text) {
        assertThat(shape(text)).isEqualTo(new Shape.Disc(2, 10, Shape.Colour.RED));
    }

    @Test
    void everyTypeOfComponentIsRead() {
        assertThat(shape(
                        "{ shape = labelled, title = 007, tags = [1.10, true, x y], notes = { b = 2, a = z }",
                        "weight = 0.1, size = 64 MiB, visible = false, order = 1e6 }"))
                .isEqualTo(new Shape.Labelled(
                        "007",
                        List.of("1.10", "true", "x y"),
                        Map.of("a", "z", "b", "2"),
                        0.1f,
                        64L << 20,
                        false,
                        1_000_000));
        assertThat(shape("{ shape = input-x-gradient, angle = 90deg }"))
                .isEqualTo(new Shape.InputXGradient(new Shape.Angle(90)));
    }

    @Test
    void onlyAnnotatedComponentsMayBeNull() {
        assertThat(bind("shapes = [], page { width = 2, colour = null }").page().colour())
                .isNull();
        refused("draw.conf:2: 'title' in the drawing must not be null", "shapes = []", "title = null");
    }

    @Test
    void anUnknownKeyNamesTheNearest() {
        refused(
                "draw.conf:3: unknown key 'max-step' in disc; did you mean 'max-steps'?",
                "shapes = [",
                "  { shape = disc",
                "    max-step = 5 } ]");
    }

    @Test
    void anUnknownKeyListsAllWhenNoneIsNear() {
        refused(
                "draw.conf:2: unknown key 'background' in page; known keys: width, colour",
                "shapes = []",
                "page { background = 1 }");
        refused("draw.conf:1: unknown key 'x' in dot; there are no keys", "shapes = [{ shape = dot, x = 1 }]");
    }

    @Test
    void theFirstUnknownKeyIsNamed() {
        refused(
                "draw.conf:2: unknown key 'zzz' in the drawing; known keys: title, page, shapes",
                "shapes = []",
                "zzz = 1",
                "aaa = 1");
    }

    @Test
    void aMissingKeyIsMissedWhereItsObjectStands() {
        refused("draw.conf:1: missing key 'shapes' in the drawing", "title = x");
        refused(
                "draw.conf:3: missing key 'angle' in input-x-gradient",
                "shapes = [",
                "  dot",
                "  { shape = input-x-gradient } ]");
        refused("draw.conf:2: missing key 'angle' in input-x-gradient", "shapes = [", "  input-x-gradient ]");
    }

    @Test
    void anUnknownMemberNamesTheNearest() {
        refused(
                "draw.conf:2: unknown shape 'dsic'; did you mean 'disc'?",
                "shapes = [",
                "  { shape = dsic, radius = 2 } ]");
        refused(
                "draw.conf:1: unknown shape 'square'; known shapes: disc, dot, group, input-x-gradient, labelled",
                "shapes = [square(2)]");
    }

    @Test
    void anObjectMustNameItsMember() {
        refused(
                "draw.conf:2: 'shapes[1]' in the drawing lacks its key 'shape';"
                        + " known shapes: disc, dot, group, input-x-gradient, labelled",
                "shapes = [dot,",
                " { radius = 1 } ]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ shape = disc, radius = wide }  | 'radius' in disc must be a number, not 'wide'",
                "{ shape = disc, radius = NaN }   | 'radius' in disc must be a number, not 'NaN'",
                "{ shape = disc, radius = 1e999 } | 'radius' in disc must be a number below 1.8e308, not 1e999",
                "{ shape = disc, radius = [1] }   | 'radius' in disc must be a number, not a list",
                "{ shape = disc, max-steps = 2.5 }| 'max-steps' in disc must be a whole number, not 2.5",
                "{ shape = disc, max-steps = 3000000000 }| 'max-steps' in disc must be a whole number from -2147483648 to 2147483647, not 3000000000",
                "{ shape = disc, max-steps = {} } | 'max-steps' in disc must be a whole number, not an object",
                "{ shape = disc, colour = rde }   | 'colour' in disc is an unknown word, 'rde'; did you mean 'red'?",
                "{ shape = disc, colour = green } | 'colour' in disc is an unknown word, 'green'; known words: dark-blue, red",
                "{ shape = labelled, visible = 1 }| 'visible' in labelled must be true or false, not 1",
                "{ shape = labelled, tags = a }   | 'tags' in labelled must be a list, not 'a'",
                "{ shape = labelled, tags = [a, []] } | 'tags[1]' in labelled must be a string, not a list",
                "{ shape = labelled, tags = [null] }  | 'tags[0]' in labelled must be a string, not null",
                "{ shape = labelled, notes = 3 }      | 'notes' in labelled must be an object, not 3",
                "{ shape = labelled, notes { a = [] } } | 'a' in labelled.notes must be a string, not a list",
                "{ shape = labelled, size = 3 parsecs } | 'size' in labelled must be a whole number, not '3 parsecs'",
                "{ shape = input-x-gradient, angle = 9 } | 'angle' in input-x-gradient must end in deg, not '9'",
                "{ shape = group, frame = 3 } | 'frame' in group must be an object, not 3",
                "[dot] | 'shapes[0]' in the drawing must be a shape, not a list",
                "null | 'shapes[0]' in the drawing must be a shape, not null"
            })
    void aWrongTypeIsNamedWithItsKey(String value, String message) {
        refused("draw.conf:2: " + message, "shapes = [", value + " ]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "disc(1,2,red,4)         | 'shapes[0]' in the drawing has more arguments than disc takes: 3",
                "disc(1,radius=2)        | 'shapes[0]' in the drawing gives disc its 'radius' twice",
                "disc(radius=2,1)        | 'shapes[0]' in the drawing 'disc(radius=2,1)' has an argument without a name after one with a name",
                "disc(radius=2,radius=3) | 'shapes[0]' in the drawing 'disc(radius=2,radius=3)' names 'radius' twice",
                "disc(2                  | 'shapes[0]' in the drawing 'disc(2' lacks a comma or ) at character 7",
                "disc(2)x                | 'shapes[0]' in the drawing 'disc(2)x' goes on after its last parenthesis",
                "disc(,)                 | 'shapes[0]' in the drawing 'disc(,)' lacks a value",
                "group(of=disc(2)        | 'shapes[0]' in the drawing 'group(of=disc(2)' lacks a comma or ) at character 17",
                "group(of=disc(2         | 'shapes[0]' in the drawing 'group(of=disc(2' lacks a closing parenthesis",
                "disc(raduis=2)          | unknown key 'raduis' in disc; did you mean 'radius'?"
            })
    void aMalformedTextSaysWhatItLacks(String text, String message) {
        refused("draw.conf:2: " + message, "shapes = [", Quoted.of(text) + " ]");
    }

    @Test
    void whatAConstructorRefusesIsPlacedAtTheKeyThatItsSentenceStartsWith() {
        refused(
                "draw.conf:3: disc: max-steps must be at least 1, not 0",
                "shapes = [",
                "  { shape = disc",
                "    max-steps = 0 } ]");
    }

    @Test
    void whatAConstructorRefusesIsElsePlacedAtTheObject() {
        refused(
                "draw.conf:2: disc: A disc this large needs more steps",
                "shapes = [",
                "  { shape = disc,",
                "    radius = 11 } ]");
    }

    @Test
    void aPathInAConstructorsSentenceLeadsToTheElement() {
        refused(
                "draw.conf:3: shapes[1].radius does not fit on page",
                "shapes = [ dot",
                "  { shape = disc, max-steps = 2000,",
                "    radius = 1000 } ]");
    }

    @Test
    void ofMergedBlocksTheOverridingOneIsNamed() {
        refused(
                "draw.conf:2: unknown key 'colr' in page; did you mean 'colour'?",
                "shapes = [], page { width = 3 }",
                "page { colr = red }");
    }

    @Test
    void aVariableIsNamedWithoutALine() {
        refused(
                "environment variable DEPTH: 'width' in page must be a whole number, not 'deep'",
                "shapes = [], page { width = ${?DEPTH} }");
    }

    @Test
    void textIsParsedByItself() {
        RecordBinder binder = new RecordBinder(DEFAULTS);

        assertThat(binder.parse(Shape.class, "disc(2)", new Place("here")))
                .isEqualTo(new Shape.Disc(2, 10, Shape.Colour.RED));
        assertThat(binder.parse(Shape.Frame.class, "frame(width=1,colour=null)", new Place("here")))
                .isEqualTo(new Shape.Frame(1, null));
        assertThatThrownBy(() -> binder.parse(Shape.class, "disc(-2)", new Place("here")))
                .hasMessage("here: disc: radius must be above zero, not -2.0");
        assertThatThrownBy(() -> binder.parse(Shape.Frame.class, "farme(1)", new Place("here")))
                .hasMessage("here: frame must be an object, not 'farme(1)'");
    }

    @Test
    void ourOwnBugsAreNotTheUsers() {
        assertThatThrownBy(() -> new RecordBinder(DEFAULTS)
                        .bind(
                                Broken.class,
                                "it",
                                ConfigFactory.parseString("size = 1").root(),
                                DEFAULTS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a bug");
    }

    record Drawing(String title, Shape.Frame page, List<Shape> shapes) {
        Drawing {
            for (int i = 0; i < shapes.size(); i++) {
                if (shapes.get(i) instanceof Shape.Disc disc && disc.radius() > 100) {
                    throw new IllegalArgumentException("shapes[" + i + "].radius does not fit on page");
                }
            }
        }
    }

    record Broken(int size) {
        Broken {
            throw new IllegalStateException("a bug");
        }
    }
}
