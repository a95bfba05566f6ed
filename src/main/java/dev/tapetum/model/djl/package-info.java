/** Exported models through DJL's PyTorch engine, as devices for the scheduler; the only room that may import DJL. */
@NullMarked
package dev.tapetum.model.djl;

import org.jspecify.annotations.NullMarked;
