/**
 * Finds the images of a dataset and brings their bytes: listing, index and reading, by Spark jobs over any file system of
 * Hadoop; only what must be known before an image is decoded may enter.
 */
@NullMarked
package dev.tapetum.job.source;

import org.jspecify.annotations.NullMarked;
