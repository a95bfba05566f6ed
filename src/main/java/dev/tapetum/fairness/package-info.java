/**
 * What a run says about groups: their metrics, gaps, findings and the gate; it may know {@code stats} and nothing else,
 * least of all where the images came from.
 */
@NullMarked
package dev.tapetum.fairness;

import org.jspecify.annotations.NullMarked;
