package dev.tapetum.job;

import dev.tapetum.probe.Seeds;
import dev.tapetum.prototype.Generator;
import dev.tapetum.spec.CanonicalText;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * What is drawn at once: a class by a method from one seed, or from several where a method draws the seeds of a class together.
 *
 * @param numbers of the seeds, from 0
 */
record DrawUnit(String className, int classIndex, Generator method, List<Integer> numbers) implements Serializable {

    DrawUnit {
        numbers = List.copyOf(numbers);
    }

    /** What one drawing is known by among those of a model and of a run's seed, public for the encoder. */
    public record Key(int classIndex, String method, int seed, int together) {
        public Key {
            Objects.requireNonNull(method, "method");
        }
    }

    /**
     * All that is to be drawn, method by method, and of each the classes beside each other: drawings of one method take about
     * as many steps.
     *
     * @param classes indices of them
     * @param names of all of the model's
     */
    static List<DrawUnit> all(List<Generator> methods, List<Integer> classes, List<String> names, int seeds) {
        List<DrawUnit> units = new ArrayList<>();
        for (Generator method : methods) {
            List<Integer> all = IntStream.range(0, seeds).boxed().toList();
            List<List<Integer>> parts = method.together()
                    ? List.of(all)
                    : all.stream().map(List::of).toList();
            parts.forEach(part -> classes.forEach(c -> units.add(new DrawUnit(names.get(c), c, method, part))));
        }

        return units;
    }

    String text() {
        return CanonicalText.of((Record) method);
    }

    /** The drawings that come of it. */
    List<Key> keys() {
        return numbers.stream()
                .map(seed -> new Key(classIndex, text(), seed, numbers.size()))
                .toList();
    }

    /** What each drawing starts from: of what it is, and of nothing else. */
    List<Long> seeds(long runSeed) {
        String purpose = "prototype " + className + " " + text();
        return numbers.stream()
                .map(number -> Seeds.of(runSeed, purpose, number))
                .toList();
    }
}
