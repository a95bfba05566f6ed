package dev.tapetum.model.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;

/**
 * The latents of a batch that were let through, as pairs of a token and a latent, ascending.
 *
 * @param tokens indices, whole numbers
 * @param latents indices, whole numbers
 * @param values how strongly each is active, at least 0
 */
record ActiveLatents(NDArray tokens, NDArray latents, NDArray values) {

    /** All pairs of several chunks, in their order. */
    static ActiveLatents joined(List<ActiveLatents> chunks) {
        return chunks.size() == 1
                ? chunks.get(0)
                : new ActiveLatents(
                        concatenated(chunks.stream().map(ActiveLatents::tokens).toList()),
                        concatenated(chunks.stream().map(ActiveLatents::latents).toList()),
                        concatenated(chunks.stream().map(ActiveLatents::values).toList()));
    }

    /** Those at the given places. */
    ActiveLatents at(NDArray places) {
        return new ActiveLatents(taken(tokens, places), taken(latents, places), taken(values, places));
    }

    void attach(NDManager manager) {
        tokens.attach(manager);
        latents.attach(manager);
        values.attach(manager);
    }

    /** A sparse matrix {@code B × n} with a number for each pair. */
    NDArray byToken(NDArray numbers, long batch, long features) {
        return sparse(tokens, latents, numbers, batch, features);
    }

    /** Its transpose. */
    NDArray byLatent(NDArray numbers, long batch, long features) {
        return sparse(latents, tokens, numbers, features, batch);
    }

    static NDArray sparse(NDArray rows, NDArray columns, NDArray numbers, long height, long width) {
        NDArray places = NDArrays.stack(new NDList(rows, columns));
        return JniUtils.createSparseCoo((PtNDArray) places, (PtNDArray) numbers, new Shape(height, width));
    }

    private static NDArray concatenated(List<NDArray> parts) {
        return NDArrays.concat(new NDList(parts));
    }

    private static NDArray taken(NDArray from, NDArray places) {
        return JniUtils.take((PtNDArray) from, (PtNDArray) places, (PtNDManager) from.getManager());
    }
}
