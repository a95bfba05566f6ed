package dev.tapetum.config;

import java.io.Serializable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a run is called, where it writes and how it is cut.
 *
 * @param id the run's name in every table, letters, digits and {@code . _ -}; null lets the run choose one from the time
 * @param seed what all random numbers of the run derive from
 * @param output the folder of the tables, a local path or a URI of Hadoop
 * @param shardImages images per shard, the unit that is committed or computed again; at least 1
 * @param maxRejectFraction the share of rejected images, from 0 to 1, above which the run is partial
 * @param baseline the accepted run that this one is compared with: its id, or {@link #ACCEPTED} for the last one; null for none
 */
public record RunSettings(
        @Nullable String id,
        long seed,
        String output,
        int shardImages,
        double maxRejectFraction,
        @Nullable String baseline)
        implements Serializable {
    /** The baseline that stands for the last run that was accepted. */
    public static final String ACCEPTED = "accepted";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    public RunSettings {
        requireId("id", id);
        requireId("baseline", baseline);
        Require.text("output", output);
        Require.that(shardImages >= 1, "shard-images must be at least 1, not " + shardImages);
        Require.that(
                maxRejectFraction >= 0 && maxRejectFraction <= 1,
                "max-reject-fraction must be from 0 to 1, not " + maxRejectFraction);
    }

    private static void requireId(String key, @Nullable String id) {
        Require.that(
                id == null || ID.matcher(id).matches(),
                key + " must be up to 128 letters, digits, '.', '_' and '-', starting with a letter or digit, not '"
                        + id + "'");
    }
}
