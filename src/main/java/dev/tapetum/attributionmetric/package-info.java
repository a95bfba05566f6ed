/** Measures of attributions, one record of its own parameters each, as programs of probes; no Spark, no DJL. */
@NullMarked
package dev.tapetum.attributionmetric;

import org.jspecify.annotations.NullMarked;
