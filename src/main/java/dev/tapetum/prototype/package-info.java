/**
 * Class prototypes: the inputs that a model itself would draw for its classes, one record of its own parameters per way to draw
 * them, as programs of probes; no Spark, no DJL.
 */
@NullMarked
package dev.tapetum.prototype;

import org.jspecify.annotations.NullMarked;
