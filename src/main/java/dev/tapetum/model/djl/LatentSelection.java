package dev.tapetum.model.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the largest latents of a batch, chunk by chunk, so that all {@code B × n} of them are never in memory at once.
 *
 * <p>The largest {@code k B} of a whole batch are exact and yet not sorted out of {@code B n} numbers: only what exceeds a bound is
 * collected, the bound being somewhat less than the last batch's cut, and when that turns out to have been too high, everything
 * positive is collected in a second round. Equals at the cut all go through. So the bound decides the cost and never the result.
 */
final class LatentSelection {

    /** Cuts move slowly from batch to batch. */
    private static final float MARGIN = 0.8f;
    /** Of the first chunk so many times k latents per token are collected while no cut is known. */
    private static final int GENEROUS = 4;

    private final SaeWeights weights;
    private final TokenChunks chunks;
    private float bound;

    LatentSelection(SaeWeights weights, TokenChunks chunks) {
        this.weights = weights;
        this.chunks = chunks;
        this.bound = Float.NaN;
    }

    /** The largest k of each token; those that are not positive with the value 0. */
    ActiveLatents ofEachToken(NDManager scratch, NDArray centred, int k) {
        return collected(scratch, centred, (from, pre) -> {
            long rows = pre.getShape().get(0);
            NDList largest = JniUtils.topK((PtNDArray) pre, k, 1, true, false);
            NDArray tokens = pre.getManager()
                    .arange((int) from, (int) (from + rows), 1, DataType.INT64)
                    .reshape(rows, 1)
                    .broadcast(new Shape(rows, k));
            return new ActiveLatents(
                    tokens.reshape(rows * k).duplicate(), largest.get(1).reshape(rows * k), JniUtils.relu((PtNDArray)
                            largest.get(0).reshape(rows * k)));
        });
    }

    /** The largest {@code k B} positive ones of the batch. */
    ActiveLatents ofTheBatch(NDManager scratch, NDArray centred, int k) {
        long wanted = k * centred.getShape().get(0);
        if (Float.isNaN(bound)) {
            bound = firstBound(scratch, centred, k);
        }

        ActiveLatents candidates = above(scratch, centred, bound);
        if (candidates.values().size() < wanted && bound > 0) {
            candidates = above(scratch, centred, 0);
        }

        if (candidates.values().size() > wanted) {
            float cut = JniUtils.topK((PtNDArray) candidates.values(), wanted, 0, true, false)
                    .get(0)
                    .min()
                    .getFloat();
            NDArray places = JniUtils.nonZeros((PtNDArray) candidates.values().gte(cut));
            candidates = candidates.at(places.reshape(places.getShape().get(0)));
            bound = MARGIN * cut;
        } else {
            bound = 0;
        }

        return candidates;
    }

    private float firstBound(NDManager scratch, NDArray centred, int k) {
        try (NDManager chunk = scratch.newSubManager()) {
            NDArray pre = latents(chunk, centred, 0, Math.min(centred.getShape().get(0), chunks.rows()));
            long generous =
                    Math.min(pre.size(), (long) GENEROUS * k * pre.getShape().get(0));
            NDList largest = JniUtils.topK((PtNDArray) pre.reshape(pre.size()), generous, 0, true, false);
            return Math.max(0, largest.get(0).min().getFloat());
        }
    }

    private ActiveLatents above(NDManager scratch, NDArray centred, float least) {
        return collected(scratch, centred, (from, pre) -> {
            NDArray places = JniUtils.nonZeros((PtNDArray) pre.gt(least));
            NDArray tokens = places.get(new NDIndex(":, 0"));
            NDArray latents = places.get(new NDIndex(":, 1"));
            NDArray flat = tokens.mul(pre.getShape().get(1)).addi(latents);
            NDArray values = JniUtils.take((PtNDArray) pre, (PtNDArray) flat, (PtNDManager) pre.getManager());
            return new ActiveLatents(tokens.add(from), latents.duplicate(), values);
        });
    }

    private interface Selection {
        ActiveLatents of(long from, NDArray pre);
    }

    private ActiveLatents collected(NDManager scratch, NDArray centred, Selection selection) {
        long batch = centred.getShape().get(0);
        List<ActiveLatents> parts = new ArrayList<>();
        for (long from = 0; from < batch; from += chunks.rows()) {
            try (NDManager chunk = scratch.newSubManager()) {
                NDArray pre = latents(chunk, centred, from, Math.min(batch, from + chunks.rows()));
                ActiveLatents part = selection.of(from, pre);
                part.attach(scratch);
                parts.add(part);
            }
        }

        return ActiveLatents.joined(parts);
    }

    /** What the encoder says of some tokens, before any activation. */
    private NDArray latents(NDManager chunk, NDArray centred, long from, long to) {
        NDArray encoder = weights.get(SaeWeights.ENCODER);
        NDArray bias = weights.get(SaeWeights.ENCODER_BIAS);
        chunk.tempAttachAll(centred);
        return JniUtils.linear(
                (PtNDArray) centred.get(new NDIndex("{}:{}", from, to)), (PtNDArray) encoder, (PtNDArray) bias);
    }
}
