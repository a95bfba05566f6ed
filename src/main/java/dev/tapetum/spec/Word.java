package dev.tapetum.spec;

/**
 * A value that is written as one word, such as {@code gpu:1} or {@code 5%}. A type that implements it has a method
 * {@code public static T parse(String)} that undoes {@link #text()} and throws {@link IllegalArgumentException} with a
 * sentence that names the words it would have taken.
 */
public interface Word {
    /** The word, as a plan would say it. */
    String text();
}
