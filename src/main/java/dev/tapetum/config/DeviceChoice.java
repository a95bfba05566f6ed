package dev.tapetum.config;

import dev.tapetum.spec.Word;
import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * Where the model runs: {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}.
 *
 * @param text the word itself
 */
public record DeviceChoice(String text) implements Word, Serializable {
    /** The GPU that Spark assigned to the task; without an assignment the first one in local mode, and else the CPU. */
    public static final DeviceChoice AUTO = new DeviceChoice("auto");
    /** The CPU, whatever else there is. */
    public static final DeviceChoice CPU = new DeviceChoice("cpu");
    /** The GPU that Spark assigned to the task, or else the first one unless Spark schedules them. None is an error. */
    public static final DeviceChoice GPU = new DeviceChoice("gpu");

    private static final Pattern NUMBERED = Pattern.compile("gpu:[0-9]{1,3}");

    public DeviceChoice {
        if (!text.equals("auto")
                && !text.equals("cpu")
                && !text.equals("gpu")
                && !NUMBERED.matcher(text).matches()) {
            throw new IllegalArgumentException("must be auto, cpu, gpu or gpu:N, not '" + text + "'");
        }
    }

    /** Reads the word. */
    public static DeviceChoice parse(String text) {
        return new DeviceChoice(text.strip());
    }

    /** Whether a missing GPU is an error. */
    public boolean requiresGpu() {
        return text.startsWith("gpu");
    }

    /** The N of {@code gpu:N}, and -1 where the plan leaves the choice. */
    public int gpuIndex() {
        return text.startsWith("gpu:") ? Integer.parseInt(text.substring("gpu:".length())) : -1;
    }
}
