package dev.tapetum.spec;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import dev.tapetum.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads HOCON; whatever is wrong with it is a {@link UserError} that starts with file and line. */
public final class Hocon {
    /** What only HOCON can mean; every other value of an option is taken as it stands. */
    private static final Pattern STRUCTURED = Pattern.compile("\\s*[\\[{\"].*|.*\\$\\{.*", Pattern.DOTALL);

    private Hocon() {}

    /** Reads a local file; relative includes start from its folder. */
    public static Config file(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UserError(file + ": " + (Files.exists(file) ? "is not a file" : "there is no such file"));
        }

        return placed(
                file.toString(),
                () -> ConfigFactory.parseFile(
                        file.toFile(),
                        ConfigParseOptions.defaults()
                                .setSyntax(ConfigSyntax.CONF)
                                .setAllowMissing(false)));
    }

    /** Reads a text; {@code source} is what errors name as its file. */
    public static Config text(String text, String source) {
        return placed(
                source,
                () -> ConfigFactory.parseString(
                        text, ConfigParseOptions.defaults().setOriginDescription(source)));
    }

    /**
     * Reads options of the form {@code run.seed=9}, the later over the earlier. A value that starts with {@code [},
     * <code>{</code> or a quotation mark, or that has a substitution, is HOCON; any other is taken literally, so that
     * {@code dataset.root=s3a://bucket/photos} needs no quotes.
     */
    public static Config options(List<String> options) {
        Config config = ConfigFactory.empty();

        for (String option : options) {
            config = option(option).withFallback(config);
        }

        return config;
    }

    private static Config option(String option) {
        int equals = option.indexOf('=');

        if (equals < 1) {
            throw new UserError(Place.OPTION + option + ": must have the form key=value");
        }

        String path = option.substring(0, equals).strip();
        String value = option.substring(equals + 1).strip();

        boolean hocon = value.equals("null") || STRUCTURED.matcher(value).matches();

        return text(path + " = " + (hocon ? value : Quoted.of(value)), Place.OPTION + path);
    }

    /**
     * Replaces the substitutions <code>${…}</code> by other keys of the same text, or else by environment variables.
     *
     * @param source what errors name as the file where they know no better
     */
    public static ConfigObject resolve(Config config, String source, Map<String, String> environment) {
        ConfigResolveOptions options =
                ConfigResolveOptions.noSystem().appendResolver(new Variables(Map.copyOf(environment)));
        return placed(source, () -> config.resolve(options)).root();
    }

    private static <T> T placed(String source, Supplier<T> read) {
        try {
            return read.get();
        } catch (ConfigException e) {
            throw error(source, e);
        }
    }

    private static UserError error(String source, ConfigException e) {
        String message = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");

        if (e.origin() == null) {
            return new UserError(source + ": " + message, e);
        }

        String described = e.origin().description() + ": ";
        String sentence = message.startsWith(described) ? message.substring(described.length()) : message;
        return new UserError(Place.of(e.origin()).text() + ": " + sentence, e);
    }

    private record Variables(Map<String, String> environment) implements ConfigResolver {
        @Override
        public @Nullable ConfigValue lookup(String path) {
            String name = String.join(".", ConfigUtil.splitPath(path));
            String value = environment.get(name);
            return value == null ? null : ConfigValueFactory.fromAnyRef(value, Place.VARIABLE + name);
        }

        @Override
        public ConfigResolver withFallback(ConfigResolver fallback) {
            return this;
        }
    }
}
