package dev.tapetum.attribution;

import dev.tapetum.attribution.PixelValues.Spread;
import dev.tapetum.model.InputSpec;
import dev.tapetum.probe.PixelLabels;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Stimulus;
import java.util.BitSet;

/**
 * An image of which only some features are there; the rest is its baseline.
 *
 * @param fill the baseline
 * @param labels the features
 */
record Coalitions(Subject subject, Stimulus fill, PixelLabels labels) {

    static Coalitions of(Subject subject, Features features, Baseline baseline) {
        return new Coalitions(subject, baseline.of(subject), features.of(subject));
    }

    int features() {
        return labels.count();
    }

    /** The logits with only the features {@code present}; all and none of them are the image and the baseline themselves. */
    Probe logits(BitSet present) {
        BitSet absent = new BitSet(features());
        absent.set(0, features());
        absent.andNot(present);
        if (absent.isEmpty()) {
            return Probe.logits(subject.stimulus());
        }

        return Probe.logits(
                present.isEmpty() ? fill : new Stimulus.Masked(subject.stimulus(), fill, labels.segments(absent)));
    }

    /** All features. */
    BitSet all() {
        BitSet all = new BitSet(features());
        all.set(0, features());
        return all;
    }

    /** The effects of the features, each shared out evenly over its pixels, so that the map's total is theirs. */
    PixelValues spread(double[] effects) {
        InputSpec input = subject.input();
        float[] values = new float[input.pixels()];
        for (int i = 0; i < values.length; i++) {
            int feature = labels.of(i);
            values[i] = (float) (effects[feature] / labels.size(feature));
        }

        return new PixelValues(1, input.height(), input.width(), Spread.AMOUNT, values);
    }
}
