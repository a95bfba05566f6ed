package dev.tapetum.job;

import dev.tapetum.image.Preprocessing;
import org.jspecify.annotations.Nullable;

/**
 * How an image is cut to what the model saw of it, which is the frame of its heat maps.
 *
 * @param preprocessing the model's; null when it is not known any more
 * @param lacking why not, in half a sentence; empty when it is known
 */
record Framing(@Nullable Preprocessing preprocessing, String lacking) {}
