package dev.tapetum.attributionmetric;

import org.apache.commons.math3.stat.correlation.KendallsCorrelation;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;

/** Correlations of two maps; NaN where one of them is constant. Ties share their mean rank. */
public enum Correlation {
    PEARSON,
    SPEARMAN,
    /** Kendall's tau-b, in n log n. */
    KENDALL;

    double of(float[] a, float[] b) {
        return of(doubles(a), doubles(b));
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
