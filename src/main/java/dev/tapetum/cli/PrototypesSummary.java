package dev.tapetum.cli;

import dev.tapetum.job.PrototypeOutcome;
import dev.tapetum.report.DrawingMethod;
import dev.tapetum.report.DrawingMethod.Closer;
import dev.tapetum.report.DrawingMethod.OfClass;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is told of the drawings of a model's classes. */
final class PrototypesSummary {

    private static final String QUERY = "SELECT class_name, method_name, round(avg(probability), 2) AS probability,"
            + " round(avg(path_spearman), 3) AS drawing, round(avg(natural_spearman), 3) AS images,"
            + " round(avg(other_spearman), 3) AS other_classes FROM prototypes GROUP BY class_name, method_name"
            + " ORDER BY class_name, method_name";

    private static final String READINGS =
            "SELECT class_name, attribute, `group`, feature, round(value, 2) AS drawings, round(natural, 2) AS images,"
                    + " round(others, 2) AS other_drawings, q_value, drawn_in FROM prototype_readings"
                    + " WHERE method_name = 'prototype' ORDER BY drawn_in DESC, q_value";

    private static final String NOTHING =
            "nothing was looked for: that takes attributes in the plan (dataset.attributes) or an autoencoder (sae.path)";

    private PrototypesSummary() {}

    /**
     * @param out the run's output, as the user wrote it
     * @param program how the user called the program
     */
    static String text(PrototypeOutcome outcome, String out, String program) {
        String drawings = outcome.earlier() == 0
                ? String.format(Locale.ROOT, "%,d", outcome.drawings())
                : String.format(
                        Locale.ROOT,
                        "%,d = %,d drawn now + %,d drawn before",
                        outcome.drawings(),
                        outcome.drawings() - outcome.earlier(),
                        outcome.earlier());
        String closer = Shell.quoted(program) + " sql " + Shell.quoted(out) + " --run " + outcome.runId() + " ";
        return new TextBlock()
                .line("Prototypes of run " + outcome.runId())
                .entry("drawings", drawings)
                .entry("time", ProgressLine.duration(outcome.seconds()))
                .entry(
                        "evaluations",
                        String.format(Locale.ROOT, "%,d forward, %,d gradient", outcome.forward(), outcome.gradient()))
                .entry("model", Summary.loads(outcome.modelLoads()))
                .line("")
                .line(
                        "Mean over the classes: what the model says of its drawings, and how far their way through it is from the")
                .line(
                        "mean of images of the class, beside that of other images of the class and of images of other classes")
                .line("")
                .line(table(outcome.methods()))
                .entries("closer", closer(outcome.methods()))
                .entries("drawn in", outcome.told().isEmpty() ? List.of(NOTHING) : outcome.told())
                .entry("report", outcome.report() == null ? "not written" : outcome.report())
                .entry("look closer", closer + Shell.quoted(QUERY))
                .entry("", closer + Shell.quoted(READINGS))
                .text();
    }

    private static String table(List<DrawingMethod> methods) {
        TextTable table = new TextTable(
                List.of(
                        "method",
                        "classes",
                        "logit",
                        "prob.",
                        "L1",
                        "images",
                        "others",
                        "Spearman",
                        "images",
                        "others"),
                List.of(false, true, true, true, true, true, true, true, true, true));
        for (DrawingMethod method : methods) {
            table.add(List.of(
                    method.label(),
                    String.valueOf(method.classes().size()),
                    number(method.mean(OfClass::logit), "%.2f"),
                    number(method.mean(OfClass::probability), "%.3f"),
                    number(method.mean(OfClass::pathL1), "%.4f"),
                    number(method.mean(OfClass::naturalL1), "%.4f"),
                    number(method.mean(OfClass::otherL1), "%.4f"),
                    number(method.mean(OfClass::pathSpearman), "%.3f"),
                    number(method.mean(OfClass::naturalSpearman), "%.3f"),
                    number(method.mean(OfClass::otherSpearman), "%.3f")));
        }

        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        table.print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Each method beside each baseline. */
    private static List<String> closer(List<DrawingMethod> methods) {
        List<String> lines = new ArrayList<>();
        for (DrawingMethod method : methods) {
            for (DrawingMethod baseline : methods) {
                Closer closer = method.closerThan(baseline);
                if (!method.baseline() && baseline.baseline() && closer.classes() > 0) {
                    lines.add(String.format(
                            Locale.ROOT,
                            "%s than %s in %d of %d classes by L1, in %d by Spearman, in %d by both",
                            method.label(),
                            baseline.label(),
                            closer.byL1(),
                            closer.classes(),
                            closer.bySpearman(),
                            closer.byBoth()));
                }
            }
        }

        return lines.isEmpty() ? List.of("not compared: that takes a baseline, and images of a class") : lines;
    }

    private static String number(@Nullable Double value, String format) {
        return value == null ? "-" : String.format(Locale.ROOT, format, value);
    }
}
