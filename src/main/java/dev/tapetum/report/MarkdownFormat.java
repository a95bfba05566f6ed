package dev.tapetum.report;

import freemarker.core.CommonMarkupOutputFormat;
import freemarker.core.CommonTemplateMarkupOutputModel;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/**
 * FreeMarker's auto-escaping for Markdown: no text of a data set can become a heading, a link, a cell of its own or an
 * HTML element.
 */
final class MarkdownFormat extends CommonMarkupOutputFormat<MarkdownFormat.Markdown> {
    static final MarkdownFormat INSTANCE = new MarkdownFormat();

    private static final String SPECIAL = "\\`*_[]|~#";

    private MarkdownFormat() {}

    /** Text that is Markdown already. */
    static final class Markdown extends CommonTemplateMarkupOutputModel<Markdown> {
        private Markdown(@Nullable String plain, @Nullable String markup) {
            super(plain, markup);
        }

        @Override
        public MarkdownFormat getOutputFormat() {
            return INSTANCE;
        }
    }

    @Override
    public String getName() {
        return "Markdown";
    }

    @Override
    public String getMimeType() {
        return "text/markdown";
    }

    @Override
    public void output(String textToEsc, Writer out) throws IOException {
        out.write(escapePlainText(textToEsc));
    }

    /** Characters with a meaning get a backslash, those of HTML an entity, and line ends become spaces. */
    @Override
    public String escapePlainText(String plainTextContent) {
        StringBuilder escaped = new StringBuilder();

        for (int i = 0; i < plainTextContent.length(); i++) {
            char character = plainTextContent.charAt(i);

            switch (character) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '\n', '\r', '\t' -> escaped.append(' ');
                default -> {
                    if (SPECIAL.indexOf(character) >= 0) {
                        escaped.append('\\');
                    }

                    escaped.append(character);
                }
            }
        }

        return escaped.toString();
    }

    @Override
    public boolean isLegacyBuiltInBypassed(String builtInName) {
        return false;
    }

    @Override
    protected Markdown newTemplateMarkupOutputModel(@Nullable String plainTextContent, @Nullable String markupContent) {
        return new Markdown(plainTextContent, markupContent);
    }
}
