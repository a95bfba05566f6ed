package dev.tapetum.report;

import dev.tapetum.table.PrototypeRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lays drawings of classes out, a class below the other, those of one hand beside each other; while there is room for pictures. */
final class ContactSheet {
    private static final int LONGEST_SIDE = 112;

    /** Drawings of a class by one hand; what further ones would show is in the table. */
    private static final int MOST_DRAWINGS = 4;

    /** Characters of all pictures together. */
    private static final int ROOM = 900_000;

    private final PictureRoom pictures = new PictureRoom(LONGEST_SIDE, ROOM);

    ContactSheet() {}

    /** Characters of the pictures drawn so far. */
    int taken() {
        return pictures.taken();
    }

    /**
     * The drawings of one class.
     *
     * @param hand names whose drawing a row is, such as its method
     */
    Page.Sheet of(List<PrototypeRow> ofOneClass, Function<PrototypeRow, String> hand) {
        Map<String, List<PrototypeRow>> byHand = new LinkedHashMap<>();
        ofOneClass.forEach(row -> byHand.computeIfAbsent(hand.apply(row), name -> new ArrayList<>())
                .add(row));
        boolean oneNature =
                ofOneClass.stream().map(ContactSheet::nature).distinct().count() == 1;
        PrototypeRow any = ofOneClass.get(0);
        return new Page.Sheet(
                any.className(),
                oneNature ? nature(any) : "",
                byHand.entrySet().stream()
                        .map(entry -> strip(
                                entry.getKey(),
                                oneNature ? "" : nature(entry.getValue().get(0)),
                                entry.getValue()))
                        .toList());
    }

    /** What the images of the class measure in the model that drew, in a sentence; empty where there are none. */
    private static String nature(PrototypeRow row) {
        List<String> parts = new ArrayList<>();
        add(parts, "images of the class", row.naturalL1(), row.naturalSpearman());
        add(parts, "images of other classes", row.otherL1(), row.otherSpearman());
        return parts.isEmpty() ? "" : "Its path by " + String.join("; by ", parts);
    }

    private static void add(List<String> parts, String whose, @Nullable Double l1, @Nullable Double spearman) {
        if (l1 != null && spearman != null) {
            parts.add(whose + ": distance " + Numbers.digits(l1) + ", correlation " + Numbers.hundredths(spearman));
        }
    }

    private Page.DrawnRow strip(String hand, String nature, List<PrototypeRow> rows) {
        DrawingMethod.OfClass means = DrawingMethod.OfClass.of(rows);
        List<Page.Drawing> drawings = rows.stream()
                .sorted(Comparator.comparingInt(PrototypeRow::seed))
                .limit(MOST_DRAWINGS)
                .map(this::drawing)
                .toList();
        return new Page.DrawnRow(
                hand,
                nature,
                Numbers.percent(Numbers.orNaN(means.probability())),
                Numbers.digits(Numbers.orNaN(means.pathL1())),
                Numbers.hundredths(Numbers.orNaN(means.pathSpearman())),
                drawings);
    }

    private Page.Drawing drawing(PrototypeRow row) {
        return new Page.Drawing(
                pictures.png(row.png()),
                Numbers.percent(row.probability()),
                Numbers.count(row.seed()),
                row.className());
    }
}
