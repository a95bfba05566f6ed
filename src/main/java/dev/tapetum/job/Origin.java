package dev.tapetum.job;

import java.util.List;

/** What unfinished work depends on, as lines of {@code name = value} beside it: it is gone on with only where all are the same. */
final class Origin {

    private Origin() {}

    /** The names of the lines that are not as they were. */
    static List<String> changed(String before, String now) {
        List<String> lines = before.lines().toList();
        return now.lines()
                .filter(line -> !lines.contains(line))
                .map(line -> line.substring(0, line.indexOf(" = ")))
                .toList();
    }
}
