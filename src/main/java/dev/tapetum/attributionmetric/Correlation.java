package dev.tapetum.attributionmetric;

import dev.tapetum.probe.Ranks;
import java.util.Arrays;
import org.apache.commons.math3.stat.correlation.KendallsCorrelation;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;

/**
 * Correlations of two maps; NaN where one of them is constant, or not finite, as the map of a randomised copy of a
 * model may be. Ties share their mean rank.
 */
public enum Correlation {
    PEARSON,
    SPEARMAN,
    /** Kendall's tau-b, in n log n. */
    KENDALL;

    double of(float[] a, float[] b) {
        return ofPrepared(prepared(a), prepared(b));
    }

    /** What {@link #ofPrepared} needs of a map, once for a map that is compared with several. */
    double[] prepared(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                double[] unknown = new double[values.length];
                Arrays.fill(unknown, Double.NaN);
                return unknown;
            }
        }

        return this == SPEARMAN ? Ranks.of(values) : doubles(values);
    }

    double ofPrepared(double[] a, double[] b) {
        // A sort would rank what is not a number above all that are.
        if (Double.isNaN(a[0]) || Double.isNaN(b[0])) {
            return Double.NaN;
        }

        return this == SPEARMAN ? PEARSON.of(a, b) : of(a, b);
    }

    double of(double[] a, double[] b) {
        return switch (this) {
            case PEARSON -> new PearsonsCorrelation().correlation(a, b);
            case SPEARMAN -> new SpearmansCorrelation().correlation(a, b);
            case KENDALL -> new KendallsCorrelation().correlation(a, b);
        };
    }

    static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = values[i];
        }

        return doubles;
    }
}
