package dev.tapetum.cli;

import dev.tapetum.config.Plan;
import dev.tapetum.config.SaeTraining;
import dev.tapetum.job.SaeForecast;
import dev.tapetum.job.SaeOutcome;
import dev.tapetum.sae.Quality;
import dev.tapetum.spec.CanonicalText;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is told of a training of autoencoders, before and after. */
final class SaeSummary {

    private static final double THOUSAND = 1000;
    private static final List<String> UNITS = List.of("bytes", "kB", "MB", "GB", "TB", "PB");

    private SaeSummary() {}

    /** What 'sae train' would take. */
    static String text(SaeForecast forecast, Plan plan) {
        SaeTraining training = plan.sae().training();
        String harvest = String.format(
                Locale.ROOT,
                "about %,d tokens of %,d images at %s, %s; %,d images are held out",
                forecast.tokens(),
                forecast.images(),
                forecast.tap().name(),
                bytes(forecast.bytes()),
                forecast.heldOut());
        String steps = String.format(
                Locale.ROOT,
                "%,d steps of %,d tokens, so that each token is seen %.1f times",
                forecast.steps(),
                training.batch(),
                forecast.seen());
        return new TextBlock()
                .line("Training autoencoders on it ('sae train') would take")
                .entry("harvest", harvest)
                .entry("training", steps)
                .entries(
                        "objectives",
                        training.objectives().stream()
                                .map(objective -> CanonicalText.of((Record) objective) + ", "
                                        + objective.features(forecast.tap().channels()) + " latents")
                                .toList())
                .text();
    }

    /** What came of it. */
    static String text(SaeOutcome outcome, Plan plan) {
        TextBlock block = new TextBlock()
                .line(
                        outcome.isPartial()
                                ? "Nothing was trained: more images were rejected than run.max-reject-fraction allows"
                                : "Trained " + outcome.trained().size()
                                        + (outcome.trained().size() == 1 ? " autoencoder" : " autoencoders"))
                .entry("images", ledger(outcome))
                .entry("rejects", rejects(outcome.rejects()))
                .entry("tokens", String.format(Locale.ROOT, "%,d harvested", outcome.tokens()))
                .entry("model", Summary.loads(outcome.modelLoads()));
        if (outcome.isPartial()) {
            return block.entry("go on", "--resume --set run.max-reject-fraction=… trains on what was harvested")
                    .text();
        }

        SaeOutcome.Trained first = outcome.trained().get(0);
        if (first.quality().lossRecovered() == null) {
            block.entry(
                    "remark",
                    "the mean in place of every token does no harm, so there is no loss to recover: perhaps the layers above"
                            + " the tap read a class token only; tap an earlier layer");
        }

        return block.entry("judged by", judged(first))
                .line("")
                .line(table(outcome.trained()))
                .line("To audit with one of them, write into the plan, for example:")
                .line("  sae.path = \"" + first.path() + "\"")
                .text();
    }

    private static String ledger(SaeOutcome outcome) {
        return String.format(
                Locale.ROOT,
                "%,d = %,d harvested + %,d rejected + %,d held out",
                outcome.listed(),
                outcome.harvested(),
                outcome.rejected(),
                outcome.heldOut());
    }

    private static String rejects(Map<String, Long> rejects) {
        return rejects.isEmpty()
                ? "none"
                : new TreeMap<>(rejects)
                        .entrySet().stream()
                                .map(reason -> String.format(Locale.ROOT, "%,d %s", reason.getValue(), reason.getKey()))
                                .collect(Collectors.joining(", "));
    }

    private static String judged(SaeOutcome.Trained trained) {
        String against = trained.labelled() == trained.judged()
                ? "against their labels"
                : trained.labelled() == 0
                        ? "against the model's own predictions"
                        : String.format(
                                Locale.ROOT,
                                "%,d of them against their labels, the others against the model's own predictions",
                                trained.labelled());
        String unusable = trained.unusable() == 0
                ? ""
                : String.format(Locale.ROOT, "; %,d more could not be used", trained.unusable());
        return String.format(Locale.ROOT, "%,d held-out images, %s%s", trained.judged(), against, unusable);
    }

    private static String table(List<SaeOutcome.Trained> trained) {
        TextTable table = new TextTable(
                List.of("objective", "nmse", "L0", "dead", "dense", "loss recovered", "tokens/s", "path"),
                List.of(false, true, true, true, true, true, true, false));
        for (SaeOutcome.Trained one : trained) {
            Quality quality = one.quality();
            table.add(List.of(
                    CanonicalText.of((Record) one.objective()),
                    number(quality.normalisedMse(), "%.4f"),
                    number(quality.l0(), "%.1f"),
                    number(100 * quality.deadFraction(), "%.1f%%"),
                    number(100 * quality.denseFraction(), "%.1f%%"),
                    number(quality.lossRecovered(), "%.4f"),
                    Double.isNaN(one.tokensPerSecond()) ? "-" : ProgressLine.rate(one.tokensPerSecond()),
                    one.path()));
        }

        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        table.print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String number(@Nullable Double value, String format) {
        return value == null ? "-" : String.format(Locale.ROOT, format, value);
    }

    /** In the largest unit of which there is one at least. */
    static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= THOUSAND && unit < UNITS.size() - 1) {
            value /= THOUSAND;
            unit++;
        }

        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, UNITS.get(unit));
    }
}
