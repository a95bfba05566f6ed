package dev.tapetum.job.source;

import java.io.Serializable;

/**
 * How a listing is cut. Both depend on the plan and on the images alone, and not on how many cores a cluster has lent by
 * the time that they are listed.
 *
 * @param shardImages images per shard, about: ids are hashed into shards; at least 1
 * @param mostWaves into how many waves the shards are dealt at most, at least 1; fewer when there are fewer shards
 * @param seed what the choice of a sample derives from, together with the ids
 */
public record IndexSettings(int shardImages, int mostWaves, long seed) implements Serializable {
    public IndexSettings {
        if (shardImages < 1 || mostWaves < 1) {
            throw new IllegalArgumentException("A shard has at least 1 image, and there is at least 1 wave, not "
                    + shardImages + " and " + mostWaves);
        }
    }

    /** The shards of so many images. */
    int shards(long images) {
        return Math.toIntExact((images + shardImages - 1) / shardImages);
    }

    /** Shards per wave, at least 1. */
    int waveShards(long images) {
        return Math.max(1, (shards(images) + mostWaves - 1) / mostWaves);
    }
}
