package dev.tapetum.job;

import dev.tapetum.table.GateStatus;
import dev.tapetum.table.RunRow;
import dev.tapetum.table.RunStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What a scheduler learns from a command. */
public enum ExitCode {
    /** All is well; of an audit: no rule of the gate that may fail a run is broken. */
    PASSED(0, "done; an audit's gate has not failed"),
    /** The command line itself is wrong. */
    USAGE(1, "the command line is wrong"),
    /** The user's input is wrong: one line says what, with file and line where there is one. */
    USER_ERROR(2, "the plan, the data or the model is wrong; one line says where"),
    /** A mistake of ours, or a machine that failed. */
    INTERNAL_ERROR(3, "an internal error, or a failure of the cluster"),
    /** A rule of the gate is broken. */
    GATE_FAILED(4, "the gate failed"),
    /** More images were rejected than the plan allows, so that a verdict would rest on too few. */
    PARTIAL(5, "partial: more images were rejected than run.max-reject-fraction allows");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** What the audit of a run exits with: a run that is partial has no verdict to rely on, so that comes first. */
    public static ExitCode of(RunRow run) {
        if (run.status() == RunStatus.PARTIAL) {
            return PARTIAL;
        }

        return run.gate() == GateStatus.FAIL ? GATE_FAILED : PASSED;
    }

    public int code() {
        return code;
    }

    /** Some codes with their meanings, for the help. */
    public static Map<String, String> meanings(Set<ExitCode> some) {
        Map<String, String> meanings = new LinkedHashMap<>();
        for (ExitCode exit : values()) {
            if (some.contains(exit)) {
                meanings.put(String.valueOf(exit.code), exit.meaning);
            }
        }

        return meanings;
    }
}
