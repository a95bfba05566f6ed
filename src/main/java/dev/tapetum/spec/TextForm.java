package dev.tapetum.spec;

import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A record as text, read one level deep: {@code blur(5)}, {@code blur(sigma=5)} or {@code black}.
 *
 * <p>An argument that is itself a record's text stays a string, for only its component's type tells whether it is one;
 * quoted arguments lose their quotes, lists and maps become such.
 *
 * @param name the name before the parenthesis
 * @param positional the arguments without a key, which come first
 * @param named the arguments with a key
 */
record TextForm(String name, List<ConfigValue> positional, Map<String, ConfigValue> named) {
    /**
     * Reads a text.
     *
     * @param origin the place that its values are said to come from
     * @throws IllegalArgumentException when the text has another form
     */
    static TextForm parse(String text, ConfigOrigin origin) {
        return new Reader(text, origin).form();
    }

    private static final class Reader {
        private static final String CLOSERS = ",)]}=";

        private final String text;
        private final ConfigOrigin origin;
        private int at;

        Reader(String text, ConfigOrigin origin) {
            this.text = text;
            this.origin = origin;
        }

        TextForm form() {
            List<ConfigValue> positional = new ArrayList<>();
            Map<String, ConfigValue> named = new LinkedHashMap<>();
            int parenthesis = text.indexOf('(');

            if (parenthesis < 0) {
                return new TextForm(text.strip(), positional, named);
            }

            at = parenthesis + 1;

            while (!next(')')) {
                int start = at;
                ConfigValue value = value();

                if (next('=')) {
                    String key = text.substring(start, at - 1).strip();

                    if (named.put(key, value()) != null) {
                        throw malformed("names '" + key + "' twice");
                    }
                } else if (named.isEmpty()) {
                    positional.add(value);
                } else {
                    throw malformed("has an argument without a name after one with a name");
                }

                separate(')');
            }

            if (at < text.length()) {
                throw malformed("goes on after its last parenthesis");
            }

            return new TextForm(text.substring(0, parenthesis).strip(), positional, named);
        }

        private ConfigValue value() {
            if (next('"')) {
                return ConfigValueFactory.fromAnyRef(quoted()).withOrigin(origin);
            } else if (next('[')) {
                List<ConfigValue> elements = new ArrayList<>();

                while (!next(']')) {
                    elements.add(value());
                    separate(']');
                }

                return ConfigValueFactory.fromIterable(elements).withOrigin(origin);
            } else if (next('{')) {
                return map();
            }

            String word = word();
            return ConfigValueFactory.fromAnyRef(word.equals("null") ? null : word)
                    .withOrigin(origin);
        }

        private ConfigValue map() {
            Map<String, ConfigValue> entries = new LinkedHashMap<>();

            while (!next('}')) {
                String key = next('"') ? quoted() : word();

                if (!next('=')) {
                    throw malformed("has a map whose key '" + key + "' is not followed by =");
                }

                entries.put(key, value());
                separate('}');
            }

            return ConfigValueFactory.fromMap(entries).withOrigin(origin);
        }

        /** A bare word, or the whole text of a nested record. */
        private String word() {
            int start = at;

            while (at < text.length() && CLOSERS.indexOf(text.charAt(at)) < 0) {
                if (text.charAt(at++) == '(') {
                    skipToClosingParenthesis();
                }
            }

            String word = text.substring(start, at).strip();

            if (word.isEmpty()) {
                throw malformed("lacks a value");
            }

            return word;
        }

        private void skipToClosingParenthesis() {
            for (int depth = 1; depth > 0; ) {
                if (at == text.length()) {
                    throw malformed("lacks a closing parenthesis");
                }

                char c = text.charAt(at++);

                if (c == '"') {
                    quoted();
                } else if (c == '(') {
                    depth++;
                } else if (c == ')') {
                    depth--;
                }
            }
        }

        /** The rest of a quoted string whose first quotation mark has been read. */
        private String quoted() {
            StringBuilder string = new StringBuilder();

            while (at < text.length()) {
                char c = text.charAt(at++);

                if (c == '"') {
                    return string.toString();
                }

                string.append(c == '\\' ? escaped() : c);
            }

            throw malformed("lacks a closing quotation mark");
        }

        private char escaped() {
            char c = at < text.length() ? text.charAt(at++) : '\0';

            return switch (c) {
                case '"', '\\', '/' -> c;
                case 'n' -> '\n';
                case 'r' -> '\r';
                case 't' -> '\t';
                case 'u' -> unicode();
                default -> throw malformed("has an unknown escape after a backslash");
            };
        }

        private char unicode() {
            if (!text.substring(at, Math.min(at + 4, text.length())).matches("[0-9a-fA-F]{4}")) {
                throw malformed("has a \\u without four hexadecimal digits");
            }

            at += 4;
            return (char) Integer.parseInt(text.substring(at - 4, at), 16);
        }

        /** Passes the comma between two arguments, or stands before the closing character. */
        private void separate(char closer) {
            if (!next(',') && (at == text.length() || text.charAt(at) != closer)) {
                throw malformed("lacks a comma or " + closer + " at character " + (at + 1));
            }
        }

        private boolean next(char wanted) {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }

            if (at < text.length() && text.charAt(at) == wanted) {
                at++;
                return true;
            }

            return false;
        }

        private IllegalArgumentException malformed(String what) {
            return new IllegalArgumentException("'" + text + "' " + what);
        }
    }
}
