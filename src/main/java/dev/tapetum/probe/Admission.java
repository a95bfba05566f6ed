package dev.tapetum.probe;

import java.util.function.Supplier;

/**
 * An image to be worked on.
 *
 * @param pixels normalised planar floats of the model's input
 * @param program makes the program that finds out about it; asked again when the image has to start afresh
 */
public record Admission<R>(float[] pixels, Supplier<Program<R>> program) {}
