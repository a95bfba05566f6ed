package dev.tapetum.job;

/**
 * What a notebook showed.
 *
 * @param type its media type, such as text/html
 * @param data text, or the picture in base 64
 */
public record Shown(String type, String data) {

    boolean isPicture() {
        return type.equals("image/png");
    }

    boolean isTable() {
        return type.equals("text/html") && data.contains("<td");
    }

    boolean says(String words) {
        return type.startsWith("text/") && data.contains(words);
    }
}
