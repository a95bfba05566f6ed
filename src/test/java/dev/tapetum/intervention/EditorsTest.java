package dev.tapetum.intervention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tapetum.image.Colour;
import dev.tapetum.image.PixelMeasure;
import dev.tapetum.image.PlanarImage;
import dev.tapetum.model.InputSpec;
import dev.tapetum.probe.Region;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What single editors do to single pixels, by hand. */
final class EditorsTest {

    private static final InputSpec ONE = InputSpec.raw(3, 1, 1);

    /** Single precision of values near one, a few operations deep. */
    private static final float CLOSE = 1e-6f;

    @Test
    void brightnessIsAddedAndCutOff() {
        // (0.2, 0.5, 0.9) + 0.3, the last one at white.
        assertThat(edited(new Brightness(-0.3, 0.3, 3), 2, 0.2f, 0.5f, 0.9f))
                .containsExactly(new float[] {0.5f, 0.8f, 1}, within(CLOSE));
        assertThat(edited(new Brightness(-0.3, 0.3, 3), 0, 0.2f, 0.5f, 0.9f))
                .containsExactly(new float[] {0, 0.2f, 0.6f}, within(CLOSE));
    }

    @Test
    void contrastIsAboutTheMeanLuma() {
        // Luma of (1, 0, 0) is 0.299: halfway there is (0.6495, 0.1495, 0.1495).
        assertThat(edited(new Contrast(0.5, 1.5, 3), 0, 1, 0, 0))
                .containsExactly(new float[] {0.6495f, 0.1495f, 0.1495f}, within(CLOSE));
    }

    @Test
    void withoutSaturationAColourIsItsLuma() {
        assertThat(edited(new Saturation(0, 2, 3), 0, 0, 1, 0))
                .containsExactly(new float[] {0.587f, 0.587f, 0.587f}, within(CLOSE));
        // Twice the distance from the luma 0.5·0.299 + 0.4·0.587 + 0.3·0.114 = 0.4185: 2·0.5 − 0.4185 = 0.5815 and so
        // on.
        assertThat(edited(new Saturation(0, 2, 3), 2, 0.5f, 0.4f, 0.3f))
                .containsExactly(new float[] {0.5815f, 0.3815f, 0.1815f}, within(CLOSE));
    }

    @Test
    void aTurnOfTheHueKeepsGreysAndLumaAndComesBackAfterAFullCircle() {
        assertThat(edited(new Hue(-180, 180, 5), 3, 0.4f, 0.4f, 0.4f))
                .containsExactly(new float[] {0.4f, 0.4f, 0.4f}, within(CLOSE));
        float[] turned = edited(new Hue(-180, 180, 5), 3, 0.5f, 0.4f, 0.45f);
        assertThat(0.299 * turned[0] + 0.587 * turned[1] + 0.114 * turned[2])
                .isCloseTo(0.299 * 0.5 + 0.587 * 0.4 + 0.114 * 0.45, within(1e-6));
        assertThat(edited(new Hue(-180, 180, 3), 1, 0.5f, 0.2f, 0.7f))
                .containsExactly(new float[] {0.5f, 0.2f, 0.7f}, within(CLOSE));
    }

    @Test
    void aTintKeepsTheLumaOfGreys() {
        // Orange (1, 0.501961, 0) has luma 0.593651: at density ½ the gains are 1.342246, 0.922774 and ½, and their
        // luma is one.
        float[] tinted = edited(new Tint(new Colour("#ff8000"), 0, 1, 3), 1, 0.4f, 0.4f, 0.4f);
        assertThat(tinted).containsExactly(new float[] {0.536898f, 0.36911f, 0.2f}, within(CLOSE));
        assertThat(0.299 * tinted[0] + 0.587 * tinted[1] + 0.114 * tinted[2]).isCloseTo(0.4, within(1e-6));
    }

