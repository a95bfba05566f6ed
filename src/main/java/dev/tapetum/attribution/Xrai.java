package dev.tapetum.attribution;

import dev.tapetum.attribution.PixelValues.Spread;
import dev.tapetum.model.InputSpec;
import dev.tapetum.model.ModelCard;
import dev.tapetum.probe.Program;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The regions of the image that count, from the one that counts most per pixel down: another method's map, gathered into the
 * image's own segments.
 *
 * <p>{@code A} is the mean of the maps of the methods {@code of}, summed over channels. The image is cut up at each scale by
 * {@link GraphSegmentation} and every segment grown by {@code dilation}, so that it holds the edges around it. Then, until all
 * is covered, the segment with the largest mean of {@code A} over its pixels that are not covered yet covers them, and each
 * gets that mean. Kapishnikov et al. 2019 (arXiv 1906.02825, algorithm 1), whose methods are integrated gradients from black
 * and from white.
 *
 * <ul>
 *   <li>Each pixel passes on what it received, so the map's total is that of {@code A}: it is complete if the methods are, with
 *       the mean of their baseline scores. The published program takes the largest channel instead of the sum.
 *   <li>A later segment may have a larger mean than an earlier one, once what it shares with the earlier one is covered.
 *   <li>The published program cuts up images of 224 by 224 on [−1, 1]: its scale is on pixels of twice the contrast, its
 *       smallest segment, 150 pixels, is 0.3% of them, and its dilation, 5 pixels, 2.2% of a side.
 * </ul>
 *
 * <p>Costs what the methods cost, and shares their evaluations with the same methods elsewhere in the plan.
 *
 * @param of the methods whose maps are averaged
 * @param scales how different neighbours may be within a segment, on pixels of 0 to 255, for each segmentation
 * @param sigma standard deviation in pixels of the blur before a segmentation, or 0 for none
 * @param minSize the smallest segment before dilation, as a share of the image's pixels, at least 0.0005
 * @param dilation how far a segment grows, as a fraction of the shorter side
 */
public record Xrai(List<Attributor> of, List<Double> scales, double sigma, double minSize, double dilation)
        implements Attributor {

    public Xrai {
        of = List.copyOf(of);
        scales = List.copyOf(scales);
        if (of.isEmpty()) {
            throw new IllegalArgumentException("of needs at least one method");
        }

        if (scales.isEmpty()) {
            throw new IllegalArgumentException("scales needs at least one scale");
        }

        for (double scale : scales) {
            Features.Superpixels.check(scale, sigma, minSize);
        }

        if (!(dilation >= 0 && dilation <= 1)) {
            throw new IllegalArgumentException(
                    "dilation is a fraction of the shorter side, from 0 to 1, not " + dilation);
        }
    }

    @Override
    public void check(ModelCard model) {
        of.forEach(method -> method.check(model));
    }

    @Override
    public Program<Attribution> program(Subject subject) {
        return Program.all(of.stream().map(method -> method.program(subject)).toList())
                .map(attributions -> gather(subject, attributions));
    }

    private Attribution gather(Subject subject, List<Attribution> attributions) {
        InputSpec input = subject.input();
        double[] mean = new double[input.pixels()];
        int evaluations = 0;
        for (Attribution attribution : attributions) {
            float[] map = attribution
                    .values()
                    .channelSum()
                    .resampled(input.height(), input.width())
                    .values();
            evaluations += attribution.evaluations();
            for (int i = 0; i < mean.length; i++) {
                mean[i] += map[i] / attributions.size();
            }
        }

        GrowingRegion region = new GrowingRegion(mean);
        GraphSegmentation segmentation = GraphSegmentation.of(subject, sigma);
        int radius = (int) Math.round(dilation * Math.min(input.height(), input.width()));
        for (double scale : scales) {
            region.offer(segmentation.segments(scale, minSize * input.pixels()), input, radius);
        }

        PixelValues values = new PixelValues(1, input.height(), input.width(), Spread.AMOUNT, region.cover());
        double score = attributions.get(0).score();
        OptionalDouble baselineScore =
                attributions.stream().mapToDouble(Attribution::baselineScore).average();
        return Attribution.complete(score, baselineScore.orElseThrow(), evaluations, values);
    }
}
