package dev.tapetum.prototype.reading;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of one drawing. Equality is by identity of the arrays.
 *
 * @param classIndex the class that was drawn
 * @param method that drew, with all its parameters
 * @param methodName the name of the method
 * @param scores how far it lies in each direction, {@link Directions#scores}
 * @param colours of each property in and outside its place; null where it has none
 * @param features those that are active in it, ascending; none without an autoencoder
 */
@SuppressWarnings("ArrayRecordComponent")
public record Drawing(
        int classIndex,
        String method,
        String methodName,
        double[] scores,
        List<@Nullable PlaceColours> colours,
        int[] features) {}
