/**
 * Turns the typed rows of a run into a page and a text for people; what enters here may know rows of tables, the words
 * of {@code fairness} and {@code stats}, and pixels of {@code image} for the heat maps, but neither Spark nor models.
 */
@NullMarked
package dev.tapetum.report;

import org.jspecify.annotations.NullMarked;
