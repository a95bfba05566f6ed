package dev.tapetum.cli;

import dev.tapetum.fairness.Established;
import dev.tapetum.fairness.Finding;
import dev.tapetum.fairness.GateStatus;
import dev.tapetum.fairness.GateVerdict;
import dev.tapetum.job.RunOutcome;
import dev.tapetum.table.RunRow;
import dev.tapetum.table.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** How a run ended, on half a screen. */
final class Summary {
    private static final int MOST_FINDINGS = 5;
    private static final String ON = " on ";

    private Summary() {}

    /**
     * @param out the run's output, as the user wrote it
     * @param program how the user called the program
     */
    static String text(RunOutcome outcome, String out, String program) {
        RunRow run = outcome.run();
        String sql = Shell.quoted(program) + " sql " + Shell.quoted(out) + " ";
        TextBlock block = new TextBlock()
                .line("Run " + run.runId() + " is " + run.status().name().toLowerCase(Locale.ROOT))
                .entry("images", ledger(run))
                .entries("rejects", rejects(run, sql))
                .entry("time", time(run))
                .entry("forward", evaluations(run.forwardAsked(), run.forwardEvaluations()))
                .entry("gradient", evaluations(run.gradientAsked(), run.gradientEvaluations()))
                .entry("model", loads(outcome.modelLoads()))
                .entries("findings", findings(outcome.established()));
        List<String> noEvidence = outcome.established().reasons();
        if (!noEvidence.isEmpty()) {
            block.entries("maps", noEvidence);
        }

        block.entries("gate", outcome.verdicts().stream().map(Summary::rule).toList())
                .entry("verdict", outcome.verdict() == null ? "not written" : outcome.verdict())
                .entry("report", outcome.report() == null ? "not written" : outcome.report())
                .entry("look closer", sql + Shell.quoted(query(outcome)));
        return block.text();
    }

    private static String ledger(RunRow run) {
        return String.format(
                Locale.ROOT, "%,d = %,d ok + %,d rejected", run.imagesInput(), run.imagesOk(), run.imagesRejected());
    }

    private static List<String> rejects(RunRow run, String sql) {
        if (run.imagesRejected() == 0) {
            return List.of("none");
        }

        List<String> lines = new ArrayList<>();
        if (run.status() == RunStatus.PARTIAL) {
            lines.add("more than run.max-reject-fraction allows, so the run is partial");
        }

        lines.add(sql + Shell.quoted("SELECT reason, count(*), min(uri), min(message) FROM rejects GROUP BY reason"));
        return lines;
    }

    private static String time(RunRow run) {
        double rate = (run.imagesOk() + run.imagesRejected()) / run.seconds();
        return ProgressLine.duration(run.seconds()) + ", " + ProgressLine.rate(rate) + " images/s";
    }

    private static String evaluations(long asked, long made) {
        return String.format(Locale.ROOT, "%,d evaluations asked for, %,d made", asked, made);
    }

    /** Loads are of the form {@code executor 0 on cpu}. */
    static String loads(List<String> loads) {
        if (loads.isEmpty()) {
            return "not loaded: everything was committed already";
        }

        TreeSet<String> places = new TreeSet<>(loads);
        TreeSet<String> devices = new TreeSet<>();
        places.forEach(place -> devices.add(place.substring(place.lastIndexOf(ON) + ON.length())));
        String where = places.size() == 1 ? "1 executor" : places.size() + " executors";
        String on = " (" + String.join(", ", devices) + ")";
        if (places.size() == loads.size()) {
            return "loaded once on " + (places.size() == 1 ? "" : "each of ") + where + on;
        }

        return "loaded " + loads.size() + " times on " + where + on;
    }

    /** That nothing was found is told with what would have been; maps that are no evidence have a line of their own. */
    private static List<String> findings(Established established) {
        List<Finding> findings = established.found().stream()
                .filter(finding -> finding.kind() != Finding.Kind.EXPLANATION)
                .toList();
        if (findings.isEmpty()) {
            return established.findings().stream()
                    .filter(finding -> !finding.found())
                    .map(Finding::statement)
                    .limit(MOST_FINDINGS)
                    .toList();
        }

        List<String> statements = new ArrayList<>();
        findings.stream()
                .limit(MOST_FINDINGS)
                .forEach(finding -> statements.add(finding.rank() + ". " + finding.statement()));
        if (findings.size() > MOST_FINDINGS) {
            statements.add("and " + (findings.size() - MOST_FINDINGS) + " more in the report");
        }

        return statements;
    }

    /** {@code error: Failed: accuracy at site = annex is …}: the statement starts with the status. */
    private static String rule(GateVerdict verdict) {
        String level = verdict.rule().level().name().toLowerCase(Locale.ROOT);
        boolean counts = verdict.broken() && verdict.status() == GateStatus.UNDECIDED;
        return level + ": " + verdict.statement() + (counts ? " The plan counts this as broken." : "");
    }

    private static String query(RunOutcome outcome) {
        return outcome.established().findings().isEmpty()
                ? "SELECT metric, attribute, `group`, n, value FROM group_metrics WHERE metric = 'accuracy'"
                : outcome.established().findings().get(0).query();
    }
}