    @Test
    void gammaIsAPower() {
        assertThat(edited(new Gamma(0.5, 2, 4), 3, 0.5f, 0, 1))
                .containsExactly(new float[] {0.25f, 0, 1}, within(CLOSE));
    }

    @Test
    void sharpeningGoesAwayFromTheBlur() {
        // An edge under a blur becomes softer, so the mask makes the dark side darker and the bright side brighter.
        InputSpec input = InputSpec.raw(1, 1, 8);
        float[] edge = {0.3f, 0.3f, 0.3f, 0.3f, 0.7f, 0.7f, 0.7f, 0.7f};
        float[] sharp = new Sharpen(1, 0, 2, 3)
                .sequence(Canvas.of(edge, input, 1))
                .edits()
                .get(2)
                .stimulus()
                .render(edge, input);
        assertThat(sharp[3]).isLessThan(0.25f);
        assertThat(sharp[4]).isGreaterThan(0.75f);
        assertThat(sharp[0]).isCloseTo(0.3f, within(0.01f));
    }

    @Test
    void aQuarterTurnMovesCornersAndAMoveMovesColumns() {
        // 2×2, rows (1 2 / 3 4) in tenths; counter-clockwise the right column becomes the upper row: (2 4 / 1 3).
        InputSpec input = InputSpec.raw(1, 2, 2);
        float[] image = {0.1f, 0.2f, 0.3f, 0.4f};
        assertThat(rendered(new Rotation(-90, 90, 3), 2, image, input))
                .containsExactly(new float[] {0.2f, 0.4f, 0.1f, 0.3f}, within(CLOSE));
        // Half the width to the right: the old left column is at the right, and its mirror image comes in.
        assertThat(rendered(new Translation(0, -0.5, 0.5, 3), 2, image, input))
                .containsExactly(new float[] {0.1f, 0.1f, 0.3f, 0.3f}, within(CLOSE));
        // Half up: the lower row is above.
        assertThat(rendered(new Translation(90, -0.5, 0.5, 3), 2, image, input))
                .containsExactly(new float[] {0.3f, 0.4f, 0.3f, 0.4f}, within(CLOSE));
    }

    @Test
    void enlargingKeepsTheMiddleAndBringsTheCentreOutwards() {
        // One row of 5, twice as large: the value at column 0 comes from column 2 + (0 − 2)/2 = 1.
        InputSpec input = InputSpec.raw(1, 1, 5);
        float[] image = {0, 0.1f, 0.2f, 0.3f, 0.4f};
        assertThat(rendered(new Scale(0.5, 2, 4), 3, image, input))
                .containsExactly(new float[] {0.1f, 0.15f, 0.2f, 0.25f, 0.3f}, within(CLOSE));
    }

    @Test
    void aStampCoversItsSquareByItsShareAndNothingElse() {
        InputSpec input = InputSpec.raw(3, 4, 4);
        float[] black = new float[48];
        Stamp stamp = new Stamp("tag", new Place.Square(0.5, 0.75, 0.25), new Colour("#ff0000"), null, 0.5, 1, 3);
        float[] half = rendered(stamp, 0, black, input);

        assertThat(stamp.property()).isEqualTo("tag");
        // A quarter of four pixels is one: row 2, column 3, in red only.
        for (int i = 0; i < half.length; i++) {
            assertThat(half[i]).isCloseTo(i == 2 * 4 + 3 ? 0.5f : 0, within(CLOSE));
        }
    }

    @Test
    void aDiscLeavesTheCornersOfItsSquare() {
        Canvas canvas = Canvas.of(new float[3 * 64], InputSpec.raw(3, 8, 8), 1);
        float[] mask = new float[64];
        Region disc = new Place.Disc(0, 0, 1).region(canvas);
        assertThat(disc).isNotNull();
        disc.paint(mask, 0, canvas.input());

        assertThat(mask[0]).isZero();
        assertThat(mask[7]).isZero();
        assertThat(mask[3 * 8]).isEqualTo(1);
        // π·4² = 50.3 of 64.
        assertThat(sum(mask)).isBetween(48.0, 52.0);
    }

