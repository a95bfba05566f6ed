package dev.tapetum.report;

import dev.tapetum.table.SliceRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Made-up subgroups: a confirmed one, one that is not, and one that is too small. */
final class SampleSlices {
    private SampleSlices() {}

    static Slices slices() {
        return slices(
                row(1, "site = E", 14, 0.2, null),
                row(2, "site = B ∧ cue = tag", 60, 0.35, 0.0004),
                row(3, "predicted = mug", 220, 0.11, 0.41));
    }

    static Slices slices(SliceRow... rows) {
        return new Slices(List.of("site", "vendor", "cue"), 2, 3, true, List.of(rows));
    }

    /** A subgroup with this error against 10% of all images and 9% elsewhere; confirmed with a small q. */
    static SliceRow row(int rank, String predicate, long n, double error, @Nullable Double q) {
        return new SliceRow(
                SampleRun.RUN,
                rank,
                predicate,
                "SELECT * FROM predictions WHERE '" + predicate + "'",
                1,
                n,
                n,
                "error-rate",
                error,
                0.1,
                error - 0.09,
                q == null ? null : error - 0.14,
                q == null ? null : error - 0.04,
                q,
                q,
                q != null && q < 0.05,
                1.5,
                n,
                error + 0.05);
    }
}
