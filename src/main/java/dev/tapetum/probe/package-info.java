/** Stimuli, probes, programs and the scheduler that packs them into device batches; no Spark, no DJL. */
@NullMarked
package dev.tapetum.probe;

import org.jspecify.annotations.NullMarked;
