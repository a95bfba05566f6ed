package dev.tapetum.job;

import dev.tapetum.probe.Rectangle;
import dev.tapetum.prototype.reading.PlaceColours;
import dev.tapetum.prototype.reading.Property;
import dev.tapetum.prototype.reading.Reading;
import dev.tapetum.table.PrototypeReadingRow;
import dev.tapetum.table.ReadingKind;
import java.util.List;

/** Readings as rows. */
final class ReadingTable {

    private ReadingTable() {}

    static PrototypeReadingRow row(Reading reading, List<String> classes, String runId) {
        Property property = reading.property();
        Rectangle place = reading.place();
        PlaceColours colours = reading.colours();
        return new PrototypeReadingRow(
                runId,
                classes.get(reading.classIndex()),
                reading.classIndex(),
                reading.method(),
                reading.methodName(),
                property == null ? ReadingKind.FEATURE : ReadingKind.ATTRIBUTE,
                property == null ? null : property.attribute(),
                property == null ? null : property.value(),
                reading.feature(),
                reading.site(),
                StatisticTables.number(reading.separation()),
                reading.n(),
                StatisticTables.number(reading.value()),
                StatisticTables.number(reading.natural()),
                StatisticTables.number(reading.others()),
                StatisticTables.number(reading.difference()),
                StatisticTables.number(reading.interval().low()),
                StatisticTables.number(reading.interval().high()),
                StatisticTables.number(reading.pValue()),
                StatisticTables.number(reading.qValue()),
                reading.drawnIn(),
                place == null ? List.of() : List.of(place.top(), place.left(), place.height(), place.width()),
                colours == null ? List.of() : colours.inside(),
                colours == null ? List.of() : colours.outside());
    }
}
