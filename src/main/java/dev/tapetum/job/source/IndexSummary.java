package dev.tapetum.job.source;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of a dataset once it is listed. It is the last file that an index writes and so marks it as complete.
 *
 * @param images all images, rejected ones included: the input of the ledger
 * @param rejected how many of them were rejected as they were listed
 * @param labelled how many have a label
 * @param attributes each attribute of the plan by name
 * @param shards the number of shards, some of which may be empty
 * @param waveShards shards per wave; the last wave may have fewer
 * @param datasetSha256 the {@link DatasetDigest} of all images
 */
public record IndexSummary(
        long images,
        long rejected,
        long labelled,
        Map<String, AttributeSummary> attributes,
        int shards,
        int waveShards,
        String datasetSha256) {
    public IndexSummary {
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
    }

    /**
     * How an attribute is filled.
     *
     * @param known how many images have a value
     * @param distinct how many different values there are
     */
    public record AttributeSummary(long known, long distinct) {}

    /** The wave that a shard is part of. */
    public int wave(int shard) {
        return shard / waveShards;
    }

    /** The number of waves. */
    public int waves() {
        return (shards + waveShards - 1) / waveShards;
    }
}
