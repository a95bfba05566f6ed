/** Tests of what a run says about groups. */
@NullMarked
package dev.tapetum.fairness;

import org.jspecify.annotations.NullMarked;
