/**
 * Mergeable states, intervals, tests and multiplicity: whatever is true of numbers alone may enter, and nothing that
 * knows of images, models, groups or Spark.
 */
@NullMarked
package dev.tapetum.stats;

import org.jspecify.annotations.NullMarked;
