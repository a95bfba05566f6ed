package dev.tapetum.fairness;

import dev.tapetum.fairness.Rate.Term;
import java.util.ArrayList;
import java.util.List;

/**
 * A statistic of a group that is a function of its {@link Tallies} and not a plain {@link Rate}. With the tallies of class c among n
 * labelled, scored images: L<sub>c</sub> labels, TP<sub>c</sub> true positives, FP<sub>c</sub> false positives (predicted c, labelled otherwise),
 * FN<sub>c</sub> = L<sub>c</sub> − TP<sub>c</sub>.
 *
 * <ul>
 *   <li>{@code balanced-accuracy}: the mean of TP<sub>c</sub>/L<sub>c</sub> over the classes that have labels in the group, the macro true
 *       positive rate. Without labels NaN.
 *   <li>{@code false-positive-rate.macro}: the mean of FP<sub>c</sub>/(n − L<sub>c</sub>) over the classes of the run for which n &gt; L<sub>c</sub>.
 *   <li>{@code generalised-entropy[C]}, {@code theil[C]}: how unequally the benefits b = 1 + ŷ − y of deciding "C or not" are dealt
 *       out (Speicher et al., "A unified approach to quantifying algorithmic unfairness", KDD 2018, equations 1 to 3): 2 for a false
 *       positive, 0 for a false negative, 1 for a right decision. With μ = 1 + (FP − FN)/n the mean benefit, the index of order 2 is
 *       1/(2n) Σ ((b/μ)² − 1) = ½ ((n + 3 FP − FN)/(n μ²) − 1), since Σb² = n − FP − FN + 4 FP; that of order 1 is
 *       1/n Σ (b/μ) ln(b/μ) = 2 FP ln 2/(nμ) − ln μ, since Σ b ln b = 2 FP ln 2 and Σ b = nμ. NaN where everyone's benefit is 0.
 *   <li>{@code generalised-entropy}, {@code theil}: the same of the benefit 1[right]. With accuracy a: 1/(2n) Σ ((b/a)² − 1) = ½ (a/a² − 1) =
 *       (1 − a)/(2a), and a (1/a) ln(1/a) = −ln a. NaN where none is right.
 * </ul>
 *
 * <p>None has gaps. The two entropies over all classes say accuracy in another unit; those of a class are functions of its error rates,
 * and balanced accuracy and the macro false positive rate are means of rates whose gaps are tested one by one, besides being means over
 * other classes in a group that lacks some. Testing them as well would tell each difference twice and make all harder to establish.
 *
 * @param kind which of them
 * @param classes the class, or those that are averaged over; empty where none are needed
 * @param className the name of the class; empty for those over all classes
 */
record CountStatistic(Kind kind, List<Integer> classes, String className) implements Metric {
    /** The statistics, by the name before the bracket. */
    enum Kind {
        BALANCED_ACCURACY("balanced-accuracy", Direction.HIGHER_IS_BETTER, false),
        MACRO_FALSE_POSITIVE_RATE("false-positive-rate.macro", Direction.LOWER_IS_BETTER, false),
        ENTROPY_OF_CORRECTNESS("generalised-entropy", Direction.LOWER_IS_BETTER, false),
        THEIL_OF_CORRECTNESS("theil", Direction.LOWER_IS_BETTER, false),
        ENTROPY_OF_CLASS("generalised-entropy", Direction.LOWER_IS_BETTER, true),
        THEIL_OF_CLASS("theil", Direction.LOWER_IS_BETTER, true);

        private final String text;
        private final Direction direction;
        private final boolean ofClass;

        Kind(String text, Direction direction, boolean ofClass) {
            this.text = text;
            this.direction = direction;
            this.ofClass = ofClass;
        }
    }

    CountStatistic {
        classes = List.copyOf(classes);
    }

    @Override
    public String name() {
        return kind.text + (kind.ofClass ? "[" + className + "]" : "");
    }

    @Override
    public Family family() {
        return kind.ofClass ? Family.CLASS_RATE : Family.OUTCOME;
    }

    @Override
    public Direction direction() {
        return kind.direction;
    }

    @Override
    public boolean comparable() {
        return false;
    }

    /** Whether it is accuracy in another unit. */
    boolean isOfAccuracy() {
        return kind == Kind.ENTROPY_OF_CORRECTNESS || kind == Kind.THEIL_OF_CORRECTNESS;
    }

