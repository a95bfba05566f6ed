package dev.tapetum.intervention;

import dev.tapetum.image.Colour;
import dev.tapetum.image.ColourMap;
import dev.tapetum.model.InputSpec;
import dev.tapetum.probe.Stimulus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The changes of colours that editors are made of. */
final class Colours {

    /** Rec. 601, as everywhere that a grey is made of a colour. */
    private static final double[] LUMA = {0.299, 0.587, 0.114};

    /** From RGB to luma and the two differences of colour of NTSC's YIQ. */
    private static final double[][] TO_YIQ = {LUMA, {0.595716, -0.274453, -0.321263}, {0.211456, -0.522591, 0.311135}};

    private static final double[][] FROM_YIQ = inverse(TO_YIQ);

    private Colours() {}

    /** A colour everywhere, for an input of three channels or its luma for one of another number. */
    static Stimulus.Solid solid(Colour colour, InputSpec input) {
        List<Float> levels = new ArrayList<>();
        for (int c = 0; c < input.channels(); c++) {
            double value = input.channels() == 3 ? colour.of(c) : luma(colour);
            levels.add((float) ((value - input.mean().get(c)) / input.std().get(c)));
        }

        return new Stimulus.Solid(levels);
    }

    static double luma(Colour colour) {
        double sum = 0;
        for (int c = 0; c < LUMA.length; c++) {
            sum += LUMA[c] * colour.of(c);
        }

        return sum;
    }

    /** Nothing but the cut at black and white. */
    static ColourMap cutOff(int channels) {
        return scaled(channels, 1, 0);
    }

    /** {@code factor · v + offset}. */
    static ColourMap scaled(int channels, double factor, double offset) {
        List<Double> matrix = new ArrayList<>();
        for (int to = 0; to < channels; to++) {
            for (int from = 0; from < channels; from++) {
                matrix.add(to == from ? factor : 0.0);
            }
        }

        return new ColourMap(matrix, Collections.nCopies(channels, offset));
    }

    /** {@code luma + factor · (v − luma)}: 0 is grey, 1 the image itself. Without colours there is nothing to change. */
    static ColourMap saturated(int channels, double factor) {
        if (channels != 3) {
            return cutOff(channels);
        }

        List<Double> matrix = new ArrayList<>();
        for (int to = 0; to < channels; to++) {
            for (int from = 0; from < channels; from++) {
                matrix.add((1 - factor) * LUMA[from] + (to == from ? factor : 0));
            }
        }

        return new ColourMap(matrix, Collections.nCopies(channels, 0.0));
    }

    /** Colours turned about the axis of greys by an angle, their luma kept. Without colours there is nothing to change. */
    static ColourMap turned(int channels, double degrees) {
        if (channels != 3) {
            return cutOff(channels);
        }

        double cos = StrictMath.cos(StrictMath.toRadians(degrees));
        double sin = StrictMath.sin(StrictMath.toRadians(degrees));
        double[][] turn = {{1, 0, 0}, {0, cos, -sin}, {0, sin, cos}};
        double[][] product = product(FROM_YIQ, product(turn, TO_YIQ));
        List<Double> matrix = new ArrayList<>();
        for (double[] row : product) {
            for (double value : row) {
                matrix.add(value);
            }
        }

        return new ColourMap(matrix, Collections.nCopies(channels, 0.0));
    }

    /** {@code v · (1 − density + density · colour / luma(colour))}, channel by channel: greys keep their luma. */
    static ColourMap tinted(int channels, Colour colour, double density) {
        List<Double> matrix = new ArrayList<>();
        for (int to = 0; to < channels; to++) {
            for (int from = 0; from < channels; from++) {
                double gain = channels == 3 ? colour.of(to) / luma(colour) : 1;
                matrix.add(to == from ? 1 - density + density * gain : 0);
            }
        }

        return new ColourMap(matrix, Collections.nCopies(channels, 0.0));
    }

    private static double[][] product(double[][] a, double[][] b) {
        double[][] product = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b[0].length; j++) {
                for (int k = 0; k < b.length; k++) {
                    product[i][j] += a[i][k] * b[k][j];
                }
            }
        }

        return product;
    }

    /** By cofactors. */
    private static double[][] inverse(double[][] m) {
        double[][] inverse = new double[3][3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                int i1 = (i + 1) % 3;
                int i2 = (i + 2) % 3;
                int j1 = (j + 1) % 3;
                int j2 = (j + 2) % 3;
                inverse[j][i] = m[i1][j1] * m[i2][j2] - m[i1][j2] * m[i2][j1];
            }
        }

        double determinant = m[0][0] * inverse[0][0] + m[0][1] * inverse[1][0] + m[0][2] * inverse[2][0];

        for (double[] row : inverse) {
            for (int j = 0; j < 3; j++) {
                row[j] /= determinant;
            }
        }

        return inverse;
    }
}
