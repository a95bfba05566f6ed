package dev.tapetum.probe;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An image to be worked on.
 *
 * @param pixels normalised planar floats of the model's input
 * @param program makes the program that finds out about it; asked again when the image has to start afresh
 * @param withoutRoom the result for an image that does not fit on the device, not even alone and one question at a time
 */
public record Admission<R>(
        float[] pixels, Supplier<Program<R>> program, Function<OutOfDeviceMemoryException, R> withoutRoom) {

    /** An image that must fit: when it does not, the run ends with the device's exception. */
    public Admission(float[] pixels, Supplier<Program<R>> program) {
        this(pixels, program, e -> {
            throw e;
        });
    }
}
