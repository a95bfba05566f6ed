package dev.tapetum.probe;

/**
 * An image to be worked on.
 *
 * @param pixels normalised planar floats of the model's input
 * @param program what to find out about it
 */
public record Admission<R>(float[] pixels, Program<R> program) {}
