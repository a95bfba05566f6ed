/** The stages of an audit on Spark: listing, waves, evidence, ledger, statistics; mathematics stays outside. */
@NullMarked
package dev.tapetum.job;

import org.jspecify.annotations.NullMarked;
