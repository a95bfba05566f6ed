package dev.tapetum.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import dev.tapetum.UserError;
import dev.tapetum.spec.Hocon;
import dev.tapetum.spec.Place;
import dev.tapetum.spec.RecordBinder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A plan together with the places where it was written, so that what only shows later (a column that the manifest does
 * not have, a method that the model cannot answer) can still be answered with file and line.
 *
 * <p>Values come, the first before the next, from options of the command line, the plan's text with its includes, and
 * {@code reference.conf}. Substitutions <code>${…}</code> see the plan's own keys, options included, and then the
 * environment.
 */
public final class PlanFile {
    private static final ConfigObject REFERENCE = ConfigFactory.parseResources(
                    PlanFile.class.getClassLoader(), "reference.conf")
            .getObject("tapetum");

    private final Plan plan;
    private final ConfigObject given;

    private PlanFile(Plan plan, ConfigObject given) {
        this.plan = plan;
        this.given = given;
    }

    /**
     * Reads a local file; its includes are relative to it.
     *
     * @param options overriding values of the form {@code run.seed=9}, the later before the earlier
     * @throws UserError when anything is wrong with the plan
     */
    public static PlanFile load(String path, List<String> options) {
        return bind(Hocon.file(Path.of(path)), path, options, System.getenv());
    }

    /**
     * Reads the text of a plan that lies elsewhere; it cannot include files by relative paths.
     *
     * @param source what errors name as the file
     * @param options overriding values of the form {@code run.seed=9}, the later before the earlier
     * @throws UserError when anything is wrong with the plan
     */
    public static PlanFile parse(String text, String source, List<String> options) {
        return bind(Hocon.text(text, source), source, options, System.getenv());
    }

    static PlanFile bind(Config text, String source, List<String> options, Map<String, String> environment) {
        Config overridden = Hocon.options(options).withFallback(text);
        ConfigObject given = Hocon.resolve(overridden, source, environment).withOrigin(text.origin());
        RecordBinder binder = new RecordBinder(REFERENCE.toConfig().getObject("defaults"));

        return new PlanFile(binder.bind(Plan.class, "the plan", given, REFERENCE), given);
    }

    /** What the run was asked to do. */
    public Plan plan() {
        return plan;
    }

    /** Whether the plan itself says something at a path, so that not all there is left to defaults. */
    public boolean mentions(String path) {
        return given.toConfig().hasPathOrNull(path);
    }

    /**
     * Where a value was written, or the innermost block around it when it is a default.
     *
     * @param path a path such as {@code dataset.manifest} or {@code attribution.methods[1]}
     */
    public Place place(String path) {
        return Place.of(given, path);
    }

    /** The error about a value: where it was written, and the sentence. */
    public UserError error(String path, String sentence) {
        return place(path).error(sentence);
    }
}
