package dev.tapetum.prototype.reading;

import dev.tapetum.stats.MannWhitney;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How much of a property there is in a picture, by what held-out images tell: with {@code s} the score at the chosen site and m0_c
 * the mean score of the class's images without the property,
 *
 * <pre>amount = (s − m0_c) / gap,   gap = Σ w_c (mean with − mean without) / Σ w_c,   w_c = 1 / (1/n_with + 1/n_without)</pre>
 *
 * which is 0 where images of the class without it lie, and 1 where those with it do.
 *
 * <p>The separation at a site is the area under the curve of telling images of one class with the property from those without by
 * their score, over all pairs of such images: classes with more pairs count for more. The site is the deepest of those whose
 * separation is within {@value #AS_GOOD} of the best.
 *
 * <ul>
 *   <li>Only classes that have images of both kinds tell anything. With fewer than {@value #FEWEST} of either kind in these classes
 *       together nothing is told, and there is no separation.
 *   <li>Below a separation of {@value #TELLING}, or without a gap, nothing is told.
 *   <li>A class with fewer than {@value #FEWEST_OF_CLASS} images without the property, since all of its images have it for example, has
 *       for m0_c the mean of the other classes' m0: a class into which a cue has grown is the one that matters most.
 * </ul>
 *
 * @param site the chosen one; 0 where there is no separation
 * @param separation there, from 0.5; NaN without
 * @param inPlace the separation by the pixels of its place alone; 0.5 where it has none, NaN without
 * @param gap the distance from images without the property to those with it
 * @param without m0_c of each class
 * @param natural the mean amount in each class's images; NaN where there are none
 */
record Scale(int site, double separation, double inPlace, double gap, double[] without, double[] natural) {
    /** The least separation that tells. */
    static final double TELLING = 0.8;

    private static final double AS_GOOD = 0.02;
    private static final int FEWEST = 10;
    private static final int FEWEST_OF_CLASS = 5;

    /** The scores of one class at one site. */
    private record OfClass(double[] with, double[] without) {

        boolean hasBoth() {
            return with.length > 0 && without.length > 0;
        }

        boolean knowsWithout() {
            return without.length >= FEWEST_OF_CLASS;
        }

        double weight() {
            return hasBoth() ? 1 / (1.0 / with.length + 1.0 / without.length) : 0;
        }

        static double mean(double[] scores) {
            return Arrays.stream(scores).average().orElse(Double.NaN);
        }
    }

    /**
     * Of one property.
     *
     * @param classes of the model
     */
    static Scale of(List<HeldOutImage> images, int property, Sites sites, int classes) {
        int first = property * sites.scores();
        double[] separations = new double[sites.scores()];
        for (int i = 0; i < separations.length; i++) {
            separations[i] = separation(byClass(images, property, first + i, classes));
        }

        double best = Arrays.stream(separations, 0, sites.count()).max().orElse(Double.NaN);
        int chosen = 0;
        for (int site = 0; site < sites.count(); site++) {
            chosen = separations[site] >= best - AS_GOOD ? site : chosen;
        }

        return at(chosen, separations, images, property, classes);
    }

    private static Scale at(int site, double[] separations, List<HeldOutImage> images, int property, int classes) {
        int score = property * separations.length + site;
        List<OfClass> byClass = byClass(images, property, score, classes);
        double gap = byClass.stream()
                        .filter(OfClass::hasBoth)
                        .mapToDouble(one -> one.weight() * (OfClass.mean(one.with) - OfClass.mean(one.without)))
                        .sum()
                / byClass.stream().mapToDouble(OfClass::weight).sum();
        double elsewhere = byClass.stream()
                .filter(OfClass::knowsWithout)
                .mapToDouble(one -> OfClass.mean(one.without))
                .average()
                .orElse(Double.NaN);
        double[] without = byClass.stream()
                .mapToDouble(one -> one.knowsWithout() ? OfClass.mean(one.without) : elsewhere)
                .toArray();
        double[] natural = new double[classes];
        int[] counts = new int[classes];
        for (HeldOutImage image : images) {
            natural[image.classIndex()] += (image.scores()[score] - without[image.classIndex()]) / gap;
            counts[image.classIndex()]++;
        }

        for (int c = 0; c < classes; c++) {
            natural[c] /= counts[c];
        }

        return new Scale(site, separations[site], separations[separations.length - 1], gap, without, natural);
    }

    private static List<OfClass> byClass(List<HeldOutImage> images, int property, int score, int classes) {
        List<List<Double>> with = new ArrayList<>();
        List<List<Double>> without = new ArrayList<>();
        for (int c = 0; c < classes; c++) {
            with.add(new ArrayList<>());
            without.add(new ArrayList<>());
        }

        for (HeldOutImage image : images) {
            if (image.has()[property] != ReadProperties.UNKNOWN) {
                List<List<Double>> side = image.has()[property] == 1 ? with : without;
                side.get(image.classIndex()).add(image.scores()[score]);
            }
        }

        List<OfClass> byClass = new ArrayList<>();
        for (int c = 0; c < classes; c++) {
            byClass.add(new OfClass(doubles(with.get(c)), doubles(without.get(c))));
        }

        return byClass;
    }

    private static double[] doubles(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double separation(List<OfClass> byClass) {
        double wins = 0;
        double pairs = 0;
        long with = 0;
        long without = 0;
        for (OfClass one : byClass) {
            if (one.hasBoth()) {
                wins += MannWhitney.u(one.with, one.without);
                pairs += (double) one.with.length * one.without.length;
                with += one.with.length;
                without += one.without.length;
            }
        }

        // A site that tells them the wrong way round tells nothing of drawings.
        return with < FEWEST || without < FEWEST ? Double.NaN : Math.max(0.5, wins / pairs);
    }

    /** Whether images tell the property. */
    boolean told() {
        return separation >= TELLING && gap > 0;
    }

    /** Whether images tell it by the pixels of its place alone, so that it does show there. */
    boolean showsInPlace() {
        return inPlace >= TELLING;
    }

    /** The amount in a picture of a class; NaN where nothing tells. */
    double amount(int classIndex, double score) {
        return told() ? (score - without[classIndex]) / gap : Double.NaN;
    }
}
