@NullMarked
package dev.tapetum.fairness.slice;

import org.jspecify.annotations.NullMarked;
