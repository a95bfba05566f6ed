package dev.tapetum.image;

import java.io.Serializable;

/** One finite number for each of the channels red, green and blue. */
public record PerChannel(double red, double green, double blue) implements Serializable {
    public PerChannel {
        if (!Double.isFinite(red + green + blue)) {
            throw new IllegalArgumentException("Not finite: [" + red + ", " + green + ", " + blue + "]");
        }
    }

    /** The number of channel 0 (red), 1 (green) or 2 (blue). */
    public double of(int channel) {
        return switch (channel) {
            case 0 -> red;
            case 1 -> green;
            case 2 -> blue;
            default -> throw new IndexOutOfBoundsException(channel);
        };
    }
}
