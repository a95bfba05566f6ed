/**
 * The search for the subgroups in which a model errs most, and the test of what was found on images that the search did not
 * see; it may know {@code fairness} and {@code stats}.
 */
@NullMarked
package dev.tapetum.fairness.slice;

import org.jspecify.annotations.NullMarked;
