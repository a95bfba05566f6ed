package dev.tapetum.prototype.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.model.InputSpec;
import dev.tapetum.model.Tap;
import dev.tapetum.probe.Rectangle;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DirectionsTest {
    /** Two pixels, and a tap of one number. */
    private static final Sites SITES =
            new Sites(List.of(new Tap("deep", Tap.Layout.SPATIAL, 1, 1, 1, 0)), InputSpec.raw(1, 1, 2));

    private static final ReadProperties PATCH =
            new ReadProperties(List.of(ReadAttribute.of("patch", Map.of("no", 9L, "yes", 1L))));
    private static final int[] YES = {1};
    private static final int[] NO = {0};

    private static DirectionSums sums() {
        return new DirectionSums(PATCH, SITES.size());
    }

    private static Directions directions(DirectionSums... parts) {
        long[] differences = new long[SITES.size()];
        int classes = 0;
        for (DirectionSums part : parts) {
            for (int i = 0; i < differences.length; i++) {
                differences[i] += part.differences(0)[i];
            }

            classes += part.classes(0);
        }

        return Directions.of(SITES, PATCH.all(), List.of(differences), new int[] {classes});
    }

    private static void firstClass(DirectionSums sums) {
        sums.add(YES, new float[] {1, 0, 2});
        sums.add(NO, new float[] {0, 0, 0});
        sums.add(YES, new float[] {3, 0, 4});
        sums.endClass();
    }

    private static void secondClass(DirectionSums sums) {
        sums.add(NO, new float[] {1, 1, 1});
        sums.add(YES, new float[] {5, 1, 1});
        sums.add(NO, new float[] {3, 1, 1});
        sums.endClass();
    }

    @Test
    void aDirectionIsTheMeanOfTheDifferencesWithinClasses() {
        DirectionSums sums = sums();
        firstClass(sums);
        secondClass(sums);

        // First class: (2, 0, 3) − (0, 0, 0); second: (5, 1, 1) − (2, 1, 1) = (3, 0, 0).
        assertThat(directions(sums).ofProperties().get(0)).containsExactly(2.5f, 0, 1.5f);
    }

    @Test
    void aClassOfOneKindSaysNothing() {
        DirectionSums sums = sums();
        firstClass(sums);
        sums.add(NO, new float[] {100, 100, 100});
        sums.endClass();
        sums.add(YES, new float[] {100, 100, 100});
        sums.add(new int[] {ReadProperties.UNKNOWN}, new float[] {-7, -7, -7});
        sums.endClass();
        sums.endClass();

        assertThat(directions(sums).ofProperties().get(0)).containsExactly(2, 0, 3);
        assertThat(directions(sums()).ofProperties().get(0)).containsExactly(0, 0, 0);
    }

    @Test
    void ofSeveralValuesAllOthersAreWithout() {
        ReadProperties vendor =
                new ReadProperties(List.of(ReadAttribute.of("vendor", Map.of("a", 1L, "b", 1L, "c", 1L))));
        DirectionSums sums = new DirectionSums(vendor, 1);
        sums.add(new int[] {0}, new float[] {6});
        sums.add(new int[] {1}, new float[] {1});
        sums.add(new int[] {2}, new float[] {3});
        sums.add(new int[] {2}, new float[] {5});
        sums.endClass();

        // a: 6 − (1 + 3 + 5)/3; b: 1 − (6 + 3 + 5)/3; c: 4 − (6 + 1)/2.
        assertThat(DirectionSums.direction(sums.differences(0), 1)[0]).isEqualTo(3);
        assertThat(DirectionSums.direction(sums.differences(1), 1)[0]).isEqualTo((float) (1 - 14 / 3.0));
        assertThat(DirectionSums.direction(sums.differences(2), 1)[0]).isEqualTo(0.5f);
    }

    @Test
    void neitherTheOrderOfImagesNorWhoSummedUpWhichClassMatters() {
        Random random = new Random(3);
        float[][] images = new float[60][3];
        for (float[] image : images) {
            // From 1e-5 to 1e3, of which sums of floats or doubles would depend on the order.
            for (int i = 0; i < image.length; i++) {
                image[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(9) - 5));
            }
        }

        DirectionSums together = sums();
        DirectionSums first = sums();
        DirectionSums second = sums();
        for (int i = 0; i < 60; i++) {
            together.add(i % 3 == 0 ? YES : NO, images[i]);
            if (i == 29) {
                together.endClass();
            }
        }

        together.endClass();
        for (int i = 59; i >= 0; i--) {
            (i < 30 ? first : second).add(i % 3 == 0 ? YES : NO, images[i]);
        }

        first.endClass();
        second.endClass();

        assertThat(directions(second, first).ofProperties().get(0))
                .isEqualTo(directions(together).ofProperties().get(0));
    }

    @Test
    void whatIsBeyondAnyActivationIsCutOff() {
        DirectionSums sums = sums();
        sums.add(YES, new float[] {1e30f, Float.MAX_VALUE, 70_000});
        sums.add(NO, new float[] {0, -Float.MAX_VALUE, 0});
        sums.endClass();

        assertThat(directions(sums).ofProperties().get(0)).containsExactly(131_072, 131_072, 70_000);
    }

    @Test
    void aScoreIsTheScalarProductAtEachSiteAndInThePlace() {
        Directions directions = Directions.of(
                SITES,
                List.of(new Property("a", "x"), new Property("a", "y")),
                List.of(new float[] {2, -1, 3}, new float[] {0, 1, 0.5f}));

        // Pixels: 2·4 − 1·5 and 5; the tap: 3·6 and 0.5·6. One of two pixels is half of the picture, which is no place.
        assertThat(directions.scores(new float[] {4, 5, 6})).containsExactly(3, 18, 0, 5, 3, 0);

        float[] direction = new float[INPUT.size()];
        direction[3 * 10 + 4] = 2;
        direction[80 + 3 * 10 + 4] = -1;
        direction[80 + 3 * 10 + 5] = 2;
        direction[7 * 10] = 0.5f;
        float[] image = new float[INPUT.size()];
        Arrays.fill(image, 1);
        image[80 + 3 * 10 + 5] = 10;
        // 2 − 1 + 2·10 in the place, columns 4 and 5 of row 3, and 0.5 elsewhere.
        assertThat(inPixels(direction).scores(image)).containsExactly(21.5, 21);
    }

    @Test
    void sitesArePixelsAndThenTaps() {
        assertThat(SITES.count()).isEqualTo(2);
        assertThat(SITES.name(0)).isEqualTo("pixels");
        assertThat(SITES.name(1)).isEqualTo("deep");
        assertThat(SITES.size()).isEqualTo(3);
        assertThat(SITES.values(new float[] {1, 2}, List.of(new float[] {3}))).containsExactly(1, 2, 3);
    }

    /** A direction in pixels of two channels of 8 rows and 10 columns. */
    private static Directions inPixels(float[] direction) {
        return Directions.of(new Sites(List.of(), INPUT), List.of(new Property("a", "x")), List.of(direction));
    }

    private static final InputSpec INPUT = InputSpec.raw(2, 8, 10);

    @Test
    void aPlaceIsTheRectangleAroundTheLongerHalf() {
        float[] direction = new float[INPUT.size()];
        Arrays.fill(direction, 0.1f);
        // Summed without signs over the channels: 2 at (2, 3), 1.5 at (4, 5), and 1 at (7, 9), which is no more than
        // half.
        direction[2 * 10 + 3] = -1;
        direction[80 + 2 * 10 + 3] = 1;
        direction[4 * 10 + 5] = 1.4f;
        direction[7 * 10 + 9] = 0.5f;
        direction[80 + 7 * 10 + 9] = 0.5f;

        assertThat(inPixels(direction).places()).containsExactly(new Rectangle(2, 3, 3, 3));
    }

    @Test
    void whatIsAllOverThePictureHasNoPlace() {
        float[] direction = new float[INPUT.size()];
        direction[0] = 1;
        direction[4 * 10 + 3] = 1;

        // 5 rows of 4 are a quarter of 80, and 5 of 5 are more.
        assertThat(inPixels(direction).places()).containsExactly(new Rectangle(0, 0, 5, 4));
        direction[4] = -1;
        assertThat(inPixels(direction).places()).containsExactly((Rectangle) null);
        assertThat(inPixels(new float[INPUT.size()]).places()).containsExactly((Rectangle) null);
    }
}
