package dev.tapetum.intervention;

import dev.tapetum.image.ColourMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The changes of colours that editors are made of. */
final class Colours {

    private Colours() {}

    /** {@code v + s}. */
    static ColourMap shift(int channels, double s) {
        return scaled(channels, 1, s);
    }

    /** {@code factor · v + s}. */
    static ColourMap scaled(int channels, double factor, double s) {
        List<Double> matrix = new ArrayList<>();
        for (int to = 0; to < channels; to++) {
            for (int from = 0; from < channels; from++) {
                matrix.add(to == from ? factor : 0.0);
            }
        }

        return new ColourMap(matrix, Collections.nCopies(channels, s));
    }
}
