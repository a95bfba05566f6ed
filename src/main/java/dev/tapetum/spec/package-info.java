/**
 * Records as text: how a record of parameters is named, written, and bound from HOCON with file and line in every
 * error; and the random numbers that every room draws from its seeds. Only what knows no particular record may enter.
 */
@NullMarked
package dev.tapetum.spec;

import org.jspecify.annotations.NullMarked;
