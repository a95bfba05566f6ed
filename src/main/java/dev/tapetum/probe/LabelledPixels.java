package dev.tapetum.probe;

import dev.tapetum.model.InputSpec;
import java.util.BitSet;
import java.util.Objects;

/** The pixels of the chosen segments. */
public record LabelledPixels(PixelLabels labels, BitSet chosen) implements Region {

    public LabelledPixels {
        Objects.requireNonNull(labels, "labels");
        chosen = (BitSet) chosen.clone();
        if (chosen.length() > labels.count()) {
            throw new IllegalArgumentException(
                    "Segment " + (chosen.length() - 1) + " of " + labels.count() + ", counted from 0");
        }
    }

    @Override
    public BitSet chosen() {
        return (BitSet) chosen.clone();
    }

    @Override
    public void paint(float[] mask, int start, InputSpec input) {
        if (labels.pixels() != input.pixels()) {
            throw new IllegalArgumentException("Segments of " + labels.pixels() + " pixels in an image of "
                    + input.height() + "x" + input.width());
        }

        for (int i = 0; i < labels.pixels(); i++) {
            if (chosen.get(labels.of(i))) {
                mask[start + i] = 1;
            }
        }
    }
}