    /**
     * The cells of a disjoint table of the group's images, by which it is resampled: of a class its false positives, its false
     * negatives and all other labelled images; for balanced accuracy the true positives and the false negatives of every class; for
     * the macro rate the false positives of every class and the images that are right; for the others the right and the wrong. The
     * last cell has the images that are not labelled, or were rejected.
     */
    List<List<Term>> cells() {
        List<List<Term>> cells = new ArrayList<>();
        switch (kind) {
            case BALANCED_ACCURACY ->
                classes.forEach(index -> {
                    cells.add(List.of(new Term(Tallies.truePositive(index), 1)));
                    cells.add(falseNegatives(index));
                });
            case MACRO_FALSE_POSITIVE_RATE -> {
                classes.forEach(index -> cells.add(falsePositives(index)));
                cells.add(List.of(new Term(Tallies.CORRECT, 1)));
            }
            case ENTROPY_OF_CORRECTNESS, THEIL_OF_CORRECTNESS -> {
                cells.add(List.of(new Term(Tallies.CORRECT, 1)));
                cells.add(List.of(new Term(Tallies.LABELLED, 1), new Term(Tallies.CORRECT, -1)));
            }
            case ENTROPY_OF_CLASS, THEIL_OF_CLASS -> {
                int index = classes.get(0);
                cells.add(falsePositives(index));
                cells.add(falseNegatives(index));
                // Labelled images less both: the labels and the predictions of the class, each less its true positives,
                // taken off.
                cells.add(List.of(
                        new Term(Tallies.LABELLED, 1),
                        new Term(Tallies.label(index), -1),
                        new Term(Tallies.predictedAndLabelled(index), -1),
                        new Term(Tallies.truePositive(index), 2)));
            }
        }

        cells.add(List.of(new Term(Tallies.IMAGES, 1), new Term(Tallies.LABELLED, -1)));
        return cells;
    }

    private static List<Term> falsePositives(int index) {
        return List.of(new Term(Tallies.predictedAndLabelled(index), 1), new Term(Tallies.truePositive(index), -1));
    }

    private static List<Term> falseNegatives(int index) {
        return List.of(new Term(Tallies.label(index), 1), new Term(Tallies.truePositive(index), -1));
    }

    /**
     * The statistic of a table, NaN where it is undefined.
     *
     * @param cells the counts, or the weights, in the cells
     * @param labelShares L<sub>c</sub>/n of the classes in the data, for the macro rate: a resampled table does not tell which labels the
     *     false positives had, so the shares stay as they are. That leaves the interval a little too long, by a factor of at most
     *     √((1 − r (n − L<sub>c</sub>)/n)/(1 − r)) for a rate r
     */
    double value(double[] cells, double[] labelShares) {
        double labelled = 0;
        for (int i = 0; i < cells.length - 1; i++) {
            labelled += cells[i];
        }

        return labelled > 0
                ? switch (kind) {
                    case BALANCED_ACCURACY -> balancedAccuracy(cells);
                    case MACRO_FALSE_POSITIVE_RATE -> macroFalsePositiveRate(cells, labelled, labelShares);
                    case ENTROPY_OF_CORRECTNESS, THEIL_OF_CORRECTNESS -> ofAccuracy(cells[0] / labelled);
                    case ENTROPY_OF_CLASS, THEIL_OF_CLASS -> inequality(labelled, cells[0], cells[1]);
                }
                : Double.NaN;
    }

    private static double balancedAccuracy(double[] cells) {
        double sum = 0;
        int present = 0;
        for (int i = 0; i + 1 < cells.length; i += 2) {
            double labels = cells[i] + cells[i + 1];
            if (labels > 0) {
                sum += cells[i] / labels;
                present++;
            }
        }

        return sum / present;
    }

    private static double macroFalsePositiveRate(double[] cells, double labelled, double[] labelShares) {
        double sum = 0;
        int present = 0;
        for (int i = 0; i < labelShares.length; i++) {
            if (labelShares[i] < 1) {
                sum += cells[i] / (labelled * (1 - labelShares[i]));
                present++;
            }
        }

        return sum / present;
    }

    /** An index of correctness, given accuracy: it falls as accuracy rises. NaN where none is right. */
    double ofAccuracy(double accuracy) {
        if (!(accuracy > 0)) {
            return Double.NaN;
        }

        // Not −0 for an accuracy of 1.
        return kind == Kind.ENTROPY_OF_CORRECTNESS ? (1 - accuracy) / (2 * accuracy) : Math.max(0, -Math.log(accuracy));
    }

    private double inequality(double n, double falsePositives, double falseNegatives) {
        double mean = 1 + (falsePositives - falseNegatives) / n;
        if (!(mean > 0)) {
            return Double.NaN;
        }

        double index = kind == Kind.ENTROPY_OF_CLASS
                ? ((n + 3 * falsePositives - falseNegatives) / (n * mean * mean) - 1) / 2
                : 2 * falsePositives * Math.log(2) / (n * mean) - Math.log(mean);
        // Both are 0 for equal benefits and never less, but for rounding.
        return Math.max(0, index);
    }

    /** The same statistic by another name; see {@link Metric#named}. */
    CountStatistic named(String other) {
        return new CountStatistic(kind, classes, other);
    }
}
