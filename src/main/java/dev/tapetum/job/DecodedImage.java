package dev.tapetum.job;

import org.jspecify.annotations.Nullable;

/**
 * An image on its way to the model.
 *
 * @param labelIndex index of its label among the model's classes, or −1
 * @param pixels normalised planar floats of the model's input
 * @param mask per pixel of the model's input, whether it lies in the image's mask; null without a mask
 */
record DecodedImage(String imageId, int labelIndex, float[] pixels, boolean @Nullable [] mask) {}
