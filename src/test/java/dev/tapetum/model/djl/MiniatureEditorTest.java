package dev.tapetum.model.djl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tapetum.demo.DemoDataset;
import dev.tapetum.demo.Split;
import dev.tapetum.image.DecodeLimits;
import dev.tapetum.image.ImageDecoder;
import dev.tapetum.image.Interpolation;
import dev.tapetum.image.PixelMeasure;
import dev.tapetum.image.PlanarImage;
import dev.tapetum.image.RejectedImageException;
import dev.tapetum.image.Resampler;
import dev.tapetum.intervention.DdimPainter;
import dev.tapetum.model.Painter;
import dev.tapetum.model.Painter.Commission;
import dev.tapetum.probe.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole path with the editor of the demo: text, diffusion, pictures. Raising the guidance scale must really raise the
 * property, measured on the pixels.
 *
 * <p>An image counts as risen when the measure rises at every step of the scale: strictly, without any tolerance. Not all
 * images need to: where a colour is at the end of its range in every pixel, nothing more can be done about it.
 */
class MiniatureEditorTest {

    /** Of the images, for every instruction. */
    private static final double SHARE = 0.9;

    private static final int IMAGES = 20;
    private static final int MANY_IMAGES = 200;
    private static final int SCALES = 5;
    private static final int MANY_SCALES = 8;
    private static final int SAMPLING_STEPS = 10;
    private static final int TOGETHER = 32;

    @TempDir
    static Path folder;

    private static DjlLatentDiffusion model;
    private static Painter painter;

    /** An instruction, what it moves, and in which direction. */
    private record Wish(String instruction, PixelMeasure measure, int sign) {}

    private static final List<Wish> WISHES = List.of(
            new Wish("make it red", PixelMeasure.REDNESS, 1),
            new Wish("make it blue", PixelMeasure.BLUENESS, 1),
            new Wish("make it green", PixelMeasure.GREENNESS, 1),
            new Wish("make it brighter", PixelMeasure.LUMINANCE, 1),
            new Wish("darken the background", PixelMeasure.LUMINANCE, -1));

    @BeforeAll
    static void load() {
        model = DjlLatentDiffusion.load(Editors.miniature(), -1);
        painter = new DdimPainter(model);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void aLargerGuidanceScaleMakesMoreOfTheProperty() throws IOException, RejectedImageException {
        List<PlanarImage> images = images(IMAGES);
        for (Wish wish : WISHES.subList(0, 2)) {
            assertThat(risen(wish, images, SCALES, SAMPLING_STEPS))
                    .as(wish.instruction())
                    .isGreaterThanOrEqualTo(SHARE);
        }
    }

    /** The figures that the documentation gives: more instructions, many images, and as many scales as an editor has steps. */
    @Test
    @Tag("bench")
    void onManyImagesToo() throws IOException, RejectedImageException {
        List<PlanarImage> images = images(MANY_IMAGES);
        for (Wish wish : WISHES) {
            assertThat(risen(wish, images, MANY_SCALES, SAMPLING_STEPS))
                    .as(wish.instruction())
                    .isGreaterThanOrEqualTo(SHARE);
        }
    }

    @Test
    void equalCommissionsArePaintedEquallyWhateverIsPaintedBesides() throws IOException, RejectedImageException {
        List<PlanarImage> images = images(3);
        Commission one = new Commission(images.get(0), "make it red", 7, 2.5, 4, 1);
        List<Commission> all = new ArrayList<>();
        for (PlanarImage image : images) {
            all.add(new Commission(image, "make it blue", 3, 1.5, 4, 2));
        }

        all.add(one);
        assertThat(painter.paint(all).get(3).values())
                .isEqualTo(painter.paint(List.of(one)).get(0).values());
    }

    private static List<PlanarImage> images(int count) throws IOException, RejectedImageException {
        Path data = folder.resolve(String.valueOf(count));
        new DemoDataset(count, 11, Split.AUDIT).render(data);
        List<PlanarImage> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = Files.readAllBytes(data.resolve("images/%05d.jpg".formatted(i)));
            images.add(PlanarImage.of(Resampler.resize(
                    ImageDecoder.decode(bytes, DecodeLimits.DEFAULT),
                    model.card().width(),
                    model.card().height(),
                    Interpolation.BILINEAR)));
        }

        return images;
    }

    /** The share of the images whose measure goes on at every step. */
    private static double risen(Wish wish, List<PlanarImage> images, int scales, int samplingSteps) {
        List<Commission> commissions = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            for (int k = 0; k < scales; k++) {
                double scale = 1.01 + (15 - 1.01) * k / (scales - 1);
                commissions.add(new Commission(
                        images.get(i), wish.instruction(), scale, 2.5, samplingSteps, Seeds.of(11, "image", i)));
            }
        }

        long started = System.nanoTime();
        List<PlanarImage> painted = new ArrayList<>();
        for (int from = 0; from < commissions.size(); from += TOGETHER) {
            painted.addAll(painter.paint(commissions.subList(from, Math.min(commissions.size(), from + TOGETHER))));
        }

        double seconds = (System.nanoTime() - started) / 1e9;
        int risen = 0;
        int steps = 0;
        double[] means = new double[scales];
        for (int i = 0; i < images.size(); i++) {
            boolean always = true;
            for (int k = 0; k < scales; k++) {
                double value = wish.measure().of(painted.get(i * scales + k), null);
                means[k] += value / images.size();
                if (k > 0) {
                    double before = wish.measure().of(painted.get(i * scales + k - 1), null);
                    boolean on = wish.sign() * (value - before) > 0;
                    always &= on;
                    steps += on ? 1 : 0;
                }
            }

            risen += always ? 1 : 0;
        }

        StringBuilder curve = new StringBuilder();
        for (double mean : means) {
            curve.append(String.format(Locale.ROOT, " %+.3f", mean));
        }

        System.out.printf(
                Locale.ROOT,
                "%s: %s moves on at every step for %d of %d images, at %.1f%% of steps; means%s; %.3f s a picture%n",
                wish.instruction(),
                wish.measure(),
                risen,
                images.size(),
                100.0 * steps / (images.size() * (scales - 1)),
                curve,
                seconds / painted.size());
        return (double) risen / images.size();
    }
}
