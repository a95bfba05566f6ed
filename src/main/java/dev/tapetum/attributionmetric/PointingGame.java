package dev.tapetum.attributionmetric;

/**
 * Whether the pixel with the largest attribution lies in the mask: 1 or 0.
 *
 * <p>Zhang et al. 2018 (arXiv 1608.00507, section 4.3), without their tolerance of 15 pixels. Of equal pixels the first
 * one counts.
 */
public record PointingGame() implements Localisation {

    @Override
    public double value(float[] map, boolean[] mask, int size) {
        int largest = 0;
        for (int i = 1; i < map.length; i++) {
            if (map[i] > map[largest]) {
                largest = i;
            }
        }

        return mask[largest] ? 1 : 0;
    }
}
