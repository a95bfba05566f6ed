/**
 * Exported models through DJL's PyTorch engine, as devices for the scheduler, and the training of sparse autoencoders; the only
 * room that may import DJL.
 */
@NullMarked
package dev.tapetum.model.djl;

import org.jspecify.annotations.NullMarked;
