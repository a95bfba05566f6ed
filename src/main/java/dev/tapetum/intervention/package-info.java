/** Editors that change one property of an image step by step, one record of its own parameters each, and what a model's answers to the steps say about the property; no Spark, no DJL. */
@NullMarked
package dev.tapetum.intervention;

import org.jspecify.annotations.NullMarked;
