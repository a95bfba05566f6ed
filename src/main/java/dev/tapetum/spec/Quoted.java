package dev.tapetum.spec;

/** A string between quotation marks, as JSON writes it. */
public final class Quoted {
    private Quoted() {}

    /** The string with its quotation marks, everything in it escaped that must be. */
    public static String of(String string) {
        StringBuilder text = new StringBuilder("\"");

        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);

            switch (c) {
                case '"', '\\' -> text.append('\\').append(c);
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (Character.isISOControl(c)) {
                        text.append(String.format("\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }

        return text.append('"').toString();
    }
}
