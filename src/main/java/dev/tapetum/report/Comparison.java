package dev.tapetum.report;

import dev.tapetum.fairness.Change;
import dev.tapetum.fairness.GateVerdict;
import dev.tapetum.fairness.Group;
import dev.tapetum.fairness.PairedChange;
import dev.tapetum.stats.StatisticsSettings;
import dev.tapetum.table.FlipRow;
import dev.tapetum.table.RunRow;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What comparing a run with a baseline told.
 *
 * @param baseline the run that was accepted
 * @param candidate the run that is compared with it
 * @param settings how sure the candidate's plan wants to be
 * @param ledger which images were compared
 * @param changes all changes, corrected, in the order of the table
 * @param flips the most frequent flips of the prediction; those that keep the class are not among them
 * @param differences the settings in which the two plans differ
 * @param prototypes what the models of both runs draw for their classes
 * @param remarks what could not be compared, and why
 * @param verdicts of the rules about changes, those of the candidate's plan first
 */
public record Comparison(
        RunRow baseline,
        RunRow candidate,
        StatisticsSettings settings,
        PairLedger ledger,
        List<PairedChange> changes,
        List<FlipRow> flips,
        List<PlanDifference> differences,
        Prototypes prototypes,
        List<String> remarks,
        List<GateVerdict> verdicts) {
    /** What is wrong or left out, which comes before how sure the model was. */
    private static final Set<String> MISTAKES = Set.of("accuracy", "reject-rate");

    private static final Comparator<PairedChange> MOST_TELLING_FIRST = Comparator.comparing(PairedChange::family)
            .thenComparing(one ->
                    ChangeName.of(one.change().metric()).worse(one.change().difference()) ? 0 : 1)
            .thenComparing(one -> one.change().group().equals(Group.WHOLE) ? 0 : 1)
            .thenComparing(one -> MISTAKES.contains(one.change().metric()) ? 0 : 1)
            .thenComparingDouble(one -> one.change().qValue())
            .thenComparing(Comparator.comparingDouble(
                            (PairedChange one) -> one.change().interval().establishedSize())
                    .reversed())
            .thenComparing(PairedChange.IN_ORDER);

    public Comparison {
        changes = List.copyOf(changes);
        flips = List.copyOf(flips);
        differences = List.copyOf(differences);
        remarks = List.copyOf(remarks);
        verdicts = List.copyOf(verdicts);
    }

    /**
     * A key whose value differs.
     *
     * @param key with dots, as in a plan
     * @param before the baseline's value; null where its plan lacks the key
     * @param after the candidate's value; null where its plan lacks the key
     */
    public record PlanDifference(
            String key, @Nullable String before, @Nullable String after) {}

    /** The statistics alone, as rules of a gate judge them. */
    public List<Change> statistics() {
        return changes.stream().map(PairedChange::change).toList();
    }

    /** The changes that chance does not explain: outcomes first, worse before better, all images before groups, mistakes before how sure the model was, the surest first. */
    public List<PairedChange> established() {
        return changes.stream()
                .filter(one -> one.change().established(settings.falseDiscoveryRate()))
                .sorted(MOST_TELLING_FIRST)
                .toList();
    }

    /** How many changes were tested. */
    public long tested() {
        return changes.stream().filter(one -> !one.change().untested()).count();
    }

    /** The change of a metric over all images; null where there is none. */
    public @Nullable PairedChange whole(String metric) {
        return changes.stream()
                .filter(one -> one.change().metric().equals(metric))
                .filter(one -> one.change().group().equals(Group.WHOLE))
                .findFirst()
                .orElse(null);
    }
}
