@NullMarked
package dev.tapetum.job.source;

import org.jspecify.annotations.NullMarked;
