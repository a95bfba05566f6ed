package dev.tapetum.fairness.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.fairness.Observation;
import dev.tapetum.fairness.Slice;
import dev.tapetum.stats.FisherExact;
import dev.tapetum.stats.StatisticsSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConfirmationTest {
    private static final StatisticsSettings SETTINGS = new StatisticsSettings(0.95, 400, 0.05, 30, 7);
    private static final double ROUNDING = 1e-12;

    private static final Found AT_B = found("site", "B");
    private static final Found AT_NIGHT = found("light", "night");

    private static Found found(String attribute, String value) {
        return new Found(new Predicate(List.of(new Literal(new Aspect.Attribute(attribute), value))), 200, 50, 1.5);
    }

    /** 100 images at B with 40 errors, 300 at A with 30; day and night take turns. */
    private static List<Observation> images() {
        List<Observation> images = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            boolean atB = i < 100;
            boolean wrong = atB ? i < 40 : i < 130;
            images.add(Population.image(
                    "image " + i, Map.of("site", atB ? "B" : "A", "light", i % 2 == 0 ? "day" : "night"), wrong));
        }

        return images;
    }

    private static List<Slice> slices(List<Observation> images, List<Found> found, boolean clustered) {
        Confirmation confirmation =
                new Confirmation(found.stream().map(Found::predicate).toList(), SETTINGS, clustered);
        images.forEach(confirmation::add);
        return confirmation.slices(found);
    }

    @Test
    void theNumbersAreThoseOfTheImagesThatItIsGiven() {
        List<Slice> slices = slices(images(), List.of(AT_B, AT_NIGHT), false);
        Slice atB = slices.get(0);
        double p = FisherExact.pValue(40, 100, 30, 300);

        assertThat(atB.rank()).isEqualTo(1);
        assertThat(atB.n()).isEqualTo(100);
        assertThat(atB.clusters()).isEqualTo(100);
        assertThat(atB.value()).isCloseTo(0.4, within(ROUNDING));
        assertThat(atB.overall()).isCloseTo(70.0 / 400, within(ROUNDING));
        assertThat(atB.difference()).isCloseTo(0.4 - 0.1, within(ROUNDING));
        assertThat(atB.interval().low()).isBetween(0.15, 0.3);
        assertThat(atB.interval().high()).isBetween(0.3, 0.45);
        assertThat(atB.pValue()).isCloseTo(p, within(ROUNDING));
        // The smaller of two p-values, corrected by Benjamini and Hochberg.
        assertThat(atB.qValue()).isCloseTo(2 * p, within(ROUNDING));
        assertThat(atB.confirmed()).isTrue();
        assertThat(atB.score()).isEqualTo(1.5);
        assertThat(atB.searchN()).isEqualTo(200);
        assertThat(atB.searchValue()).isEqualTo(0.25);

        Slice atNight = slices.get(1);
        assertThat(atNight.rank()).isEqualTo(2);
        assertThat(atNight.value()).isCloseTo(0.175, within(ROUNDING));
        assertThat(atNight.difference()).isZero();
        assertThat(atNight.confirmed()).isFalse();
    }

    @Test
    void aSliceThatIsBetterThanTheRestIsNotConfirmed() {
        Slice atA = slices(images(), List.of(found("site", "A")), false).get(0);

        assertThat(atA.difference()).isCloseTo(-0.3, within(ROUNDING));
        assertThat(atA.qValue()).isLessThan(0.001);
        assertThat(atA.confirmed()).isFalse();
    }

    @Test
    void belowMinGroupThereIsNoVerdict() {
        List<Observation> images = images().subList(71, 400);
        Slice atB = slices(images, List.of(AT_B), false).get(0);

        assertThat(atB.n()).isEqualTo(29);
        assertThat(atB.difference()).isCloseTo(0 - 0.1, within(ROUNDING));
        assertThat(atB.interval().low()).isNaN();
        assertThat(atB.pValue()).isNaN();
        assertThat(atB.qValue()).isNaN();
        assertThat(atB.confirmed()).isFalse();
    }

    @Test
    void aSliceWithoutImagesHasNoNumbers() {
        Slice nowhere = slices(images(), List.of(found("site", "C")), false).get(0);

        assertThat(nowhere.n()).isZero();
        assertThat(nowhere.value()).isNaN();
        assertThat(nowhere.overall()).isCloseTo(0.175, within(ROUNDING));
        assertThat(nowhere.difference()).isNaN();
        assertThat(nowhere.confirmed()).isFalse();
    }

    @Test
    void withoutImagesThereAreNoNumbersAtAll() {
        Slice slice = slices(List.of(), List.of(AT_B), false).get(0);

        assertThat(slice.n()).isZero();
        assertThat(slice.overall()).isNaN();
        assertThat(slice.confirmed()).isFalse();
    }

    /** The same images as 20 clusters of 5 at B and 60 at A: fewer units than min-group asks for. */
    @Test
    void imagesOfOneClusterAreOneUnit() {
        List<Observation> clustered = new ArrayList<>();
        List<Observation> images = images();
        for (int i = 0; i < images.size(); i++) {
            Observation image = images.get(i);
            clustered.add(Observation.scored(
                    image.imageId(),
                    "patient " + i / 5,
                    image.attributes(),
                    image.label(),
                    image.predicted(),
                    0.5,
                    Map.of()));
        }

        Slice atB = slices(clustered, List.of(AT_B), true).get(0);
        assertThat(atB.n()).isEqualTo(100);
        assertThat(atB.clusters()).isEqualTo(20);
        assertThat(atB.pValue()).isNaN();
        assertThat(atB.confirmed()).isFalse();
    }

    @Test
    void mergingPartsInAnyOrderEqualsOnePass() {
        List<Found> found = List.of(AT_B, AT_NIGHT);
        List<Slice> whole = slices(images(), found, false);
        List<Observation> shuffled = images();
        Collections.shuffle(shuffled, new Random(7));
        Confirmation merged =
                new Confirmation(found.stream().map(Found::predicate).toList(), SETTINGS, false);
        for (int part = 0; part < 7; part++) {
            Confirmation one =
                    new Confirmation(found.stream().map(Found::predicate).toList(), SETTINGS, false);
            for (int i = part; i < shuffled.size(); i += 7) {
                one.add(shuffled.get(i));
            }

            merged.merge(one);
        }

        assertThat(merged.slices(found)).isEqualTo(whole);
    }

    @Test
    void imagesWithoutLabelOrPredictionDoNotCount() {
        List<Observation> images = images();
        images.add(Observation.rejected("r", null, Map.of("site", "B"), 0));
        images.add(Observation.scored("u", null, Map.of("site", "B"), Observation.UNKNOWN, 0, 0.5, Map.of()));

        assertThat(slices(images, List.of(AT_B), false)).isEqualTo(slices(images(), List.of(AT_B), false));
    }
}
