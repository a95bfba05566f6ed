package dev.tapetum.job;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.tapetum.report.Comparison.PlanDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The settings in which two canonical plans differ. The id of the run is none. */
final class PlanDifferences {

    private static final String RUN_ID = "run.id";

    private PlanDifferences() {}

    /** In the order of their keys; a list is one value. */
    static List<PlanDifference> of(String baseline, String candidate) {
        Map<String, String> before = values(baseline);
        Map<String, String> after = values(candidate);
        TreeSet<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        keys.remove(RUN_ID);
        List<PlanDifference> differences = new ArrayList<>();
        for (String key : keys) {
            @Nullable String was = before.get(key);
            @Nullable String is = after.get(key);
            if (!Objects.equals(was, is)) {
                differences.add(new PlanDifference(key, was, is));
            }
        }

        return differences;
    }

    private static Map<String, String> values(String plan) {
        Map<String, String> values = new TreeMap<>();
        collect("", ConfigFactory.parseString(plan).root(), values);
        return values;
    }

    private static void collect(String path, ConfigValue value, Map<String, String> into) {
        if (value instanceof ConfigObject object) {
            object.forEach(
                    (key, inner) -> collect(path.isEmpty() ? quoted(key) : path + "." + quoted(key), inner, into));
        } else if (value.valueType() == ConfigValueType.STRING) {
            into.put(path, String.valueOf(value.unwrapped()));
        } else {
            into.put(path, value.render(ConfigRenderOptions.concise()));
        }
    }

    private static String quoted(String key) {
        return ConfigUtil.joinPath(key);
    }
}
