package dev.tapetum.prototype.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.model.InputSpec;
import dev.tapetum.model.Tap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleTest {
    /** @param scores at the sites, of which the last one is that of the place as well */
    private static HeldOutImage image(int classIndex, int has, double... scores) {
        double[] andPlace = Arrays.copyOf(scores, scores.length + 1);
        andPlace[scores.length] = scores[scores.length - 1];
        return new HeldOutImage(classIndex, new int[] {has}, andPlace);
    }

    /** The pixels and as many taps. */
    private static Sites sites(int taps) {
        return new Sites(
                Collections.nCopies(taps, new Tap("tap", Tap.Layout.SPATIAL, 1, 1, 1, 0)), InputSpec.raw(1, 1, 1));
    }

    /**
     * Ten images of a class with the property and ten without; those without have scores 0 to 9 at every site, and those with it
     * 10, but at each site one of them falls below so many without.
     */
    private static List<HeldOutImage> world(double... falls) {
        List<HeldOutImage> images = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            double[] with = new double[falls.length];
            double[] without = new double[falls.length];
            for (int site = 0; site < falls.length; site++) {
                with[site] = i == 0 ? 9.5 - falls[site] : 10;
                without[site] = i;
            }

            images.add(image(0, 1, with));
            images.add(image(0, 0, without));
        }

        return images;
    }

    @Test
    void theSiteIsTheDeepestOfThoseThatTellAboutAsWellAsTheBest() {
        // Of 100 pairs as many are lost as the image falls: separations 1, 0.98, 0.97, and then 0.99, 1, 0.95.
        Scale third = Scale.of(world(0, 2, 3), 0, sites(2), 1);
        assertThat(third.site()).isEqualTo(1);
        assertThat(third.separation()).isEqualTo(0.98);
        assertThat(third.inPlace()).isEqualTo(0.97);
        assertThat(Scale.of(world(1, 0, 5), 0, sites(2), 1).site()).isEqualTo(1);
        assertThat(Scale.of(world(5, 0, 1), 0, sites(2), 1).site()).isEqualTo(2);
    }

    @Test
    void theAmountIsZeroWithoutAndOneWithTheProperty() {
        List<HeldOutImage> images = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            // Class 0: 0 without and 4 with; class 1: 10 without and 12 with; class 2 has images without only, at 6.
            images.add(image(0, 0, 0));
            images.add(image(0, 1, 4));
            images.add(image(1, 0, 10));
            images.add(image(1, 1, 12));
            images.add(image(2, 0, 6));
        }

        images.add(image(1, ReadProperties.UNKNOWN, 32));
        Scale scale = Scale.of(images, 0, sites(0), 4);

        // The gap is (4 + 2)/2 = 3.
        assertThat(scale.told()).isTrue();
        assertThat(scale.gap()).isEqualTo(3);
        assertThat(scale.amount(0, 3)).isEqualTo(1);
        assertThat(scale.amount(0, 0)).isZero();
        assertThat(scale.amount(1, 11.5)).isEqualTo(0.5);
        assertThat(scale.amount(2, 9)).isEqualTo(1);
        // Class 3 has no images at all, and takes (0 + 10 + 6)/3 from the others.
        assertThat(scale.amount(3, 9)).isCloseTo((9 - 16 / 3.0) / 3, within(1e-12));
        // Class 0: ten at 0 and ten at 4/3. Class 1: ten at 0, ten at 2/3 and one at 22/3. Class 2 has none of it.
        assertThat(scale.natural()[0]).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(scale.natural()[1]).isCloseTo((20 / 3.0 + 22 / 3.0) / 21, within(1e-12));
        assertThat(scale.natural()[2]).isZero();
        assertThat(scale.natural()[3]).isNaN();
    }

    /**
     * Gaps of 4 from ten images of either kind, weight 1/(1/10 + 1/10) = 5, and of 40 from ten with and one without, weight
     * 1/(1/10 + 1) = 10/11: (5·4 + 40·10/11)/(5 + 10/11) = 56.36/5.909 = 9.538. The single image at −20 does not say where the class
     * begins either: that is where the other class does, at 0, and so it is for a class whose images all have the property.
     */
    @Test
    void aClassWithHardlyAnyImageWithoutThePropertyIsReadFromWhereOthersBegin() {
        List<HeldOutImage> images = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            images.add(image(0, 0, 0));
            images.add(image(0, 1, 4));
            images.add(image(1, 1, 20));
            images.add(image(2, 1, 5));
        }

        images.add(image(1, 0, -20));
        Scale scale = Scale.of(images, 0, sites(0), 3);
        double gap = (5 * 4 + 40 * 10 / 11.0) / (5 + 10 / 11.0);

        assertThat(scale.gap()).isCloseTo(gap, within(1e-12));
        assertThat(scale.amount(1, 20)).isCloseTo(20 / gap, within(1e-12));
        assertThat(scale.amount(2, 6)).isCloseTo(6 / gap, within(1e-12));
        assertThat(scale.natural()[2]).isCloseTo(5 / gap, within(1e-12));
    }

    @Test
    void separationIsWithinClassesOnly() {
        List<HeldOutImage> images = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            // Images with the property are all in the class with the larger scores, but within it they are no larger.
            images.add(image(0, i == 0 ? 1 : 0, 0));
            images.add(image(1, i == 0 ? 0 : 1, 5));
        }

        Scale scale = Scale.of(images, 0, sites(0), 2);

        assertThat(scale.separation()).isEqualTo(0.5);
        assertThat(scale.told()).isFalse();
        assertThat(scale.amount(0, 5)).isNaN();
    }

    @Test
    void nineImagesOfAKindTellNothing() {
        List<HeldOutImage> images = new ArrayList<>(world(0));
        images.remove(0);
        // It would be the tenth, of a class that has nothing to compare it with.
        images.add(image(1, 1, 10));
        Scale scale = Scale.of(images, 0, sites(0), 2);

        assertThat(scale.separation()).isNaN();
        assertThat(scale.told()).isFalse();
        assertThat(scale.site()).isZero();
    }

    @Test
    void whatIsToldTheWrongWayRoundIsNotTold() {
        List<HeldOutImage> turned = world(0).stream()
                .map(one -> new HeldOutImage(0, new int[] {1 - one.has()[0]}, one.scores()))
                .toList();

        assertThat(Scale.of(turned, 0, sites(0), 1).separation()).isEqualTo(0.5);
    }
}
