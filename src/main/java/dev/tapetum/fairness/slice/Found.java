package dev.tapetum.fairness.slice;

import java.io.Serializable;

/**
 * What a search found.
 *
 * @param predicate which images
 * @param images how many of those that were searched
 * @param errors how many of those are predicted wrong
 * @param score {@link Score}
 */
public record Found(Predicate predicate, long images, long errors, double score) implements Serializable {}
