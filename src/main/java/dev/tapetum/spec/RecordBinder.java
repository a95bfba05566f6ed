package dev.tapetum.spec;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import dev.tapetum.UserError;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Binds HOCON to records: the key {@code max-steps} to the component {@code maxSteps}, and so on down.
 *
 * <ul>
 *   <li>A component is a number or a boolean, primitive or boxed, a string, an enum (in kebab case), a {@link Word}, a
 *       record, a sealed interface of records, a {@code List} of these, or a {@code Map<String, String>}. Only a
 *       {@code @Nullable} component may be absent or {@code null}. A {@code long} may be written as a size in bytes, such
 *       as {@code 64 MiB}.
 *   <li>A member of a sealed {@link Family} is an object whose {@link Discriminator} key names it, or its text:
 *       {@code black}, {@code blur(5)}, {@code "blur(sigma=5)"}. What is left out comes from the family's defaults.
 *   <li>Everything that is wrong is a {@link UserError} that starts with the {@link Place} of the value, or of the object
 *       when a key is missing.
 *   <li>What a compact constructor refuses by an {@link IllegalArgumentException} becomes such an error, too. When its
 *       sentence starts with the name of a component, or with a path such as {@code gate[1].metric}, the error is placed
 *       there.
 * </ul>
 */
public final class RecordBinder {
    private static final ConfigObject NOTHING = ConfigFactory.empty().root();

    private final ConfigObject defaults;

    /**
     * A binder with the defaults of the families.
     *
     * @param defaults for each family's discriminator and each member's name, an object of default values
     */
    public RecordBinder(ConfigObject defaults) {
        this.defaults = defaults;
    }

    /**
     * Binds an object.
     *
     * @param name what errors call the object, e.g. {@code the plan}
     * @param given what the user wrote
     * @param fallback the values of keys that the user left out, down through nested records
     */
    public <T extends Record> T bind(Class<T> type, String name, ConfigObject given, ConfigObject fallback) {
        return type.cast(bind(type, new Scope(name, "", Place.of(given.origin()), given, fallback)));
    }

    /**
     * Reads the text of a record, canonical or not.
     *
     * @param type a record, or a sealed interface of records
     * @param place what errors name as the text's place
     */
    public <T> T parse(Class<T> type, String text, Place place) {
        String name = Kebab.of(type.getSimpleName());
        ConfigValue value = ConfigValueFactory.fromAnyRef(text, place.text());
        return type.cast(record(type, value, NOTHING, new Slot(name, name, place)));
    }

    private Record bind(Class<? extends Record> type, Scope scope) {
        RecordComponent[] components = type.getRecordComponents();
        scope.refuseUnknownKeys(
                Arrays.stream(components).map(CanonicalText::key).toList());
        List<@Nullable Object> arguments = new ArrayList<>();

        for (RecordComponent component : components) {
            arguments.add(component(component, scope));
        }

        try {
            return construct(type, components, arguments);
        } catch (IllegalArgumentException | UserError e) {
            throw scope.refused(components, e);
        }
    }

    private @Nullable Object component(RecordComponent component, Scope scope) {
        String key = CanonicalText.key(component);
        ConfigValue value = scope.value(key);

        if (value == null || value.valueType() == ConfigValueType.NULL) {
            if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                return null;
            }

            throw value != null && scope.given().containsKey(key)
                    ? scope.slot(key).error("must not be null")
                    : scope.place().error("missing key '" + key + "' in " + scope.name());
        }