    @Test
    void anOcclusionGrowsFromTheMiddle() {
        InputSpec input = InputSpec.raw(1, 1, 5);
        float[] white = {1, 1, 1, 1, 1};
        boolean[] mask = {true, true, true, true, true};
        Occlude occlude = new Occlude(new Place.Mask(), new Colour("#000000"), 0.2, 1, 5);
        EditSequence sequence = occlude.sequence(Canvas.of(white, input, 1).masked(mask));

        assertThat(sequence.edits().get(0).stimulus().render(white, input)).containsExactly(1, 1, 0, 1, 1);
        assertThat(sequence.edits().get(2).stimulus().render(white, input)).containsExactly(1, 0, 0, 0, 1);
        assertThat(sequence.edits().get(4).stimulus().render(white, input)).containsExactly(0, 0, 0, 0, 0);
    }

    @Test
    void recolouringTurnsOnlyTheHuesNearItsOwn() {
        // Red turned by 120 degrees is green; blue is 240 degrees away from red, and grey has no hue.
        Recolour recolour = new Recolour(0, 30, 0, 120, 3);
        assertThat(edited(recolour, 2, 0.8f, 0.2f, 0.2f))
                .containsExactly(new float[] {0.2f, 0.8f, 0.2f}, within(CLOSE));
        assertThat(edited(recolour, 2, 0.2f, 0.2f, 0.8f))
                .containsExactly(new float[] {0.2f, 0.2f, 0.8f}, within(CLOSE));
        assertThat(edited(recolour, 2, 0.5f, 0.5f, 0.5f))
                .containsExactly(new float[] {0.5f, 0.5f, 0.5f}, within(CLOSE));
    }

    @Test
    void withoutAMaskThereIsNothingToEdit() {
        Canvas canvas = Canvas.of(new float[] {0.5f, 0.5f, 0.5f}, ONE, 1);
        assertThat(new BackgroundBrightness(-0.1, 0.1, 3).sequence(canvas)).isEqualTo(EditSequence.NONE);
        // All of it is subject, so there is no background either.
        assertThat(new BackgroundColour(new Colour("#000000"), 0, 1, 3).sequence(canvas.masked(new boolean[] {true})))
                .isEqualTo(EditSequence.NONE);
    }

    @Test
    void aSeriesIsInTheOrderOfItsStrengthsAndOfTwoAlikeTheFirstCounts() {
        Series age = new Series("m.csv", "age", "");
        List<Canvas.Shown> series = List.of(
                new Canvas.Shown(age, 2, new float[] {0.2f, 0, 0}),
                new Canvas.Shown(age, 1, new float[] {0.1f, 0, 0}),
                new Canvas.Shown(age, 2, new float[] {0.9f, 0, 0}),
                new Canvas.Shown(new Series("m.csv", "beard", ""), 0, new float[] {0.9f, 0, 0}),
                new Canvas.Shown(new Series("m.csv", "age", "elsewhere"), 3, new float[] {0.9f, 0, 0}));
        Canvas canvas = new Canvas(new float[3], ONE, null, series, Materials.NONE, 1);
        List<Edit> edits = age.sequence(canvas).edits();

        assertThat(edits).extracting(Edit::strength).containsExactly(1.0, 2.0);
        assertThat(edits.get(1).stimulus().render(new float[3], ONE)[0]).isEqualTo(0.2f);
    }

