/**
 * What a model's drawings show more of than images do: values of attributes, along the directions in which images with and without
 * them differ, and features of an autoencoder. Pure Java over numbers that somebody else collected; no Spark, no DJL.
 */
@NullMarked
package dev.tapetum.prototype.reading;

import org.jspecify.annotations.NullMarked;
