package dev.tapetum.cli;

import dev.tapetum.UserError;
import dev.tapetum.config.PlanFile;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gives errors about a plan's value that show only while the plan is carried out the file and line of that value. */
final class Placed {
    /** A key such as {@code gate[1].metric} at the start of a sentence, and not the name of a file with a line. */
    private static final Pattern KEY = Pattern.compile(
            "^((?:run|dataset|model|attribution|sae|prototypes|statistics|gate)(?:\\.[a-z][a-z-]*|\\[[0-9]+])+)(?!:[0-9])\\b");

    private Placed() {}

    /** Does the work; a user's mistake whose sentence starts with a key of the plan gets the place of that key. */
    static <T> T in(PlanFile file, Callable<T> work) throws Exception {
        try {
            return work.call();
        } catch (Exception e) {
            UserError user = UserError.behind(e);
            if (user == null) {
                throw e;
            }

            Matcher key = KEY.matcher(String.valueOf(user.getMessage()));
            throw key.find() ? new UserError(file.place(key.group(1)).text() + ": " + user.getMessage(), e) : user;
        }
    }
}
