package dev.tapetum.model;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * What is known about a model before it is loaded.
 *
 * @param name how errors call it
 * @param type the widest of the model interfaces that it will implement
 */
public record ModelCard(String name, InputSpec input, List<String> classes, List<Tap> taps, Class<? extends Model> type)
        implements Serializable {

    public ModelCard {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(type, "type");
        classes = List.copyOf(classes);
        taps = List.copyOf(taps);
    }

    /** Whether the model can be asked what {@code wanted} promises. */
    public boolean is(Class<? extends Model> wanted) {
        return wanted.isAssignableFrom(type);
    }
}
