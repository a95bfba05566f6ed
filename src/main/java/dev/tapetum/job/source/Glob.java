package dev.tapetum.job.source;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A pattern of relative paths: {@code *} and {@code ?} within one part, {@code **} for any number of folders,
 * {@code [a-z]} and {@code [!a-z]} for one character, {@code {jpg,png}} for either (also across {@code /}), and a
 * backslash before a character that is meant as it is.
 *
 * <p>Braces are multiplied out first, so what is left is matched part by part, which also answers whether a folder can
 * contain a match at all and need be listed.
 */
record Glob(List<List<Glob.Part>> alternatives) implements Serializable {
    /** One part of the pattern; {@code anyDepth} is {@code **} and has no use for its expression. */
    record Part(boolean anyDepth, Pattern expression) implements Serializable {
        boolean matches(String name) {
            return expression.matcher(name).matches();
        }
    }

    /** Every path. */
    static final Glob ALL = of("**");

    Glob {
        alternatives = List.copyOf(alternatives);
    }

    /** @throws IllegalArgumentException with one sentence when a bracket or brace is not closed */
    static Glob of(String pattern) {
        return new Glob(braces(pattern).stream().map(Glob::parts).toList());
    }

    /** Where the first character stands that makes a text a pattern; -1 when it is a plain path. */
    static int firstWildcard(String text) {
        for (int i = 0; i < text.length(); i++) {
            if ("*?[{\\".indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }

        return -1;
    }

    /** Whether a file with this relative path is meant. */
    boolean matches(String path) {
        List<String> names = List.of(path.split("/", -1));
        return alternatives.stream().anyMatch(parts -> matches(parts, names, false));
    }

    /** Whether a file somewhere below this relative folder could be meant. */
    boolean reaches(String folder) {
        List<String> names = List.of(folder.split("/", -1));
        return folder.isEmpty() || alternatives.stream().anyMatch(parts -> matches(parts, names, true));
    }

    /** Whether the names match the parts, all of them or, with {@code above}, the first of them with one or more left. */
    private static boolean matches(List<Part> parts, List<String> names, boolean above) {
        if (parts.isEmpty()) {
            return !above && names.isEmpty();
        } else if (names.isEmpty()) {
            return above;
        }

        List<Part> otherParts = parts.subList(1, parts.size());
        List<String> otherNames = names.subList(1, names.size());

        if (parts.get(0).anyDepth()) {
            return matches(otherParts, names, above) || matches(parts, otherNames, above);
        }

        return parts.get(0).matches(names.get(0)) && matches(otherParts, otherNames, above);
    }

    private static List<Part> parts(String pattern) {
        List<Part> parts = new ArrayList<>();

        for (String part : pattern.split("/+", -1)) {
            boolean anyDepth = part.equals("**");

            // Two in a row mean what one means, and take exponential time to match.
            if (!part.isEmpty()
                    && !(anyDepth
                            && !parts.isEmpty()
                            && parts.get(parts.size() - 1).anyDepth())) {
                parts.add(new Part(anyDepth, Pattern.compile(anyDepth ? "" : expression(part), Pattern.DOTALL)));
            }
        }

        if (!parts.isEmpty() && parts.get(parts.size() - 1).anyDepth()) {
            parts.add(new Part(false, Pattern.compile(".*", Pattern.DOTALL)));
        }

        return List.copyOf(parts);
    }

    private static String expression(String part) {
        StringBuilder expression = new StringBuilder();

        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);

            switch (c) {
                case '*' -> expression.append(".*");
                case '?' -> expression.append('.');
                case '[' -> {
                    // A bracket right after the opening one belongs to the set.
                    boolean negated = i + 1 < part.length() && "!^".indexOf(part.charAt(i + 1)) >= 0;
                    int first = i + (negated ? 2 : 1);
                    int end = part.indexOf(']', first + 1);

                    if (end < 0) {
                        throw new IllegalArgumentException("'[' is not closed in '" + part + "'");
                    }

                    String set = part.substring(first, end).replaceAll("([\\[\\]\\\\^&])", "\\\\$1");
                    expression.append(negated ? "[^" : "[").append(set).append(']');
                    i = end;
                }
                case '\\' -> {
                    i = Math.min(i + 1, part.length() - 1);
                    expression.append(Pattern.quote(part.substring(i, i + 1)));
                }
                default -> expression.append(Pattern.quote(String.valueOf(c)));
            }
        }

        return expression.toString();
    }

    /** The pattern with its first pair of braces, and then all others, multiplied out. */
    private static List<String> braces(String pattern) {
        int open = unescaped(pattern, '{', 0);

        if (open < 0) {
            return List.of(pattern);
        }

        List<String> choices = new ArrayList<>();
        int depth = 0;
        int start = open + 1;

        for (int i = open; i < pattern.length(); i++) {
            char c = pattern.charAt(i);

            if (c == '\\') {
                i++;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' || (c == ',' && depth == 1)) {
                depth -= c == '}' ? 1 : 0;

                if (depth == 0 || c == ',') {
                    choices.add(pattern.substring(start, i));
                    start = i + 1;
                }

                if (depth == 0) {
                    String before = pattern.substring(0, open);
                    String after = pattern.substring(i + 1);
                    return choices.stream()
                            .flatMap(choice -> braces(before + choice + after).stream())
                            .toList();
                }
            }
        }

        throw new IllegalArgumentException("'{' is not closed in '" + pattern + "'");
    }

    private static int unescaped(String text, char wanted, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == wanted) {
                return i;
            }
        }

        return -1;
    }
}
