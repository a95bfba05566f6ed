package dev.tapetum.prototype.reading;

import java.util.HashMap;
import java.util.Map;

/** In how many held-out images of each class each feature is active. */
public final class FeatureCounts {
    private final Map<Integer, Long> images = new HashMap<>();
    private final Map<Long, Long> active = new HashMap<>();

    /** Adds images of a class. */
    public void add(int classIndex, long count) {
        images.merge(classIndex, count, Long::sum);
    }

    /** Adds images of a class, counted already, in which a feature is active. */
    public void add(int classIndex, int feature, long count) {
        active.merge(key(classIndex, feature), count, Long::sum);
    }

    long images(int classIndex) {
        return images.getOrDefault(classIndex, 0L);
    }

    long active(int classIndex, int feature) {
        return active.getOrDefault(key(classIndex, feature), 0L);
    }

    private static long key(int classIndex, int feature) {
        return ((long) classIndex << Integer.SIZE) | feature;
    }
}
