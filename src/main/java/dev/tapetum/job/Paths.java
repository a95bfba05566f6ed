package dev.tapetum.job;

import dev.tapetum.model.Tap;
import dev.tapetum.probe.Admission;
import dev.tapetum.probe.Device;
import dev.tapetum.probe.Finite;
import dev.tapetum.probe.Outcome;
import dev.tapetum.probe.Scheduler;
import dev.tapetum.prototype.ActivationPath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The paths of images on a device, a few images at a time: as many as {@link #IMAGES} whatever batch the plan gives, so that what is
 * with an image in a batch, and with it the last bits of a device's arithmetic, depends on the class alone.
 */
final class Paths {

    /** All activations of these are on the heap at once: of 12 layers of 197 tokens of 768 channels, 7 MB each. */
    static final int IMAGES = 16;

    private final List<Tap> taps;
    private final Scheduler scheduler;
    private final LongConsumer evaluations;

    /** @param evaluations hears how many each call took */
    Paths(List<Tap> taps, Device device, LongConsumer evaluations) {
        this.taps = taps;
        this.scheduler = new Scheduler(device, IMAGES);
        this.evaluations = evaluations;
    }

    List<Tap> taps() {
        return taps;
    }

    private record OfImage(int image, List<float[]> path) {}

    /**
     * The path of each image, in their order; null where an activation is not made of finite numbers.
     *
     * @param pixels of at most {@link #IMAGES} images
     */
    List<@Nullable List<float[]>> of(List<float[]> pixels) {
        List<@Nullable List<float[]>> paths = new ArrayList<>(Collections.nCopies(pixels.size(), null));
        Iterator<Outcome<OfImage>> outcomes = scheduler.run(IntStream.range(0, pixels.size())
                .mapToObj(i -> new Admission<>(
                        pixels.get(i), () -> ActivationPath.program(taps).map(path -> new OfImage(i, path))))
                .iterator());
        while (outcomes.hasNext()) {
            Outcome<OfImage> outcome = outcomes.next();
            OfImage one = outcome.result();
            evaluations.accept(outcome.cost().forwardMade());
            if (one.path.stream().allMatch(Finite::all)) {
                paths.set(one.image, one.path);
            }
        }

        return paths;
    }
}