        ConfigObject fallback = scope.fallback().get(key) instanceof ConfigObject object ? object : NOTHING;
        return value(component.getGenericType(), value, fallback, scope.slot(key));
    }

    private Object value(Type type, ConfigValue value, ConfigObject fallback, Slot slot) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == List.class
                    ? list(generic.getActualTypeArguments()[0], value, slot)
                    : strings(value, slot);
        }

        Class<?> plain = (Class<?>) type;

        try {
            if (Scalar.isOne(plain)) {
                return Scalar.read(plain, value);
            } else if (Word.class.isAssignableFrom(plain)) {
                return word(plain, Scalar.text(value, "a word"));
            } else if (plain.isEnum()) {
                return constant(plain, Scalar.text(value, "a word"));
            }
        } catch (IllegalArgumentException e) {
            throw slot.error(String.valueOf(e.getMessage()));
        }

        return record(plain, value, fallback, slot);
    }

    private List<Object> list(Type elementType, ConfigValue value, Slot slot) {
        if (!(value instanceof ConfigList list)) {
            throw slot.error(Scalar.mustBe("a list", value));
        }

        List<Object> elements = new ArrayList<>();

        for (ConfigValue element : list) {
            String index = "[" + elements.size() + "]";
            Slot elementSlot = new Slot(
                    slot.what().replaceFirst("'(.*)'", "'$1" + index + "'"),
                    slot.path() + index,
                    Place.of(element.origin()));
            elements.add(value(elementType, element, NOTHING, elementSlot));
        }

        return List.copyOf(elements);
    }

    private static Map<String, String> strings(ConfigValue value, Slot slot) {
        if (!(value instanceof ConfigObject object)) {
            throw slot.error(Scalar.mustBe("an object", value));
        }

        SortedMap<String, String> strings = new TreeMap<>();

        for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
            try {
                strings.put(entry.getKey(), Scalar.text(entry.getValue(), "a string"));
            } catch (IllegalArgumentException e) {
                throw Place.of(entry.getValue().origin())
                        .error("'" + entry.getKey() + "' in " + slot.path() + " " + e.getMessage());
            }
        }

        return Collections.unmodifiableSortedMap(strings);
    }

    private static Object constant(Class<?> type, String text) {
        Map<String, Object> constants = new TreeMap<>();

        for (Object constant : type.getEnumConstants()) {
            constants.put(Kebab.of((Enum<?>) constant), constant);
        }

        Object constant = constants.get(text);

        if (constant == null) {
            throw new IllegalArgumentException(
                    "is an unknown word, '" + text + "'" + Nearest.hint(text, "words", constants.keySet()));
        }

        return constant;
    }

    private Record record(Class<?> type, ConfigValue value, ConfigObject fallback, Slot slot) {
        if (!type.isRecord()) {
            return member(Family.of(type), value, slot);
        }

        Class<? extends Record> plain = type.asSubclass(Record.class);

        if (value instanceof ConfigObject object) {
            return bind(plain, new Scope(slot.path(), slot.path() + ".", slot.place(), object, fallback));
        }

        String name = Kebab.of(type.getSimpleName());
        TextForm form = form(name, value, slot);

        if (!form.name().equals(name)) {
            throw slot.error(Scalar.mustBe("an object", value));
        }

        return bind(plain, new Scope(slot.path(), slot.path() + ".", slot.place(), keyed(plain, form, slot), fallback));
    }

    private Record member(Family family, ConfigValue value, Slot slot) {
        String discriminator = family.discriminator();
        String name;
        ConfigObject given;

        if (value instanceof ConfigObject object) {
            ConfigValue naming = object.get(discriminator);

            if (naming == null) {
                throw slot.error("lacks its key '" + discriminator + "'; known " + discriminator + "s: "
                        + String.join(", ", family.members().keySet()));
            }

            name = String.valueOf(naming.unwrapped());
            requireMember(family, name, Place.of(naming.origin()));
            given = object.withoutKey(discriminator);
        } else {
            TextForm form = form(discriminator, value, slot);
            name = form.name();
            given = keyed(requireMember(family, name, slot.place()), form, slot);
        }

        Class<? extends Record> type = requireMember(family, name, slot.place());
        return bind(type, new Scope(name, name + ".", slot.place(), given, defaultsOf(discriminator, name)));
    }

    private static Class<? extends Record> requireMember(Family family, String name, Place place) {
        Class<? extends Record> type = family.members().get(name);

        if (type == null) {
            String what = family.discriminator();
            throw place.error("unknown " + what + " '" + name + "'"
                    + Nearest.hint(name, what + "s", family.members().keySet()));
        }

        return type;
    }

    private ConfigObject defaultsOf(String discriminator, String name) {
        return defaults.get(discriminator) instanceof ConfigObject family
                        && family.get(name) instanceof ConfigObject own
                ? own
                : NOTHING;
    }

    private static TextForm form(String expected, ConfigValue value, Slot slot) {
        try {
            return TextForm.parse(Scalar.text(value, "a " + expected), value.origin());
        } catch (IllegalArgumentException e) {
            throw slot.error(String.valueOf(e.getMessage()));
        }
    }

    /** The arguments of a text, the positional ones under the names of the first components. */
    private static ConfigObject keyed(Class<? extends Record> type, TextForm form, Slot slot) {
        RecordComponent[] components = type.getRecordComponents();
        Map<String, ConfigValue> arguments = new HashMap<>(form.named());

        if (form.positional().size() > components.length) {
            throw slot.error("has more arguments than " + form.name() + " takes: " + components.length);
        }

        for (int i = 0; i < form.positional().size(); i++) {
            String key = CanonicalText.key(components[i]);

            if (arguments.put(key, form.positional().get(i)) != null) {
                throw slot.error("gives " + form.name() + " its '" + key + "' twice");
            }
        }

        return ConfigValueFactory.fromMap(arguments);
    }

    private static Object word(Class<?> type, String text) {
        try {
            Method parse = type.getDeclaredMethod("parse", String.class);
            parse.setAccessible(true);
            return parse.invoke(null, text);
        } catch (InvocationTargetException e) {
            throw unwrapped(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " needs a method: public static parse(String)", e);
        }
    }

    private static Record construct(
            Class<? extends Record> type, RecordComponent[] components, List<@Nullable Object> arguments) {
        try {
            Constructor<? extends Record> canonical = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            canonical.setAccessible(true);
            return canonical.newInstance(arguments.toArray());
        } catch (InvocationTargetException e) {
            throw unwrapped(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot construct " + type, e);
        }
    }

    private static RuntimeException unwrapped(InvocationTargetException e) {
        return e.getCause() instanceof RuntimeException cause
                ? cause
                : new IllegalStateException("A constructor or parse method threw an error", e);
    }
}
