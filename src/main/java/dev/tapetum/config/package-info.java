/** The plan of a run as records, read from HOCON with file and line in every error; only what a plan can say may enter. */
@NullMarked
package dev.tapetum.config;

import org.jspecify.annotations.NullMarked;
