package dev.tapetum.fairness;

import java.io.Serializable;

/**
 * One number of one image in two runs.
 *
 * @param metric the statistic that is made of it, by its text name
 * @param family which tests that is corrected with
 * @param kind what is made of it
 * @param before the number in the baseline; NaN counts as absent
 * @param after the number in the candidate; NaN counts as absent
 * @param images how many images the image stands for, itself included
 */
public record PairedNumber(String metric, Family family, Kind kind, double before, double after, double images)
        implements Serializable {
    /** The share of images whose predicted class is the same. */
    public static final String AGREEMENT = "prediction-agreement";

    /** What is made of a number. */
    public enum Kind {
        /** 0 or 1, by McNemar's test. */
        RATE(true, true),
        /** 1 in the baseline, and in the candidate where it agrees: told and not tested, since any model differs from another. */
        AGREEMENT(true, false),
        /** A mean, by the bootstrap of its change. */
        MEAN(false, true),
        /** 0 in the baseline, and in the candidate how far it is from there: told and not tested. */
        DRIFT(false, false);

        private final boolean binary;
        private final boolean tested;

        Kind(boolean binary, boolean tested) {
            this.binary = binary;
            this.tested = tested;
        }

        boolean isBinary() {
            return binary;
        }

        boolean isTested() {
            return tested;
        }
    }

    /** A yes or no. */
    public static PairedNumber rate(String metric, Family family, boolean before, boolean after) {
        return new PairedNumber(metric, family, Kind.RATE, before ? 1 : 0, after ? 1 : 0, 1);
    }

    /** Whether the same class is predicted. */
    public static PairedNumber agreement(boolean agrees) {
        return new PairedNumber(AGREEMENT, Family.OUTCOME, Kind.AGREEMENT, 1, agrees ? 1 : 0, 1);
    }

    /** A number that means are of. */
    public static PairedNumber mean(String metric, Family family, double before, double after) {
        return new PairedNumber(metric, family, Kind.MEAN, before, after, 1);
    }

    /** How far something of the candidate is from that of the baseline. */
    public static PairedNumber drift(String metric, Family family, double distance) {
        return new PairedNumber(metric, family, Kind.DRIFT, 0, distance, 1);
    }

    /** The same of an image that stands for so many. */
    public PairedNumber standingFor(double others) {
        return new PairedNumber(metric, family, kind, before, after, others);
    }

    /** Whether the image counts. */
    boolean isDefined() {
        return Double.isFinite(before) && Double.isFinite(after);
    }
}
