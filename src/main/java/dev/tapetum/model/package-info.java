/** What a model can be asked, its bundle on disk, and the toy models with answers known by hand; no Spark, no DJL. */
@NullMarked
package dev.tapetum.model;

import org.jspecify.annotations.NullMarked;
