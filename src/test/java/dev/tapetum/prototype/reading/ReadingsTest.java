package dev.tapetum.prototype.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.model.InputSpec;
import dev.tapetum.model.Tap;
import dev.tapetum.probe.Rectangle;
import dev.tapetum.stats.Proportion;
import dev.tapetum.stats.ScoreInterval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReadingsTest {
    private static final Property PATCH = new Property("patch", "yes");
    private static final Sites SITES =
            new Sites(List.of(new Tap("deep", Tap.Layout.SPATIAL, 1, 1, 1, 0)), InputSpec.raw(1, 1, 1));
    private static final Rectangle CORNER = new Rectangle(3, 4, 1, 2);
    private static final double T_OF_ONE_DEGREE = 12.706204736;
    private static final double P = 0.5 - Math.atan(Math.sqrt(27)) / Math.PI;

    /** With a false discovery rate that two drawings of each of three classes can reach. */
    private static Readings readings(int classes, @Nullable Rectangle place) {
        return new Readings(List.of(PATCH), SITES, Collections.singletonList(place), classes, 0.95, 0.25, 0.5);
    }

    /** Of each class ten images without the property, at 0 everywhere, and ten with it, at 1. */
    private static List<HeldOutImage> images(int classes) {
        List<HeldOutImage> images = new ArrayList<>();
        for (int i = 0; i < 20 * classes; i++) {
            int has = i % 2;
            images.add(new HeldOutImage(i / 20, new int[] {has}, new double[] {has, has, has}));
        }

        return images;
    }

    private static Drawing drawing(int classIndex, double amount, int... features) {
        return new Drawing(
                classIndex,
                "prototype()",
                "prototype",
                new double[] {Double.NaN, amount, Double.NaN},
                List.of(new PlaceColours(List.of(amount), List.of(0.25))),
                features);
    }

    private static final List<Drawing> DRAWINGS = List.of(
            drawing(0, 1.7), drawing(0, 1.9), drawing(1, 0.1), drawing(1, 0.3), drawing(2, 0.1), drawing(2, -0.5));

    @Test
    void aPropertyIsDrawnIntoTheClassWhoseDrawingsHaveIt() {
        List<Reading> readings = readings(3, CORNER).of(images(3), DRAWINGS);

        assertThat(readings)
                .extracting(Reading::classIndex, Reading::drawnIn, Reading::site, Reading::n)
                .containsExactly(tuple(0, true, "deep", 2L), tuple(1, false, "deep", 2L), tuple(2, false, "deep", 2L));
        Reading own = readings.get(0);
        assertThat(own.property()).isEqualTo(PATCH);
        assertThat(own.separation()).isEqualTo(1);
        assertThat(own.value()).isCloseTo(1.8, within(1e-12));
        assertThat(own.natural()).isEqualTo(0.5);
        assertThat(own.others()).isCloseTo(0, within(1e-12));
        assertThat(own.difference()).isCloseTo(1.3, within(1e-12));
        // The means are 1.8, 0.2 and -0.2. Beside 1.8 the others have mean 0 and s = 0.2 √2, so that one more may lie
        // s √(1 + 1/2) = 0.2 √3 away, and t = 1.8/(0.2 √3) = √27. With one degree of freedom p = 1/2 - atan(t)/π.
        assertThat(own.interval().low()).isCloseTo(1.3 - 0.2 * Math.sqrt(3) * T_OF_ONE_DEGREE, within(1e-6));
        assertThat(own.interval().high()).isCloseTo(1.3 + 0.2 * Math.sqrt(3) * T_OF_ONE_DEGREE, within(1e-6));
        assertThat(own.pValue()).isCloseTo(P, within(1e-12));
        // Beside 0.2 the mean is 0.8 and s = √2; beside -0.2 the mean is 1 and s = 0.8 √2.
        assertThat(readings.get(1).pValue()).isCloseTo(0.5 + Math.atan(0.6 / Math.sqrt(3)) / Math.PI, within(1e-12));
        assertThat(readings.get(2).pValue()).isCloseTo(0.5 + Math.atan(1.5 / Math.sqrt(3)) / Math.PI, within(1e-12));
        assertThat(own.qValue()).isCloseTo(3 * P, within(1e-12));
        assertThat(own.place()).isEqualTo(CORNER);
        assertThat(own.colours()).isEqualTo(new PlaceColours(List.of((1.7 + 1.9) / 2), List.of(0.25)));
    }

    @Test
    void itTakesAsMuchMoreAsThePlanCallsFor() {
        List<Drawing> drawings = List.of(drawing(0, 1.0), drawing(0, 0.98), drawing(1, 0.01), drawing(2, -0.01));

        // Half of the class's images have it, so that 0.99 is 0.49 more.
        Reading own = readings(3, null).of(images(3), drawings).get(0);

        assertThat(own.qValue()).isLessThan(0.25);
        assertThat(own.difference()).isCloseTo(0.49, within(1e-12));
        assertThat(own.drawnIn()).isFalse();
        assertThat(own.place()).isNull();
        assertThat(own.colours()).isNull();
    }

    @Test
    void otherDrawingsCountWhereTheyHaveMoreOfItThanImages() {
        List<Drawing> drawings =
                List.of(drawing(0, 2), drawing(0, 2), drawing(1, 1.5), drawing(1, 0.5), drawing(2, 1), drawing(2, 1));

        Reading own = readings(3, null).of(images(3), drawings).get(0);

        assertThat(own.others()).isEqualTo(1);
        assertThat(own.difference()).isEqualTo(1);
    }

    @Test
    void whatImagesDoNotTellIsARowWithoutAValue() {
        List<HeldOutImage> alike = images(3).stream()
                .map(one -> new HeldOutImage(one.classIndex(), one.has(), new double[] {0, 0, 0}))
                .toList();

        for (Reading reading : readings(3, CORNER).of(alike, DRAWINGS)) {
            assertThat(reading.separation()).isEqualTo(0.5);
            assertThat(List.of(
                            reading.value(),
                            reading.natural(),
                            reading.others(),
                            reading.difference(),
                            reading.interval().low(),
                            reading.pValue(),
                            reading.qValue()))
                    .allMatch(number -> number.isNaN());
            assertThat(reading.drawnIn()).isFalse();
            assertThat(reading.place()).isNull();
        }

        assertThat(readings(3, CORNER).of(List.of(), DRAWINGS))
                .hasSize(3)
                .allMatch(reading -> Double.isNaN(reading.separation()));
    }

    @Test
    void oneDrawingOfEachOfThreeClassesIsATestAndManyOfTwoClassesAreNone() {
        Reading single = readings(3, null)
                .of(images(3), List.of(drawing(0, 1.8), drawing(1, 0.2), drawing(2, -0.2)))
                .get(0);
        assertThat(single.pValue()).isCloseTo(P, within(1e-12));

        Reading ofTwo = readings(3, null)
                .of(images(3), List.of(drawing(0, 2), drawing(0, 2.1), drawing(1, 0), drawing(1, 0.1)))
                .get(0);
        assertThat(ofTwo.difference()).isCloseTo(1.55, within(1e-12));
        assertThat(ofTwo.interval().low()).isNaN();
        assertThat(ofTwo.pValue()).isNaN();
        assertThat(ofTwo.drawnIn()).isFalse();

        Reading alone = readings(3, null)
                .of(images(3), List.of(drawing(0, 2), drawing(0, 2)))
                .get(0);
        assertThat(alone.value()).isEqualTo(2);
        assertThat(alone.others()).isNaN();
        assertThat(alone.difference()).isNaN();
        assertThat(alone.pValue()).isNaN();
        assertThat(alone.drawnIn()).isFalse();
    }

    @Test
    void aPlaceIsToldWhereImagesTellByItAlone() {
        List<HeldOutImage> elsewhere = images(3).stream()
                .map(one -> new HeldOutImage(one.classIndex(), one.has(), new double[] {0, one.scores()[1], 0.5}))
                .toList();

        Reading own = readings(3, CORNER).of(elsewhere, DRAWINGS).get(0);

        assertThat(own.drawnIn()).isTrue();
        assertThat(own.place()).isNull();
        assertThat(own.colours()).isNull();
    }

    @Test
    void methodsAreReadEachByItself() {
        List<Drawing> drawings = new ArrayList<>(DRAWINGS);
        DRAWINGS.forEach(one -> drawings.add(new Drawing(
                one.classIndex(), "other()", "other", new double[] {0, 0.5, 0}, one.colours(), one.features())));

        List<Reading> readings = readings(3, null).of(images(3), drawings);

        assertThat(readings)
                .extracting(Reading::method)
                .containsExactly("other()", "other()", "other()", "prototype()", "prototype()", "prototype()");
        assertThat(readings.get(3).others()).isCloseTo(0, within(1e-12));
        assertThat(readings.get(3).qValue()).isCloseTo(3 * P, within(1e-12));
        assertThat(readings.get(0).pValue()).isCloseTo(1, within(1e-12));
    }

    @Test
    void theOrderOfSeedsAndTheNumbersOfClassesDoNotMatter() {
        List<Drawing> turned = new ArrayList<>(DRAWINGS);
        Collections.reverse(turned);
        assertThat(readings(3, null).of(images(3), turned))
                .extracting(Reading::classIndex, Reading::pValue, Reading::drawnIn)
                .isEqualTo(readings(3, null).of(images(3), DRAWINGS).stream()
                        .map(one -> tuple(one.classIndex(), one.pValue(), one.drawnIn()))
                        .toList());

        List<Drawing> renumbered = DRAWINGS.stream()
                .map(one -> new Drawing(
                        2 - one.classIndex(), one.method(), one.methodName(), one.scores(), one.colours(), new int[0]))
                .toList();
        assertThat(readings(3, null).of(images(3), renumbered))
                .extracting(Reading::drawnIn)
                .containsExactly(false, false, true);
    }

    @Test
    void harmlessPropertiesAreHardlyEverDrawnIn() {
        Random random = new Random(17);
        int properties = 5;
        int classes = 10;
        int found = 0;
        for (int run = 0; run < 200; run++) {
            List<HeldOutImage> images = new ArrayList<>();
            for (int i = 0; i < 20 * classes; i++) {
                int[] has = new int[properties];
                double[] scores = new double[2 * properties];
                for (int p = 0; p < properties; p++) {
                    has[p] = i % 2;
                    scores[2 * p] = has[p] + 0.3 * random.nextGaussian();
                }

                images.add(new HeldOutImage(i / 20, has, scores));
            }

            List<Drawing> drawings = new ArrayList<>();
            double[] offsets = new double[properties];
            for (int i = 0; i < 4 * classes; i++) {
                // Classes lie far apart and their seeds near each other, since nothing but chance shall decide: no
                // difference
                // is too small.
                double[] scores = new double[2 * properties];
                for (int p = 0; p < properties; p++) {
                    offsets[p] = i % 4 == 0 ? 10 * random.nextGaussian() : offsets[p];
                    scores[2 * p] = offsets[p] + random.nextGaussian();
                }

                int[] active = IntStream.range(0, 200)
                        .filter(f -> random.nextInt(10) < 3)
                        .toArray();
                drawings.add(new Drawing(
                        i / 4, "prototype()", "prototype", scores, Collections.nCopies(properties, null), active));
            }

            FeatureCounts counts = new FeatureCounts();
            for (int c = 0; c < classes; c++) {
                counts.add(c, 100);
                for (int feature = 0; feature < 200; feature++) {
                    counts.add(
                            c,
                            feature,
                            random.ints(100, 0, 10).filter(x -> x < 3).count());
                }
            }

            List<Reading> readings = new Readings(
                            IntStream.range(0, properties)
                                    .mapToObj(p -> new Property("harmless", String.valueOf(p)))
                                    .toList(),
                            new Sites(List.of(), InputSpec.raw(1, 1, 1)),
                            Collections.nCopies(properties, null),
                            classes,
                            0.95,
                            0.05,
                            0)
                    .of(images, drawings, "deep", counts);
            assertThat(readings.stream().filter(one -> !Double.isNaN(one.pValue())))
                    .hasSizeGreaterThan(properties * classes);
            found += readings.stream().anyMatch(Reading::drawnIn) ? 1 : 0;
        }

        // Two families at 5% together; 10 of 200 runs would be 5%.
        assertThat(found).isLessThanOrEqualTo(10);
    }

    /** Four drawings of each of three classes; those of the first one have feature 7, and one of all has feature 8. */
    private static List<Drawing> withFeatures() {
        List<Drawing> drawings = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            drawings.add(i < 4 ? drawing(i / 4, 0, 7) : i == 4 ? drawing(1, 0, 8) : drawing(i / 4, 0));
        }

        return drawings;
    }

    private static FeatureCounts twentyImagesOf(int classes) {
        FeatureCounts counts = new FeatureCounts();
        for (int c = 0; c < classes; c++) {
            counts.add(c, 20);
            counts.add(c, 7, 2);
        }

        return counts;
    }

    @Test
    void aFeatureIsDrawnInThatIsActiveInTheDrawingsAlone() {
        List<Reading> readings = readings(3, null).of(images(3), withFeatures(), "deep", twentyImagesOf(3)).stream()
                .filter(one -> one.feature() != null)
                .toList();

        assertThat(Readings.features(withFeatures())).containsExactly(7);
        assertThat(readings).hasSize(1);
        Reading own = readings.get(0);
        assertThat(own.classIndex()).isZero();
        assertThat(own.feature()).isEqualTo(7);
        assertThat(own.property()).isNull();
        assertThat(own.site()).isEqualTo("deep");
        assertThat(own.value()).isEqualTo(1);
        assertThat(own.natural()).isEqualTo(0.1);
        assertThat(own.others()).isZero();
        assertThat(own.difference()).isCloseTo(0.9, within(1e-12));
        assertThat(own.interval()).isEqualTo(ScoreInterval.newcombe(new Proportion(4, 4), new Proportion(2, 20), 0.95));
        // Against images: all six active ones of 24 could be chosen as the four, C(6, 4)/C(24, 4) = 15/10626 = 0.0014;
        // against
        // drawings 1/C(12, 4) = 1/495 = 0.0020, which is the larger one.
        assertThat(own.pValue()).isCloseTo(1 / 495.0, within(1e-12));
        // Feature 7 might have been told of the two other classes as well; feature 8, in one drawing, of none. The
        // family of attributes has
        // no discovery, so that q is twice as large again.
        assertThat(own.qValue()).isCloseTo(2 * 3 / 495.0, within(1e-12));
        assertThat(own.drawnIn()).isTrue();
    }

    @Test
    void noMoreFeaturesAreKeptThanAreReadAndTheMostStrikingOfThem() {
        List<Drawing> drawings = new ArrayList<>();
        int[] many = IntStream.range(0, 80).toArray();
        for (int i = 0; i < 12; i++) {
            drawings.add(
                    i < 3 ? drawing(0, 0, many) : i == 3 ? drawing(0, 0, Arrays.copyOf(many, 40)) : drawing(i / 4, 0));
        }

        List<Reading> features = readings(3, null).of(images(3), drawings, "deep", twentyImagesOf(3)).stream()
                .filter(one -> one.feature() != null)
                .toList();

        assertThat(features).hasSize(Readings.MOST_FEATURES);
        // Feature 7 is active in a tenth of the images.
        assertThat(features.get(0).feature()).isZero();
        assertThat(features.get(39).feature()).isEqualTo(7);
        assertThat(features.get(40).value()).isEqualTo(0.75);
    }
}
