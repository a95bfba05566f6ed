package dev.tapetum.config;

import dev.tapetum.spec.Word;
import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many images interventions run on: a number such as {@code 2000}, a share such as {@code 5%}, or {@code 500 per group}, so
 * that a small group has as many as a large one. Every image is drawn or not by itself, by its id and the seed, so that the
 * numbers are about right and not exact.
 *
 * @param text the word itself
 */
public record GroupSample(String text) implements Word, Serializable {
    private static final Pattern PER_GROUP = Pattern.compile("([1-9][0-9]{0,17}) per group");

    public GroupSample {
        if (!PER_GROUP.matcher(text).matches()) {
            try {
                new Sample(text);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "must be a number of images such as 2000, a share such as 5%, or such as \"500 per group\", not '"
                                + text + "'",
                        e);
            }
        }
    }

    /** Reads the word. */
    public static GroupSample parse(String text) {
        return new GroupSample(text.strip().replaceAll("\\s+", " "));
    }

    /** Whether the number is meant for each group of each attribute. */
    public boolean isPerGroup() {
        return PER_GROUP.matcher(text).matches();
    }

    /**
     * The probability that one of so many images is drawn.
     *
     * @param images of the group, or of all groups together where the sample is not per group
     */
    public double probability(long images) {
        Matcher perGroup = PER_GROUP.matcher(text);
        if (perGroup.matches()) {
            return Math.min(1, Long.parseLong(perGroup.group(1)) / (double) images);
        }

        Sample sample = new Sample(text);
        return sample.isFraction() ? sample.fraction() : Math.min(1, sample.count() / (double) images);
    }
}
