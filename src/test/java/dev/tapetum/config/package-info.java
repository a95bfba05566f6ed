@NullMarked
package dev.tapetum.config;

import org.jspecify.annotations.NullMarked;
