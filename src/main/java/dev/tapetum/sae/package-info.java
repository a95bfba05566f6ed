/**
 * Sparse autoencoders of a tap's activations: what they are, how they are trained step by step, their bundle on disk, and how
 * good they are; no Spark, and no DJL, which trains them behind {@link dev.tapetum.sae.Learner}.
 */
@NullMarked
package dev.tapetum.sae;

import org.jspecify.annotations.NullMarked;
