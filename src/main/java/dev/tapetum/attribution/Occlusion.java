package dev.tapetum.attribution;

import dev.tapetum.attribution.PixelValues.Spread;
import dev.tapetum.model.InputSpec;
import dev.tapetum.model.Model;
import dev.tapetum.model.ModelCard;
import dev.tapetum.probe.Answers;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Rectangle;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Stimulus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What the logit loses when a window of the image is covered.
 *
 * <p>Windows of {@code window} of the image's shorter side are placed every {@code stride} of it, and once more flush
 * with the far border so that no pixel is left out. Each pixel gets the mean over the windows that cover it of {@code
 * F_c(x) − F_c(x with the window filled)}, divided by the pixels of the window. One forward evaluation per window. After
 * Zeiler and Fergus 2014 (arXiv 1311.2901, section 4.2); the division is ours, and makes the total of a map of disjoint
 * windows the sum of their effects.
 *
 * @param window side of the square window, as a fraction of the shorter side
 * @param stride distance between windows, as a fraction of the shorter side
 * @param baseline what the window is filled with
 */
public record Occlusion(double window, double stride, Baseline baseline) implements Attributor {

    public Occlusion {
        Objects.requireNonNull(baseline, "baseline");
        if (!(window > 0 && window <= 1)) {
            throw new IllegalArgumentException(
                    "window is a fraction of the shorter side, above 0 up to 1, not " + window);
        }

        if (!(stride > 0 && stride <= window)) {
            throw new IllegalArgumentException(
                    "stride is above 0 and at most the window, so that every pixel is covered, not " + stride);
        }
    }

    @Override
    public void check(ModelCard model) {
        Requirements.of(this, model).type(Model.class);
    }

    @Override
    public Program<Attribution> program(Subject subject) {
        List<Rectangle> windows = windows(subject.input());
        Stimulus filling = baseline.of(subject);
        Probe[] probes = Stream.concat(
                        Stream.of(subject.stimulus()),
                        windows.stream().map(inside -> new Stimulus.Masked(subject.stimulus(), filling, inside)))
                .map(Probe::logits)
                .toArray(Probe[]::new);
        return Program.asking(Round.of(probes), answers -> conclude(subject, windows, answers));
    }

    private List<Rectangle> windows(InputSpec input) {
        int shorter = Math.min(input.height(), input.width());
        int side = Math.max(1, (int) Math.round(window * shorter));
        int step = Math.max(1, Math.min(side, (int) Math.round(stride * shorter)));
        List<Rectangle> windows = new ArrayList<>();
        for (int top : starts(input.height(), side, step)) {
            for (int left : starts(input.width(), side, step)) {
                windows.add(new Rectangle(top, left, side, side));
            }
        }

        return windows;
    }

    private static List<Integer> starts(int length, int side, int step) {
        List<Integer> starts = new ArrayList<>();
        for (int start = 0; start + side < length; start += step) {
            starts.add(start);
        }

        starts.add(length - side);
        return starts;
    }

    private static Attribution conclude(Subject subject, List<Rectangle> windows, Answers answers) {
        InputSpec input = subject.input();
        double score = answers.get(0).logits()[subject.target()];
        double[] sum = new double[input.pixels()];
        int[] covered = new int[input.pixels()];
        for (int w = 0; w < windows.size(); w++) {
            Rectangle inside = windows.get(w);
            double loss = score - answers.get(w + 1).logits()[subject.target()];
            for (int row = inside.top(); row < inside.bottom(); row++) {
                for (int col = inside.left(); col < inside.right(); col++) {
                    sum[row * input.width() + col] += loss / (inside.height() * inside.width());
                    covered[row * input.width() + col]++;
                }
            }
        }

        float[] map = new float[sum.length];
        for (int i = 0; i < map.length; i++) {
            map[i] = (float) (sum[i] / covered[i]);
        }

        PixelValues values = new PixelValues(1, input.height(), input.width(), Spread.AMOUNT, map);
        return Attribution.of(score, windows.size() + 1, values);
    }
}
