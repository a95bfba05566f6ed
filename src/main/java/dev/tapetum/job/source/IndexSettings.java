package dev.tapetum.job.source;

import java.io.Serializable;

/**
 * How a listing is cut.
 *
 * @param shardImages images per shard, about: ids are hashed into shards; at least 1
 * @param waveShards shards per wave, at least 1
 * @param seed what the choice of a sample derives from, together with the ids
 */
public record IndexSettings(int shardImages, int waveShards, long seed) implements Serializable {
    public IndexSettings {
        if (shardImages < 1 || waveShards < 1) {
            throw new IllegalArgumentException(
                    "A shard has at least 1 image and a wave 1 shard, not " + shardImages + " and " + waveShards);
        }
    }
}
