package dev.tapetum.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TextTableTest {

    private static String printed(TextTable table) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        table.print(new PrintStream(bytes, true, UTF_8));
        return bytes.toString(UTF_8).replace(System.lineSeparator(), "\n");
    }

    @Test
    void columnsAreAlignedAndNumbersStandRight() {
        TextTable table = new TextTable(List.of("site", "n", "note"), List.of(false, true, false));
        table.add(List.of("annex", "7", "x"));
        table.add(List.of("a", "1234", ""));

        assertThat(printed(table)).isEqualTo("""
                site      n  note
                -----  ----  ----
                annex     7  x
                a      1234
                """);
    }

    @Test
    void aLongValueIsCutAndLinesAreJoined() {
        TextTable table = new TextTable(List.of("plan"), List.of(false));
        table.add(List.of("a {\n  b\n}" + "x".repeat(100)));

        String row = printed(table).lines().skip(2).findFirst().orElseThrow();
        assertThat(row).hasSize(80).startsWith("a { b }xxx").endsWith("x…");
    }

    @Test
    void aTableWithoutRowsStillHasItsHeader() {
        assertThat(printed(new TextTable(List.of("a"), List.of(true)))).isEqualTo("a\n-\n");
    }
}
