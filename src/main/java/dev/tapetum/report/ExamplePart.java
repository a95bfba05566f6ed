package dev.tapetum.report;

import dev.tapetum.image.ImageEncoder;
import dev.tapetum.image.Interpolation;
import dev.tapetum.image.Resampler;
import dev.tapetum.image.RgbImage;
import dev.tapetum.table.AttributionRow;
import dev.tapetum.table.PredictionRow;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Writes the images of the worst groups: each picture beside its heat maps. */
final class ExamplePart {
    private static final int LONGEST_SIDE = 224;
    private static final double QUALITY = 0.85;
    private static final String DATA_URI = "data:image/jpeg;base64,";

    private final Map<String, ColourScale> scales = new HashMap<>();
    private final Set<String> severalOfName = new HashSet<>();

    /**
     * A method's maps are signed when any of them holds a negative cell: the colours of a method mean the same on every
     * picture of the page.
     */
    ExamplePart(List<GroupExamples> groups) {
        Map<String, String> methodOfName = new HashMap<>();

        for (AttributionRow row : attributions(groups)) {
            boolean signed = signed(row.heatMap().cells());
            scales.merge(
                    row.method(),
                    signed ? ColourScale.DIVERGING : ColourScale.SEQUENTIAL,
                    (one, other) -> one == ColourScale.DIVERGING ? one : other);
            String first = methodOfName.putIfAbsent(row.methodName(), row.method());

            if (first != null && !first.equals(row.method())) {
                severalOfName.add(row.methodName());
            }
        }
    }

    private static List<AttributionRow> attributions(List<GroupExamples> groups) {
        return groups.stream()
                .flatMap(group -> group.images().stream())
                .filter(image -> image.picture() != null)
                .flatMap(image -> image.attributions().stream())
                .toList();
    }

    /** The legends of the scales in use. */
    List<Page.Scale> legends() {
        List<Page.Scale> legends = new ArrayList<>();

        if (scales.containsValue(ColourScale.SEQUENTIAL)) {
            legends.add(new Page.Scale(ColourScale.SEQUENTIAL.text(), "weak", "strong"));
        }

        if (scales.containsValue(ColourScale.DIVERGING)) {
            legends.add(new Page.Scale(ColourScale.DIVERGING.text(), "against the class", "for the class"));
        }

        return legends;
    }

    /** A group with pictures. */
    Page.Worst worst(GroupExamples group) {
        return worst(group, image -> {
            RgbImage seen = image.picture();

            if (seen == null) {
                return example(image, "", List.of());
            }

            RgbImage picture = thumbnail(seen);
            List<Page.Overlay> overlays = image.attributions().stream()
                    .map(row -> overlay(row, picture))
                    .toList();

            return example(image, uri(picture), overlays);
        });
    }

    /** A group in words alone. */
    static Page.Worst worstInWords(GroupExamples group) {
        return worst(group, image -> example(image, "", List.of()));
    }

    private static Page.Worst worst(GroupExamples group, Function<ImageExample, Page.Example> example) {
        return new Page.Worst(
                group.attribute(),
                group.group(),
                Sentence.of(group.statement()) + " " + group.choice(),
                group.images().stream().map(example).toList());
    }

    private static Page.Example example(ImageExample image, String picture, List<Page.Overlay> overlays) {
        PredictionRow prediction = image.prediction();

        return new Page.Example(
                prediction.imageId(),
                prediction.label() == null ? "none" : prediction.label(),
                prediction.predicted(),
                Numbers.percent(prediction.confidence()),
                Boolean.FALSE.equals(prediction.correct()),
                picture,
                overlays);
    }

    private Page.Overlay overlay(AttributionRow row, RgbImage picture) {
        ColourScale scale = scales.getOrDefault(row.method(), ColourScale.SEQUENTIAL);
        HeatMapOverlay overlay =
                HeatMapOverlay.of(row.rows(), row.cols(), row.heatMap().cells());
        boolean alone = !severalOfName.contains(row.methodName());

        return new Page.Overlay(
                row.method(), alone ? row.methodName() : row.method(), scale.text(), uri(overlay.over(picture, scale)));
    }

    private static boolean signed(float[] cells) {
        for (float cell : cells) {
            if (cell < 0) {
                return true;
            }
        }

        return false;
    }

    /** The picture itself, or smaller when it is larger than a page has use for. */
    private static RgbImage thumbnail(RgbImage picture) {
        int longest = Math.max(picture.width(), picture.height());

        if (longest <= LONGEST_SIDE) {
            return picture;
        }

        int width = Math.max(1, Math.round((float) picture.width() * LONGEST_SIDE / longest));
        int height = Math.max(1, Math.round((float) picture.height() * LONGEST_SIDE / longest));

        return Resampler.resize(picture, width, height, Interpolation.BILINEAR);
    }

    private static String uri(RgbImage picture) {
        return DATA_URI + Base64.getEncoder().encodeToString(ImageEncoder.jpeg(picture, QUALITY));
    }
}
