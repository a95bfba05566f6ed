/** Tests of the statistics: closed forms, published tables, and simulations with fixed seeds. */
@NullMarked
package dev.tapetum.stats;

import org.jspecify.annotations.NullMarked;
