package dev.tapetum.spec;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A sealed interface whose permitted types are records, or sealed interfaces of records: its {@code permits} clause is
 * the registry of what a plan may name.
 *
 * @param discriminator the key that names a member in an object of HOCON
 * @param members the records by their names in kebab case, in the order of the names
 */
public record Family(String discriminator, SortedMap<String, Class<? extends Record>> members) {
    public Family {
        members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
    }

    /**
     * The family of a sealed interface.
     *
     * @throws IllegalArgumentException when it permits something else than records and sealed interfaces, or two records
     *     of one name
     */
    public static Family of(Class<?> sealedInterface) {
        SortedMap<String, Class<? extends Record>> members = new TreeMap<>();
        collect(sealedInterface, members);

        return new Family(discriminator(sealedInterface), members);
    }

    private static void collect(Class<?> type, SortedMap<String, Class<? extends Record>> members) {
        if (type.isRecord()) {
            Class<?> other = members.put(Kebab.of(type.getSimpleName()), type.asSubclass(Record.class));

            if (other != null && other != type) {
                throw new IllegalArgumentException(type + " and " + other + " have one name");
            }
        } else if (type.isSealed() && type.isInterface()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                collect(permitted, members);
            }
        } else {
            throw new IllegalArgumentException(type + " is neither a record nor a sealed interface of records");
        }
    }

    private static String discriminator(Class<?> type) {
        Discriminator own = type.getAnnotation(Discriminator.class);

        if (own != null) {
            return own.value();
        }

        for (Class<?> parent : type.getInterfaces()) {
            String inherited = discriminator(parent);

            if (!inherited.equals(Discriminator.DEFAULT)) {
                return inherited;
            }
        }

        return Discriminator.DEFAULT;
    }
}
