package dev.tapetum.model;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What is known about a model before it is loaded.
 *
 * @param name how errors call it
 * @param type the widest of the model interfaces that it will implement
 * @param rules backward passes that it knows besides the gradient's
 * @param variants changed copies of it, those of a kind in the bundle's order
 */
public record ModelCard(
        String name,
        InputSpec input,
        List<String> classes,
        List<Tap> taps,
        Class<? extends Model> type,
        Set<Rule> rules,
        List<Variant> variants)
        implements Serializable {

    public ModelCard {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(type, "type");
        classes = List.copyOf(classes);
        taps = List.copyOf(taps);
        rules = Set.copyOf(rules);
        variants = List.copyOf(variants);
    }

    /** A model without rules and variants. */
    public ModelCard(String name, InputSpec input, List<String> classes, List<Tap> taps, Class<? extends Model> type) {
        this(name, input, classes, taps, type, Set.of(), List.of());
    }

    /** The variants of one kind. */
    public List<Variant> variants(Variant.Kind kind) {
        return variants.stream().filter(variant -> variant.kind() == kind).toList();
    }

    /** Whether the model can be asked what {@code wanted} promises. */
    public boolean is(Class<? extends Model> wanted) {
        return wanted.isAssignableFrom(type);
    }
}
