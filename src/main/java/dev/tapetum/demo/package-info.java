/**
 * The demo's data: still lifes that are ray-traced from a seed, with biases planted in them on purpose; what renders, plants
 * or describes such images may enter, what audits them may not.
 */
@NullMarked
package dev.tapetum.demo;

import org.jspecify.annotations.NullMarked;
