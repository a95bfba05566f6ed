/**
 * Turns encoded files into the pixels that a model is shown, exactly as Pillow and torchvision do; only code that needs
 * nothing but bytes and pixels may enter.
 */
@NullMarked
package dev.tapetum.image;

import org.jspecify.annotations.NullMarked;
