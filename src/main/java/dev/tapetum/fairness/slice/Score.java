package dev.tapetum.fairness.slice;

/**
 * How much a slice deserves attention: α(ē<sub>S</sub>/ē − 1) − (1 − α)(N/|S| − 1), which grows with its error ē<sub>S</sub>
 * relative to the error ē of all N images and with its size |S|. It is 0 for the slice of all images. Source: Sagadeeva and
 * Boehm, "SliceLine: Fast, Linear-Algebra-based Slice Finding for ML Model Debugging", SIGMOD 2021, definition 1.
 *
 * @param alpha α, from 0 (only size counts) to 1 (only error counts)
 * @param images N, at least 1
 * @param errors how many of the N are wrong, at least 1
 */
record Score(double alpha, long images, long errors) {

    /** The score of a slice with so many images, at least 1, and so many wrong ones among them. */
    double of(long sliceImages, long sliceErrors) {
        double relativeError = (double) sliceErrors / sliceImages * images / errors;
        return alpha * (relativeError - 1) - (1 - alpha) * ((double) images / sliceImages - 1);
    }

    /**
     * The largest score of any slice with at least {@code fewest} and at most {@code mostImages} images, of which at most
     * {@code mostErrors} are wrong: what a slice and all that lie within it cannot exceed (SliceLine's section 3.2, for
     * errors of 0 or 1).
     *
     * <p>A slice of s images has at most min(s, m) errors. Up to s = m that is an error rate of 1 and the score grows with s.
     * From m on it is (N/s)(α m/E − (1 − α)) plus a constant, which is monotone in s, falling or growing by the sign of the
     * bracket. So the largest value lies at s = m, brought into the range, or at the upper end of the range.
     */
    double bound(long fewest, long mostImages, long mostErrors) {
        long turn = Math.min(Math.max(mostErrors, fewest), mostImages);
        return Math.max(of(turn, Math.min(turn, mostErrors)), of(mostImages, Math.min(mostImages, mostErrors)));
    }
}
