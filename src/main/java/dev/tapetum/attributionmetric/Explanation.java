package dev.tapetum.attributionmetric;

import dev.tapetum.attribution.Attribution;
import dev.tapetum.attribution.Attributor;
import dev.tapetum.attribution.PixelValues;
import dev.tapetum.attribution.Subject;
import dev.tapetum.model.InputSpec;
import dev.tapetum.probe.Stimulus;
import dev.tapetum.spec.CanonicalText;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is to be measured: what one method said about one subject.
 *
 * @param attribution what {@code method} says about {@code subject}
 * @param others what the other methods of the run say about it
 * @param correct whether the image is predicted as its label says; null when it has none
 * @param mask the pixels of the image's mask, as many as the input has; null when it has none
 */
public record Explanation(
        Subject subject,
        Attributor method,
        Attribution attribution,
        List<Other> others,
        @Nullable Boolean correct,
        boolean @Nullable [] mask) {

    /** What another method of the run says about the same subject. */
    public record Other(Attributor method, Attribution attribution) {

        public Other {
            Objects.requireNonNull(method, "method");
            Objects.requireNonNull(attribution, "attribution");
        }

        /** The method with all its parameters. */
        String text() {
            return CanonicalText.of((Record) method);
        }
    }

    public Explanation {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(attribution, "attribution");
        others = List.copyOf(others);
        if (mask != null && mask.length != subject.model().input().pixels()) {
            throw new IllegalArgumentException("A mask of " + mask.length + " pixels for an input of "
                    + subject.model().input().pixels());
        }
    }

    InputSpec input() {
        return subject.model().input();
    }

    /** The signed map, summed over channels, one value per pixel of the input. */
    float[] map() {
        return attribution
                .values()
                .channelSum()
                .resampled(input().height(), input().width())
                .values();
    }

    /** The map of absolute values, summed over channels. */
    float[] sizes() {
        return sizes(attribution);
    }

    /** The map of absolute values of another attribution of the same input. */
    float[] sizes(Attribution other) {
        return other.values()
                .absolute()
                .channelSum()
                .resampled(input().height(), input().width())
                .values();
    }

    /**
     * The signed map of {@code (x − b) ⊙ a}, summed over channels, one value per pixel. A method that has one value for all
     * channels has it for each of them.
     */
    float[] timesDistance(Stimulus b) {
        float[] image = subject.render(subject.stimulus());
        float[] other = subject.render(b);
        PixelValues values = attribution.values();
        int pixels = input().pixels();
        float[] own = values.values().length == input().size() ? values.values() : map();
        float[] map = new float[pixels];
        for (int i = 0; i < pixels; i++) {
            double sum = 0;
            for (int c = 0; c < input().channels(); c++) {
                int at = c * pixels + i;
                sum += ((double) image[at] - other[at]) * own[at % own.length];
            }

            map[i] = (float) sum;
        }

        return map;
    }

    /** The same question about another input. */
    Subject changedTo(Stimulus other) {
        return subject.changedTo(other);
    }
}
