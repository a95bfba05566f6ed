package dev.tapetum.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The features that are active anywhere on an image's grid: of all of them the largest activation, and of a few, those with the
 * largest, how they lie on the grid.
 *
 * @param features all active ones, ascending
 * @param maxima the largest activation of each on the grid, above 0
 * @param top those with the largest maxima, descending; of equal ones the first
 * @param grids of the features that were asked for, one number per position
 * @param error {@link TokenEncoder.Fit#relative()} of all positions together
 */
public record ActiveFeatures(int[] features, float[] maxima, List<OnGrid> top, List<float[]> grids, double error) {

    public static final ActiveFeatures NONE =
            new ActiveFeatures(new int[0], new float[0], List.of(), List.of(), Double.NaN);

    public ActiveFeatures {
        if (features.length != maxima.length || top.size() > features.length) {
            throw new IllegalArgumentException(features.length + " features with " + maxima.length + " maxima, "
                    + top.size() + " of them at the top");
        }

        top = List.copyOf(top);
        grids = List.copyOf(grids);
    }

    /**
     * One feature on the grid of one image.
     *
     * @param max its largest activation
     * @param mean its activation on average over all positions of the grid, active or not
     * @param activePatches number of positions in which it is active
     * @param maxPatch number of the position of the largest activation; of equal ones the first
     */
    public record OnGrid(int feature, float max, float mean, int activePatches, int maxPatch) {

        /** @param activations of one feature, one per position, at least one of them above 0 */
        static OnGrid of(int feature, float[] activations) {
            double sum = 0;
            int active = 0;
            int largest = 0;
            for (int t = 0; t < activations.length; t++) {
                sum += activations[t];
                active += activations[t] > 0 ? 1 : 0;
                largest = activations[t] > activations[largest] ? t : largest;
            }

            return new OnGrid(feature, activations[largest], (float) (sum / activations.length), active, largest);
        }
    }

    /** Where the activations of chosen features come from. */
    public interface Grids {

        /** The activations of some features, each one array with a number per position. */
        float[][] of(int[] features);
    }

    /**
     * Of one image.
     *
     * @param maxima the largest activation of every feature on the grid, 0 for inactive ones
     * @param fit of all positions together
     * @param ask how many features are at the top, and whose grids are wanted besides
     * @param grids asked once
     */
    public static ActiveFeatures of(float[] maxima, TokenEncoder.Fit fit, Ask.Features ask, Grids grids) {
        int[] active =
                IntStream.range(0, maxima.length).filter(j -> maxima[j] > 0).toArray();
        float[] largest = new float[active.length];
        for (int i = 0; i < active.length; i++) {
            largest[i] = maxima[active[i]];
        }

        int[] top = Arrays.stream(active)
                .boxed()
                .sorted((i, j) -> maxima[i] == maxima[j] ? Integer.compare(i, j) : Float.compare(maxima[j], maxima[i]))
                .limit(ask.top())
                .mapToInt(Integer::intValue)
                .toArray();
        int[] both = IntStream.concat(Arrays.stream(top), ask.grids().stream().mapToInt(Integer::intValue))
                .toArray();
        float[][] activations = both.length == 0 ? new float[0][] : grids.of(both);
        List<OnGrid> onGrid = new ArrayList<>();
        for (int i = 0; i < top.length; i++) {
            onGrid.add(OnGrid.of(top[i], activations[i]));
        }

        return new ActiveFeatures(
                active, largest, onGrid, Arrays.asList(activations).subList(top.length, both.length), fit.relative());
    }

    /**
     * Of one image, from the activations of all features.
     *
     * @param activations one array per position, with a number per feature
     */
    static ActiveFeatures of(float[][] activations, TokenEncoder.Fit fit, Ask.Features ask) {
        float[] maxima = new float[activations[0].length];
        for (float[] position : activations) {
            for (int j = 0; j < maxima.length; j++) {
                maxima[j] = Math.max(maxima[j], position[j]);
            }
        }

        return of(maxima, fit, ask, features -> {
            float[][] chosen = new float[features.length][activations.length];
            for (int i = 0; i < features.length; i++) {
                for (int t = 0; t < activations.length; t++) {
                    chosen[i][t] = activations[t][features[i]];
                }
            }

            return chosen;
        });
    }

    /** Of one image, in plain Java. */
    public static ActiveFeatures encoded(Ask.Features ask, float[] activation) {
        float[][] activations = new float[ask.tap().positions()][];
        TokenEncoder.Fit fit = TokenEncoder.Fit.NONE;
        for (int position = 0; position < activations.length; position++) {
            float[] token = ask.tap().tokens(activation, position);
            activations[position] = ask.encoder().activations(token);
            fit = fit.plus(ask.encoder().fit(token));
        }

        return of(activations, fit, ask);
    }
}
