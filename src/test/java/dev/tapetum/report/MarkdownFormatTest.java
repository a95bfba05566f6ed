package dev.tapetum.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MarkdownFormatTest {
    @Test
    void textCannotBecomeMarkup() {
        assertThat(MarkdownFormat.INSTANCE.escapePlainText("a|b [c](d) *e* _f_ `g` # ~ \\"))
                .isEqualTo("a\\|b \\[c\\](d) \\*e\\* \\_f\\_ \\`g\\` \\# \\~ \\\\");
    }

    @Test
    void textCannotBecomeHtml() {
        assertThat(MarkdownFormat.INSTANCE.escapePlainText("<script>&amp;")).isEqualTo("&lt;script&gt;&amp;amp;");
    }

    @Test
    void textStaysOnItsLine() {
        assertThat(MarkdownFormat.INSTANCE.escapePlainText("a\r\n# b\tc")).isEqualTo("a  \\# b c");
    }
}
