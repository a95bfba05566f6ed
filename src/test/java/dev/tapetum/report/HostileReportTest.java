package dev.tapetum.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

final class HostileReportTest {
    private static final Report SAMPLE = SampleRun.report();

    /** A tag, or the start of anything that a parser takes for one. */
    private static final Pattern TAG =
            Pattern.compile("<(/?[a-zA-Z][^\\s>/]*|!-*|\\?)((?:\\s+[^\\s=>\"]+(?:=\"[^\"]*\")?)*)\\s*/?(>?)");

    private static final Pattern VALUE = Pattern.compile("=\"[^\"]*\"");
    private static final Map<String, Integer> ELEMENTS =
            elements(ReportPages.html(HostileReport.of(SAMPLE, "harmless")));

    /** Whatever the texts are, the page has the same elements with the same attributes as with harmless ones. */
    @ParameterizedTest
    @FieldSource("dev.tapetum.report.HostileReport#STRINGS")
    void noElementOrAttributeComesFromData(String hostile) {
        String html = ReportPages.html(HostileReport.of(SAMPLE, hostile));

        assertThat(elements(html)).isEqualTo(ELEMENTS);
    }

    /** Beside a text that is written from right to left a limit of 0.05 would be read as 50.0. */
    @Test
    void noTextTurnsTheDirectionOfWriting() {
        Report report = HostileReport.of(SAMPLE, "\u202egnp.exe\u2066");

        assertThat(ReportPages.html(report)).doesNotContain("\u202e", "\u2066").contains("\\u202egnp.exe\\u2066");
        assertThat(ReportPages.markdown(report)).doesNotContain("\u202e", "\u2066");
    }

    @Test
    void everyPartOfTheSampleBecomesHostile() {
        String html = ReportPages.html(HostileReport.of(SAMPLE, "<hostile>"));

        assertThat(html.split("&lt;hostile&gt;", -1)).hasSizeGreaterThan(2000);
        assertThat(html.substring(0, html.indexOf("<script"))).doesNotContain("<hostile>");
    }

    /** The scripts and the data they are given are the page's own. */
    @Test
    void scriptsAreTheSameForAnyData() {
        String hostile = ReportPages.html(HostileReport.of(SAMPLE, "${7*7}"));
        String harmless = ReportPages.html(SAMPLE);

        assertThat(hostile.substring(hostile.indexOf("<!--\n")))
                .isEqualTo(harmless.substring(harmless.indexOf("<!--\n")));
    }

    /** How often each tag occurs with each set of attributes, their values left out. */
    private static Map<String, Integer> elements(String html) {
        Map<String, Integer> counts = new TreeMap<>();
        // After the comment with the licences there are only scripts, which are looked at by themselves.
        TAG.matcher(html.substring(0, html.indexOf("<!--\n")))
                .results()
                .map(HostileReportTest::element)
                .forEach(element -> counts.merge(element, 1, Integer::sum));

        return counts;
    }

    private static String element(MatchResult tag) {
        return tag.group(1) + VALUE.matcher(tag.group(2)).replaceAll("") + tag.group(3);
    }
}
