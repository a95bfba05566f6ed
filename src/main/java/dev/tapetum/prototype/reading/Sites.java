package dev.tapetum.prototype.reading;

import dev.tapetum.model.InputSpec;
import dev.tapetum.model.ModelCard;
import dev.tapetum.model.Tap;
import java.io.Serializable;
import java.util.List;

/**
 * Where a property is looked for, from the picture upwards: the normalised input, and then each tap. What they hold of an image is
 * one array after the other.
 *
 * @param taps of the model, in the order of the bundle
 * @param input of the model
 */
public record Sites(List<Tap> taps, InputSpec input) implements Serializable {
    /** What the input is called among the sites. */
    public static final String PIXELS = "pixels";

    public Sites {
        taps = List.copyOf(taps);
    }

    public static Sites of(ModelCard model) {
        return new Sites(model.taps(), model.input());
    }

    public int count() {
        return 1 + taps.size();
    }

    /** Scores of each property: one per site, and behind them that of its place in the pixels. */
    int scores() {
        return count() + 1;
    }

    public String name(int site) {
        return site == 0 ? PIXELS : taps.get(site - 1).name();
    }

    /** Where the values of a site begin; with {@link #count}, how many there are of all. */
    public int start(int site) {
        int start = 0;
        for (int before = 0; before < site; before++) {
            start += before == 0 ? input.size() : taps.get(before - 1).size();
        }

        return start;
    }

    /** Values of all sites together. */
    public int size() {
        return start(count());
    }

    /**
     * What the sites hold of an image, {@link #size()} floats.
     *
     * @param image its normalised pixels
     * @param path its activation at each tap
     */
    public float[] values(float[] image, List<float[]> path) {
        float[] values = new float[size()];
        System.arraycopy(image, 0, values, 0, input.size());
        for (int tap = 0; tap < taps.size(); tap++) {
            System.arraycopy(
                    path.get(tap), 0, values, start(tap + 1), taps.get(tap).size());
        }

        return values;
    }
}
