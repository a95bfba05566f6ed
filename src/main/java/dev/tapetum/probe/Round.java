package dev.tapetum.probe;

import java.util.Arrays;
import java.util.List;

/**
 * What a program asks at once. The fetches happen after all questions are answered, and may also name slots that
 * earlier rounds filled.
 */
public record Round(List<Question> questions, List<Fetch> fetches) {

    public Round {
        questions = List.copyOf(questions);
        fetches = List.copyOf(fetches);
    }

    /** Probes whose answers are read as they are. */
    public static Round of(Probe... probes) {
        return new Round(Arrays.stream(probes).map(Question::of).toList(), List.of());
    }
}
