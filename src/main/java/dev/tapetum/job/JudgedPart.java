package dev.tapetum.job;

import dev.tapetum.sae.FeatureExtents;
import dev.tapetum.sae.Judgement;
import dev.tapetum.sae.LossRecovered;
import dev.tapetum.sae.SaeMetrics;

/**
 * A task's share of a {@link Judgement}, public for the encoder. Equality is by component, of arrays by identity.
 *
 * @param unusable images that could not be decoded, or of which the model makes no finite numbers
 */
@SuppressWarnings("ArrayRecordComponent")
public record JudgedPart(
        long tokens,
        double squaredError,
        double squaredNorm,
        double[] sum,
        long[] active,
        long images,
        long labelled,
        double original,
        double reconstructed,
        double ablated,
        float[] maxima,
        long[] activeImages,
        long unusable) {

    static JudgedPart of(Judgement judgement, long unusable) {
        SaeMetrics metrics = judgement.metrics();
        LossRecovered loss = judgement.loss();
        return new JudgedPart(
                metrics.tokens(),
                metrics.squaredError(),
                metrics.squaredNorm(),
                metrics.sum(),
                metrics.active(),
                loss.images(),
                loss.labelled(),
                loss.original(),
                loss.reconstructed(),
                loss.ablated(),
                judgement.extents().maxima(),
                judgement.extents().active(),
                unusable);
    }

    Judgement judgement() {
        return new Judgement(
                new SaeMetrics(tokens, squaredError, squaredNorm, sum, active),
                new LossRecovered(images, labelled, original, reconstructed, ablated),
                new FeatureExtents(images, maxima, activeImages));
    }
}
