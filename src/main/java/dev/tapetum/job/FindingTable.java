package dev.tapetum.job;

import dev.tapetum.fairness.Evidence;
import dev.tapetum.fairness.Finding;
import dev.tapetum.fairness.Group;
import dev.tapetum.table.FindingRow;
import java.util.Arrays;

/** Findings as rows and back. */
final class FindingTable {

    private FindingTable() {}

    static FindingRow row(Finding finding, String runId) {
        Evidence evidence = finding.evidence();
        return new FindingRow(
                runId,
                finding.rank(),
                finding.severity().text(),
                finding.kind().text(),
                finding.statement(),
                evidence.metric(),
                evidence.group().attribute(),
                evidence.group().value(),
                finding.slice(),
                evidence.n(),
                StatisticTables.number(evidence.value()),
                StatisticTables.number(evidence.interval().low()),
                StatisticTables.number(evidence.interval().high()),
                StatisticTables.number(evidence.qValue()),
                finding.rule(),
                finding.passed(),
                finding.imageIds(),
                finding.query());
    }

    static Finding finding(FindingRow row) {
        return new Finding(
                row.rank(),
                Arrays.stream(Finding.Severity.values())
                        .filter(severity -> severity.text().equals(row.severity()))
                        .findFirst()
                        .orElseThrow(),
                Arrays.stream(Finding.Kind.values())
                        .filter(kind -> kind.text().equals(row.kind()))
                        .findFirst()
                        .orElseThrow(),
                row.statement(),
                new Evidence(
                        row.metric(),
                        new Group(row.attribute(), row.group()),
                        row.n(),
                        StatisticTables.orNaN(row.effect()),
                        StatisticTables.interval(row.ciLow(), row.ciHigh()),
                        StatisticTables.orNaN(row.qValue())),
                row.slice(),
                row.rule(),
                row.passed(),
                row.imageIds(),
                row.query());
    }
}
