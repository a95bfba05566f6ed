package dev.tapetum.report;

import dev.tapetum.fairness.Select;
import dev.tapetum.image.RgbImage;
import dev.tapetum.table.AttributionRow;
import dev.tapetum.table.PredictionRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Writes images: each picture beside its heat maps. What is drawn fits a page that a mail can carry: many pictures are smaller
 * ones, and when the room is used up, the other images are told in words.
 */
final class ExamplePart {
    /** The longest side of pictures, by how many there are. */
    private static final TreeMap<Integer, Integer> LONGEST_SIDES = new TreeMap<>(Map.of(0, 224, 120, 160, 240, 112));

    /** Characters of all pictures together. */
    private static final int ROOM = 2_900_000;

    /** Pictures beside a finding. */
    private static final Thumbnails LINKED = new Thumbnails(72);

    private final Map<String, ColourScale> scales = new HashMap<>();
    private final Set<String> severalOfName = new HashSet<>();
    private final Set<String> noEvidence = new HashSet<>();
    private final Map<String, String> anchors = new HashMap<>();
    private final Map<String, RgbImage> pictures = new HashMap<>();
    private final Map<String, String> links = new HashMap<>();
    private final Set<String> standing = new HashSet<>();
    private final Thumbnails thumbnails;
    private int room;

    /**
     * A method's maps are signed when any of them holds a negative cell: the colours of a method mean the same on every
     * picture of the page.
     *
     * @param taken characters of pictures that the page has already
     */
    ExamplePart(Report report, int taken) {
        List<AttributionRow> drawn = attributions(report);
        Map<String, String> methodOfName = new HashMap<>();

        for (AttributionRow row : drawn) {
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

        report.explanations().trust().stream()
                .filter(trust -> !trust.isEvidence())
                .forEach(trust -> noEvidence.add(trust.method()));
        thumbnails = new Thumbnails(LONGEST_SIDES.floorEntry(drawn.size()).getValue());
        room = ROOM - taken;
        all(report).forEach(image -> {
            String id = image.prediction().imageId();
            RgbImage seen = image.picture();
            anchors.putIfAbsent(id, "image-" + (anchors.size() + 1));
            if (seen != null) {
                pictures.putIfAbsent(id, seen);
            }
        });
    }

    private static List<ImageExample> all(Report report) {
        return Stream.concat(
                        report.explanations().typical().stream(),
                        report.worst().stream().flatMap(group -> group.images().stream()))
                .toList();
    }

    private static List<AttributionRow> attributions(Report report) {
        return all(report).stream()
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

    /** Ordinary images with pictures. */
    Page.Typical typical(Explanations explanations) {
        return new Page.Typical(
                explanations.choice(),
                explanations.typical().stream().map(this::drawn).toList(),
                sql(explanations.typical()));
    }

    /** Ordinary images in words alone. */
    static Page.Typical typicalInWords(Explanations explanations) {
        return new Page.Typical(
                explanations.choice(),
                explanations.typical().stream().map(ExamplePart::inWords).toList(),
                sql(explanations.typical()));
    }

    /** A group with pictures. */
    Page.Worst worst(GroupExamples group) {
        return worst(group, this::drawn);
    }

    /** A group in words alone. */
    static Page.Worst worstInWords(GroupExamples group) {
        return worst(group, ExamplePart::inWords);
    }

    private static Page.Example inWords(ImageExample image) {
        return example(image, "", "", List.of());
    }

    private Page.Example drawn(ImageExample image) {
        RgbImage seen = image.picture();

        String anchor = anchor(image);

        if (seen == null || room <= 0) {
            return example(image, anchor, "", List.of());
        }

        RgbImage thumbnail = thumbnails.of(seen);
        String picture = Thumbnails.uri(thumbnail);
        List<Page.Overlay> overlays = image.attributions().stream()
                .map(row -> overlay(row, thumbnail))
                .toList();
        room -= picture.length()
                + overlays.stream()
                        .mapToInt(overlay -> overlay.picture().length())
                        .sum();

        return room < 0 ? example(image, anchor, "", List.of()) : example(image, anchor, picture, overlays);
    }

    /** A name for the first place where an image stands, of which its id is no part; empty for the others. */
    private String anchor(ImageExample image) {
        String id = image.prediction().imageId();

        return standing.add(id) ? anchors.getOrDefault(id, "") : "";
    }

    /** An image by its name, with its picture small, where the page has it. */
    Page.Link link(String imageId) {
        RgbImage seen = pictures.get(imageId);
        String small =
                seen == null || room <= 0 ? "" : links.computeIfAbsent(imageId, id -> Thumbnails.uri(LINKED.of(seen)));
        room -= small.length();

        return new Page.Link(imageId, anchors.getOrDefault(imageId, ""), small);
    }

    /** An image by its name alone. */
    static Page.Link linkInWords(String imageId) {
        return new Page.Link(imageId, "", "");
    }

    private static String sql(List<ImageExample> images) {
        return images.isEmpty()
                ? ""
                : Select.from("predictions")
                        .in(
                                "image_id",
                                images.stream()
                                        .map(image -> image.prediction().imageId())
                                        .toList())
                        .by("loss DESC")
                        .text();
    }

    private static Page.Worst worst(GroupExamples group, Function<ImageExample, Page.Example> example) {
        return new Page.Worst(
                group.attribute(),
                group.group(),
                Sentence.of(group.statement()) + " " + group.choice(),
                group.images().stream().map(example).toList(),
                sql(group.images()));
    }

    private static Page.Example example(
            ImageExample image, String anchor, String picture, List<Page.Overlay> overlays) {
        PredictionRow prediction = image.prediction();

        return new Page.Example(
                prediction.imageId(),
                anchor,
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
        String shortName = severalOfName.contains(row.methodName()) ? row.method() : row.methodName();

        return new Page.Overlay(
                row.method(),
                shortName,
                !noEvidence.contains(shortName),
                scale.text(),
                Thumbnails.uri(overlay.over(picture, scale)));
    }

    private static boolean signed(float[] cells) {
        for (float cell : cells) {
            if (cell < 0) {
                return true;
            }
        }

        return false;
    }
}
