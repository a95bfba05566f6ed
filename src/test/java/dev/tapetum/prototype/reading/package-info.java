/** Tests of the reading of drawings: worlds that are solved by hand, and laws. */
@NullMarked
package dev.tapetum.prototype.reading;

import org.jspecify.annotations.NullMarked;