    @Test
    void aStepAtWhichNothingMovesOnIsExcluded() {
        // Mean 0.7; from +0.3 on everything is white and gets no brighter: steps −0.3, 0, 0.3 hold, 0.6 and 0.9 fail.
        float[] image = new float[3];
        Arrays.fill(image, 0.7f);
        Canvas canvas = Canvas.of(image, ONE, 1);
        EditSequence sequence = new Brightness(-0.3, 0.9, 5).sequence(canvas);
        EditCheck check = new EditCheck(canvas, sequence);
        List<EditCheck.Seen> seen = sequence.edits().stream()
                .map(edit -> check.next(edit.stimulus().render(image, ONE)))
                .toList();

        assertThat(seen).extracting(EditCheck.Seen::valid).containsExactly(true, true, true, false, false);
        assertThat(seen.get(0).measured()).isCloseTo(0.4, within(1e-6));
        assertThat(seen.get(0).distance().inside()).isCloseTo(0.3, within(1e-6));
        assertThat(seen.get(0).distance().outside()).isNaN();
    }

    @Test
    void anEditThatMovesItsSurroundingsIsExcluded() {
        InputSpec input = InputSpec.raw(1, 1, 2);
        Canvas canvas = Canvas.of(new float[] {0, 0}, input, 1).masked(new boolean[] {true, false});
        EditCheck check = new EditCheck(canvas, new EditSequence(List.of(), canvas.part(true), null));

        // 0.4 inside and 0.1 outside is just a quarter; 0.11 is more.
        assertThat(check.next(new float[] {0.4f, 0.0999f}).valid()).isTrue();
        assertThat(check.next(new float[] {0.4f, 0.11f}).valid()).isFalse();
        assertThat(check.next(new float[] {Float.NaN, 0}).valid()).isFalse();
    }

    @Test
    void measuresAreByHand() {
        PlanarImage red = new PlanarImage(3, 1, 2, new float[] {1, 0.5f, 0, 0.5f, 0, 0.5f});
        assertThat(PixelMeasure.LUMINANCE.of(red, null)).isCloseTo((0.299 + 0.5) / 2, within(1e-7));
        assertThat(PixelMeasure.LUMINANCE.of(red, new float[] {1, 0})).isCloseTo(0.299, within(1e-7));
        assertThat(PixelMeasure.CONTRAST.of(red, null)).isCloseTo((0.5 - 0.299) / 2, within(1e-7));
        assertThat(PixelMeasure.COLOURFULNESS.of(red, null)).isCloseTo(0.5, within(1e-7));
        assertThat(PixelMeasure.REDNESS.of(red, null)).isCloseTo(0.5, within(1e-7));
        assertThat(PixelMeasure.YELLOWNESS.of(red, null)).isCloseTo(0.25, within(1e-7));
        // Two pixels of luma 0.299 and 0.5: each Laplacian is the difference of the two, once.
        assertThat(PixelMeasure.SHARPNESS.of(red, null)).isCloseTo(0.201, within(1e-7));
        assertThat(PixelMeasure.LUMINANCE.of(red, new float[] {0, 0})).isNaN();
    }

    @Test
    void wrongParametersAreRefusedInTheirOwnWords() {
        assertThatThrownBy(() -> new Brightness(-2, 0, 5)).hasMessageContaining("from and to lie between -1.0 and 1.0");
        assertThatThrownBy(() -> new Blur(1, 0.5, 5)).hasMessageContaining("from must be less than to");
        assertThatThrownBy(() -> new Hue(-10, 10, 2)).hasMessageContaining("steps is from 3");
        assertThatThrownBy(() -> new Place.Square(0.5, 0.5, 0)).hasMessageContaining("side is a share");
        assertThatThrownBy(() -> new Colour("yellow")).hasMessageContaining("#f2d21b");
    }

    private static float[] edited(Editor editor, int step, float... pixel) {
        return rendered(editor, step, pixel, ONE);
    }

    private static float[] rendered(Editor editor, int step, float[] image, InputSpec input) {
        return editor.sequence(Canvas.of(image, input, 1))
                .edits()
                .get(step)
                .stimulus()
                .render(image, input);
    }

    private static double sum(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }

        return sum;
    }
}
