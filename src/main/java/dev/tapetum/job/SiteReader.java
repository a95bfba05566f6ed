package dev.tapetum.job;

import dev.tapetum.probe.ActiveFeatures;
import dev.tapetum.probe.Admission;
import dev.tapetum.probe.Device;
import dev.tapetum.probe.Outcome;
import dev.tapetum.probe.Scheduler;
import dev.tapetum.prototype.reading.Sites;
import dev.tapetum.sae.ImageFeatures;
import dev.tapetum.sae.SaeEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the sites, and an autoencoder, hold of pictures, a chunk of a class at a time as {@link Paths} wants it. */
final class SiteReader {
    private static final int[] NONE = new int[0];

    private final Sites sites;
    private final @Nullable FeatureSource features;
    private final Device device;
    private final Paths paths;
    private final LongConsumer evaluations;

    /** @param features the autoencoder; null to ask none */
    SiteReader(Sites sites, @Nullable FeatureSource features, Device device, LongConsumer evaluations) {
        this.sites = sites;
        this.features = features;
        this.device = device;
        this.paths = new Paths(sites.taps(), device, evaluations);
        this.evaluations = evaluations;
    }

    /**
     * Of one picture.
     *
     * @param values at the sites
     * @param features that are active, ascending; none without an autoencoder
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Seen(float[] values, int[] features) {}

    private record OfPicture(int picture, ActiveFeatures active) {}

    /** Of each picture, in their order; null where an activation is not made of finite numbers. */
    List<@Nullable Seen> of(List<float[]> pixels) {
        List<@Nullable List<float[]>> activations = paths.of(pixels);
        int[][] active = active(pixels);
        List<@Nullable Seen> seen = new ArrayList<>();
        for (int i = 0; i < pixels.size(); i++) {
            List<float[]> path = activations.get(i);
            seen.add(path == null ? null : new Seen(sites.values(pixels.get(i), path), active[i]));
        }

        return seen;
    }

    private int[][] active(List<float[]> pixels) {
        int[][] active = new int[pixels.size()][];
        FeatureSource source = features;
        if (source == null) {
            Arrays.fill(active, NONE);
            return active;
        }

        SaeEncoder encoder = source.encoder();
        Iterator<Outcome<OfPicture>> outcomes = new Scheduler(device, Paths.IMAGES)
                .run(IntStream.range(0, pixels.size())
                        .mapToObj(i -> new Admission<>(
                                pixels.get(i),
                                () -> new ImageFeatures(source.tap(), encoder, 1)
                                        .program()
                                        .map(found -> new OfPicture(i, found))))
                        .iterator());
        while (outcomes.hasNext()) {
            Outcome<OfPicture> outcome = outcomes.next();
            evaluations.accept(outcome.cost().forwardMade());
            active[outcome.result().picture()] = outcome.result().active().features();
        }

        return active;
    }
}
