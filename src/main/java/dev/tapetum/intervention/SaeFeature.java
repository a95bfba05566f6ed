package dev.tapetum.intervention;

import dev.tapetum.model.InputSpec;
import dev.tapetum.model.Tap;
import dev.tapetum.probe.Region;
import dev.tapetum.probe.Stimulus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A feature of the run's sparse autoencoder, set to a value in every patch; the strength is that value as a multiple of the
 * feature's largest activation (Stevens et al. 2025, arXiv 2502.06755) in the images that its autoencoder was judged by, or in those
 * of an earlier run. Strength 0 takes the feature out, and is always among the steps. The pixels stay as they are: what is changed
 * lies within the model.
 *
 * @param feature index of it
 * @param run id of an earlier run, in the same output and with the same autoencoder, that knows how large the feature gets. null:
 *     the autoencoder's bundle knows, from the held-out images of its training
 * @param from at least −10
 * @param to at most 10
 * @param steps evenly spaced strengths; with 0, one more where it is not one of them
 * @param place where; a patch belongs to it by half of its pixels. null for all patches
 */
public record SaeFeature(
        int feature,
        @Nullable String run,
        double from,
        double to,
        int steps,
        @Nullable Place place) implements Editor {

    private static final double LARGEST = 10;
    private static final float HALF = 0.5f;

    public SaeFeature {
        if (feature < 0) {
            throw new IllegalArgumentException("feature must be an index from 0 on, not " + feature);
        }

        if (run != null && run.isBlank()) {
            throw new IllegalArgumentException("run must be the id of a run that knows the feature, or null");
        }

        new Strengths(from, to, steps).within(-LARGEST, LARGEST);
    }

    @Override
    public String property() {
        return "feature " + feature;
    }

    @Override
    public Set<Need> needs() {
        return place instanceof Place.Mask ? Set.of(Need.MASK) : Set.of();
    }

    @Override
    public EditSequence sequence(Canvas canvas) {
        return sequence(canvas, Control.NONE);
    }

    /** The steps for one image, of the feature or of what it is held against. */
    public EditSequence sequence(Canvas canvas, Control control) {
        SteeredFeature known = canvas.materials().feature(this);
        boolean[] positions = positions(canvas, known.tap());
        if (positions == null) {
            return EditSequence.NONE;
        }

        int acting = control == Control.RANDOM_FEATURE ? known.other() : feature;
        double maximum = control == Control.RANDOM_FEATURE ? known.otherMaximum() : known.maximum();
        float[] direction = control == Control.RANDOM_DIRECTION
                ? known.randomDirection()
                : known.encoder().direction(acting);
        List<Edit> edits = new ArrayList<>();
        for (double strength : strengths()) {
            Steering steering =
                    new Steering(known.tap(), known.encoder(), acting, direction, strength * maximum, positions);
            edits.add(new Edit(strength, Stimulus.ORIGINAL, steering));
        }

        return new EditSequence(edits, null, null);
    }

    private Set<Double> strengths() {
        Strengths even = new Strengths(from, to, steps);
        TreeSet<Double> strengths = new TreeSet<>();
        // Not the set's −0.0, which would be another strength than 0.
        strengths.add(0.0);
        for (int step = 0; step < steps; step++) {
            double strength = even.at(step);
            // What is zero but for rounding is zero.
            strengths.add(Math.abs(strength) < 1e-9 ? 0.0 : strength);
        }

        return strengths;
    }

    /** null when there are none. */
    private boolean @Nullable [] positions(Canvas canvas, Tap tap) {
        boolean[] positions = new boolean[tap.positions()];
        Place own = place;
        if (own == null) {
            Arrays.fill(positions, true);
            return positions;
        }

        Region region = own.region(canvas);
        if (region == null) {
            return null;
        }

        InputSpec input = canvas.input();
        float[] inside = new float[input.pixels()];
        region.paint(inside, 0, input);
        float[] shares = new float[positions.length];
        int[] pixels = new int[positions.length];
        for (int i = 0; i < inside.length; i++) {
            int row = i / input.width() * tap.rows() / input.height();
            int column = i % input.width() * tap.cols() / input.width();
            shares[row * tap.cols() + column] += inside[i];
            pixels[row * tap.cols() + column]++;
        }

        boolean any = false;
        for (int t = 0; t < positions.length; t++) {
            positions[t] = pixels[t] > 0 && shares[t] >= HALF * pixels[t];
            any |= positions[t];
        }

        return any ? positions : null;
    }
}
