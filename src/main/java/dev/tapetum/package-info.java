/** The root holds only what every room may throw: the error that is the user's to mend. */
@NullMarked
package dev.tapetum;

import org.jspecify.annotations.NullMarked;
