@NullMarked
package dev.tapetum.spec;

import org.jspecify.annotations.NullMarked;
