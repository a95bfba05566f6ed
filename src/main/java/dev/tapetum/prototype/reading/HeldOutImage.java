package dev.tapetum.prototype.reading;

import java.io.Serializable;

/**
 * An image that took no part in the directions. Equality is by identity of the arrays.
 *
 * @param classIndex its class
 * @param has of each property whether it has it, {@link ReadProperties#has}
 * @param scores how far it lies in each direction, {@link Directions#scores}
 */
@SuppressWarnings("ArrayRecordComponent")
public record HeldOutImage(int classIndex, int[] has, double[] scores) implements Serializable {}
