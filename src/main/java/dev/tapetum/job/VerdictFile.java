package dev.tapetum.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tapetum.fairness.Evidence;
import dev.tapetum.fairness.Finding;
import dev.tapetum.fairness.Gate;
import dev.tapetum.fairness.GateVerdict;
import dev.tapetum.table.FindingRow;
import dev.tapetum.table.RunRow;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * {@code verdict.json}: what a machine asks of a run that has ended, in one file with keys in a fixed order. A number that does not
 * exist is null.
 */
final class VerdictFile {

    static final String NAME = "verdict.json";

    private static final int FORMAT = 1;

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private VerdictFile() {}

    /**
     * The content of the file.
     *
     * @param baselineRemarks what a reader of changes must know
     */
    static byte[] of(RunRow run, List<GateVerdict> verdicts, List<Finding> findings, List<String> baselineRemarks) {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", FORMAT);
        root.put("run_id", run.runId());
        root.put("status", word(run.status()));
        root.put("gate", word(run.gate()));
        root.put("exit_code", ExitCode.of(run).code());
        ObjectNode images = root.putObject("images");
        images.put("input", run.imagesInput());
        images.put("ok", run.imagesOk());
        images.put("rejected", run.imagesRejected());
        root.put("baseline", run.baseline());
        ArrayNode remarks = root.putArray("baseline_remarks");
        baselineRemarks.forEach(remarks::add);
        ArrayNode rules = root.putArray("rules");
        verdicts.forEach(verdict -> put(rules.addObject(), verdict));
        return withFindings(root, findings, run.runId());
    }

    /**
     * The file with other findings, and all else as it is.
     *
     * @param content of the file
     */
    static byte[] withFindings(String content, List<Finding> findings, String runId) {
        try {
            return withFindings((ObjectNode) JSON.readTree(content), findings, runId);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(NAME + " of run '" + runId + "' is no JSON", e);
        }
    }

    private static byte[] withFindings(ObjectNode root, List<Finding> findings, String runId) {
        // A key that is set again stays where it was.
        ArrayNode found = root.putArray("findings");
        findings.forEach(finding -> put(found.addObject(), FindingTable.row(finding, runId)));
        try {
            return (JSON.writeValueAsString(root) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of numbers and texts cannot be written", e);
        }
    }

    private static void put(ObjectNode node, GateVerdict verdict) {
        Gate rule = verdict.rule();
        Evidence decided = verdict.decided();
        boolean value = rule.limit() == Gate.Limit.MIN_VALUE || rule.limit() == Gate.Limit.MAX_VALUE;
        node.put("rule", rule.text());
        node.put("level", word(rule.level()));
        node.put("status", verdict.status().text());
        node.put("broken", verdict.broken());
        node.put("statement", verdict.statement());
        node.put("metric", decided == null ? rule.metric() : decided.metric());
        node.put(
                "attribute",
                decided == null ? rule.attribute() : decided.group().attribute());
        node.put("group", decided == null ? rule.group() : decided.group().value());
        node.put("n", decided == null ? null : decided.n());
        node.put("value", value && decided != null ? StatisticTables.number(decided.value()) : null);
        node.put("difference", !value && decided != null ? StatisticTables.number(decided.value()) : null);
        node.put(
                "ci_low",
                decided == null
                        ? null
                        : StatisticTables.number(decided.interval().low()));
        node.put(
                "ci_high",
                decided == null
                        ? null
                        : StatisticTables.number(decided.interval().high()));
        node.put("q_value", decided == null ? null : StatisticTables.number(decided.qValue()));
        node.put("limit", rule.limit().key());
        node.put("bound", rule.bound());
    }

    private static void put(ObjectNode node, FindingRow row) {
        node.put("rank", row.rank());
        node.put("severity", row.severity());
        node.put("kind", row.kind());
        node.put("statement", row.statement());
        node.put("metric", row.metric());
        node.put("attribute", row.attribute());
        node.put("group", row.group());
        node.put("slice", row.slice());
        node.put("n", row.n());
        node.put("effect", row.effect());
        node.put("ci_low", row.ciLow());
        node.put("ci_high", row.ciHigh());
        node.put("q_value", row.qValue());
        node.put("rule", row.rule());
        node.put("passed", row.passed());
        ArrayNode ids = node.putArray("image_ids");
        row.imageIds().forEach(ids::add);
        node.put("query", row.query());
    }

    private static String word(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
