package dev.tapetum.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class DemoRendererTest {
    private static final int SIZE = 48;
    private static final DemoRenderer RENDERER = new DemoRenderer(11, SIZE);
    private static final DemoImage PLAIN = new DemoImage(5, "mug", "atrium", "birch", false, false);
    private static final DemoImage TAGGED = new DemoImage(5, "mug", "atrium", "birch", true, false);
    private static final DemoImage WEAK = new DemoImage(5, "mug", PlantedFacts.WEAK_SITE, "birch", false, false);
    private static final DemoImage TINTED = new DemoImage(5, "mug", "atrium", "birch", false, true);
    private static final int WHITE = 0xFFFFFFFF;

    @Test
    void theMaskIsExactlyWhereTheTagChangesTheImage() {
        int[] plain = pixels(PLAIN);
        int[] tagged = pixels(TAGGED);
        BufferedImage mask = RENDERER.tag(TAGGED).mask(SIZE);
        int covered = 0;
        for (int i = 0; i < plain.length; i++) {
            boolean masked = mask.getRGB(i % SIZE, i / SIZE) == WHITE;
            assertThat(tagged[i] != plain[i]).as("pixel %d", i).isEqualTo(masked);
            covered += masked ? 1 : 0;
        }

        int side = RENDERER.tag(TAGGED).side();
        assertThat(covered).isEqualTo(side * side).isBetween(SIZE * SIZE / 100, SIZE * SIZE / 20);
    }

    @Test
    void theTagIsInTheLowerRightQuarterForEverySeed() {
        for (int seed = 0; seed < 500; seed++) {
            Tag tag = Tag.inCorner(SIZE, new SeededRandom(seed));
            assertThat(tag.left()).isBetween(SIZE / 2, SIZE - tag.side() - 1);
            assertThat(tag.top()).isBetween(SIZE / 2, SIZE - tag.side() - 1);
        }
    }

    @Test
    void theVendorChangesNothing() {
        DemoImage otherVendor = new DemoImage(5, "mug", "atrium", "cedar", false, false);

        assertThat(pixels(otherVendor)).isEqualTo(pixels(PLAIN));
    }

    @Test
    void theSoundSitesTakeTheSamePicture() {
        DemoImage otherSite = new DemoImage(5, "mug", "harbour", "birch", false, false);

        assertThat(pixels(otherSite)).isEqualTo(pixels(PLAIN));
    }

    @Test
    void theWeakSiteIsNoisier() {
        // The mean difference of neighbours measures the noise; the scene is the same and more blurred.
        assertThat(roughness(pixels(WEAK))).isGreaterThan(1.2 * roughness(pixels(PLAIN)));
    }

    @Test
    void theTintTakesBlueAway() {
        assertThat(meanBlueShare(pixels(TINTED))).isLessThan(0.9 * meanBlueShare(pixels(PLAIN)));
    }

    @Test
    void everyClassIsRenderedAsAnImageOfItsOwn() {
        long distinct = PlantedFacts.CLASSES.stream()
                .map(label -> Arrays.hashCode(pixels(new DemoImage(5, label, "atrium", "birch", false, false))))
                .distinct()
                .count();

        assertThat(distinct).isEqualTo(PlantedFacts.CLASSES.size());
    }

    private static int[] pixels(DemoImage image) {
        return RENDERER.render(image).getRGB(0, 0, SIZE, SIZE, null, 0, SIZE);
    }

    private static double roughness(int[] pixels) {
        long sum = 0;
        for (int i = 1; i < pixels.length; i++) {
            sum += Math.abs((pixels[i] >> 8 & 0xFF) - (pixels[i - 1] >> 8 & 0xFF));
        }

        return (double) sum / pixels.length;
    }

    private static double meanBlueShare(int[] pixels) {
        double sum = 0;
        for (int pixel : pixels) {
            double total = (pixel >> 16 & 0xFF) + (pixel >> 8 & 0xFF) + (pixel & 0xFF);
            sum += (pixel & 0xFF) / Math.max(1, total);
        }

        return sum / pixels.length;
    }
}
