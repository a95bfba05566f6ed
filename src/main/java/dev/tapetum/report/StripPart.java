package dev.tapetum.report;

import dev.tapetum.table.EditedImageRow;
import dev.tapetum.table.StripCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes film strips: an image as it is, and then at some of the strengths, in order. When the room for pictures is used up,
 * the other strips are told in words.
 */
public final class StripPart {
    /** The most pictures of a strip, the image as it is among them. */
    public static final int MOST_FRAMES = 9;

    private static final int LONGEST_SIDE = 96;

    /** Characters of all pictures together. */
    private static final int ROOM = 1_000_000;

    private final PictureRoom pictures = new PictureRoom(LONGEST_SIDE, ROOM);

    StripPart() {}

    /** Characters of the pictures drawn so far. */
    int taken() {
        return pictures.taken();
    }

    /** The strips of one property, in the order of {@link StripCase}. */
    List<Page.Strip> drawn(List<EditedImageRow> rows) {
        Map<StripCase, List<EditedImageRow>> byCase = new TreeMap<>();
        rows.forEach(row ->
                byCase.computeIfAbsent(row.shown(), shown -> new ArrayList<>()).add(row));

        return byCase.values().stream().map(this::strip).toList();
    }

    private Page.Strip strip(List<EditedImageRow> rows) {
        List<EditedImageRow> unedited =
                rows.stream().filter(row -> row.step() == null).limit(1).toList();
        List<EditedImageRow> steps =
                rows.stream().filter(row -> row.step() != null).toList();
        List<EditedImageRow> frames = new ArrayList<>(unedited);
        frames.addAll(evenly(steps, MOST_FRAMES - unedited.size()));
        EditedImageRow first = frames.get(0);

        return new Page.Strip(
                first.shown().name().toLowerCase(Locale.ROOT),
                first.imageId(),
                InterventionPart.named(first.target()),
                Numbers.alike(first.expectedGradient()).apply(first.expectedGradient()),
                Numbers.q(Numbers.orNaN(first.pValue())),
                frames.stream().map(this::frame).toList());
    }

    private Page.Frame frame(EditedImageRow row) {
        Double strength = row.strength();
        double share = Double.isFinite(row.probability()) ? row.probability() : 0;

        return new Page.Frame(
                strength == null ? "as it is" : Numbers.brief(strength),
                Numbers.percent(row.probability()),
                String.format(Locale.ROOT, "%.3f", share),
                row.step() == null,
                row.valid(),
                pictures.png(row.png()));
    }

    /** So many of the items at even distances, the first and the last among them; all where they are no more than that. */
    public static <T> List<T> evenly(List<T> items, int most) {
        if (items.size() <= most) {
            return items;
        }

        List<T> chosen = new ArrayList<>();

        for (int i = 0; i < most; i++) {
            chosen.add(items.get((int) Math.round((double) i * (items.size() - 1) / (most - 1))));
        }

        return chosen;
    }
}
