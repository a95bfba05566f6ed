/**
 * The command line: commands, their exit codes and what a person sees on the terminal; whatever could be of use without a
 * terminal belongs elsewhere.
 */
@NullMarked
package dev.tapetum.cli;

import org.jspecify.annotations.NullMarked;
