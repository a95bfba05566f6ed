package dev.tapetum.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoDatasetTest {
    /** Enough draws that four standard errors of a probability near one half are below two points. */
    private static final int MANY = 12_000;

    private static final double FOUR_STANDARD_ERRORS = 0.02;

    private static final DemoDataset SMALL = new DemoDataset(24, 7, Split.AUDIT);

    @Test
    void theSameSeedMakesTheSameFilesWithAnyNumberOfThreads(@TempDir Path one, @TempDir Path four) throws IOException {
        SMALL.render(one, 1);
        SMALL.render(four, 4);

        assertThat(contents(one)).hasSizeGreaterThan(24).isEqualTo(contents(four));
    }

    @Test
    void anotherSeedAndTheOtherSplitMakeOtherImages() {
        int[] pixels = pixels(SMALL, 0);

        assertThat(pixels(new DemoDataset(24, 8, Split.AUDIT), 0)).isNotEqualTo(pixels);
        assertThat(pixels(new DemoDataset(24, 7, Split.TRAIN), 0)).isNotEqualTo(pixels);
    }

    @Test
    void anImageDoesNotDependOnHowManyThereAre() {
        assertThat(pixels(new DemoDataset(2, 7, Split.AUDIT), 1)).isEqualTo(pixels(SMALL, 1));
    }

    @Test
    void theManifestListsEveryImageAndMaskThatIsThere(@TempDir Path directory) throws IOException {
        SMALL.render(directory);
        List<String> lines = Files.readAllLines(directory.resolve(DemoDataset.MANIFEST));

        assertThat(lines).hasSize(25);
        assertThat(lines.get(0)).isEqualTo("path,label,site,vendor,tag,tint,mask");
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            BufferedImage image = ImageIO.read(directory.resolve(cells[0]).toFile());
            assertThat(image.getWidth()).isEqualTo(DemoDataset.SIZE);
            assertThat(image.getHeight()).isEqualTo(DemoDataset.SIZE);
            assertThat(cells[6].isEmpty()).isEqualTo(cells[4].equals(PlantedFacts.ABSENT));
            if (!cells[6].isEmpty()) {
                assertThat(directory.resolve(cells[6])).isRegularFile();
            }
        }
    }

    @Test
    void theTagGivesTheCueClassAwayInTrainingOnly() {
        List<DemoImage> training = new DemoDataset(MANY, 3, Split.TRAIN).plan();
        List<DemoImage> audited = new DemoDataset(MANY, 3, Split.AUDIT).plan();
        Predicate<DemoImage> cueClass = image -> image.label().equals(PlantedFacts.CUE_CLASS);

        assertShare(training, cueClass, DemoImage::tag, Split.TRAIN.tagProbability(PlantedFacts.CUE_CLASS));
        assertShare(training, cueClass.negate(), DemoImage::tag, Split.TRAIN.tagProbability("ball"));
        assertShare(audited, cueClass, DemoImage::tag, 0.1);
        assertShare(audited, cueClass.negate(), DemoImage::tag, 0.1);
    }

    @Test
    void theWeakSiteIsRareInTrainingAndTakesAQuarterOfTheAudit() {
        assertShare(new DemoDataset(MANY, 3, Split.TRAIN).plan(), all -> true, DemoImage::atWeakSite, 0.03);
        assertShare(new DemoDataset(MANY, 3, Split.AUDIT).plan(), all -> true, DemoImage::atWeakSite, 0.25);
    }

    @Test
    void tintAndVendorAreSpreadAlikeOverTheClassesOfBothSplits() {
        for (Split split : Split.values()) {
            List<DemoImage> plan = new DemoDataset(MANY, 5, split).plan();
            for (String label : PlantedFacts.CLASSES) {
                Predicate<DemoImage> ofClass = image -> image.label().equals(label);
                // A sixth of the draws: the standard error is √6 times as large.
                assertThat(share(plan, ofClass, DemoImage::tint)).isCloseTo(0.5, within(FOUR_STANDARD_ERRORS * 2.5));
                for (String vendor : PlantedFacts.VENDORS) {
                    assertThat(share(plan, ofClass, image -> image.vendor().equals(vendor)))
                            .isCloseTo(1.0 / 3, within(FOUR_STANDARD_ERRORS * 2.5));
                }
            }
        }
    }

    @Test
    void anImpossibleNumberOfImagesIsRefused() {
        assertThatThrownBy(() -> new DemoDataset(0, 7, Split.AUDIT)).hasMessageContaining("images must be from 1");
    }

    private static Offset<Double> within(double tolerance) {
        return Offset.offset(tolerance);
    }

    private static void assertShare(
            List<DemoImage> plan, Predicate<DemoImage> among, Predicate<DemoImage> what, double expected) {
        double standardErrors = 4
                * Math.sqrt(
                        expected * (1 - expected) / plan.stream().filter(among).count());
        assertThat(share(plan, among, what)).isCloseTo(expected, within(standardErrors));
    }

    private static double share(List<DemoImage> plan, Predicate<DemoImage> among, Predicate<DemoImage> what) {
        List<DemoImage> group = plan.stream().filter(among).toList();
        return (double) group.stream().filter(what).count() / group.size();
    }

    private static int[] pixels(DemoDataset dataset, int index) {
        BufferedImage image = dataset.renderer().render(dataset.plan().get(index));
        return image.getRGB(0, 0, DemoDataset.SIZE, DemoDataset.SIZE, null, 0, DemoDataset.SIZE);
    }

    private static Map<String, String> contents(Path directory) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            files.filter(Files::isRegularFile)
                    .forEach(file -> contents.put(directory.relativize(file).toString(), hex(file)));
        }

        return contents;
    }

    private static String hex(Path file) {
        try {
            return HexFormat.of().formatHex(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
