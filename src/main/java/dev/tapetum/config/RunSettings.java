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
 */
public record RunSettings(@Nullable String id, long seed, String output, int shardImages, double maxRejectFraction)
        implements Serializable {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    public RunSettings {
        if (id != null && !ID.matcher(id).matches()) {
            throw new IllegalArgumentException("id must be up to 128 letters, digits, '.', '_' and '-', starting with a"
                    + " letter or digit, not '" + id + "'");
        }

        Require.text("output", output);
        Require.that(shardImages >= 1, "shard-images must be at least 1, not " + shardImages);
        Require.that(
                maxRejectFraction >= 0 && maxRejectFraction <= 1,
                "max-reject-fraction must be from 0 to 1, not " + maxRejectFraction);
    }
}
