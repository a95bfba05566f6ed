package dev.tapetum.config;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Where the images come from: the one of the four that the plan's {@code dataset} names. */
public sealed interface Source extends Serializable
        permits Source.ImageFiles, Source.ManifestFiles, Source.ParquetTable, Source.WebDatasetShards {
    /** Files of a folder, with all its folders, or of a glob. */
    record ImageFiles(String images) implements Source {}

    /** Files that a table lists: CSV with a header, or Parquet; paths start from the root, or else from the table's folder. */
    record ManifestFiles(String manifest, @Nullable String root, String pathColumn) implements Source {}

    /** Encoded images in a binary column of a Parquet table. */
    record ParquetTable(String parquet, String contentColumn) implements Source {}

    /** Tar shards in the layout of WebDataset, a folder or a glob. */
    record WebDatasetShards(String webdataset) implements Source {}
}
