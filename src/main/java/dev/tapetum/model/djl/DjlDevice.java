package dev.tapetum.model.djl;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.tapetum.model.InputSpec;
import dev.tapetum.model.Tap;
import dev.tapetum.probe.Ask;
import dev.tapetum.probe.Device;
import dev.tapetum.probe.Difference;
import dev.tapetum.probe.Fetch;
import dev.tapetum.probe.OutOfDeviceMemoryException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * One thread's view of a {@link DjlModel}: images, sums and batches live in managers that are closed as soon as they are
 * done, since the garbage collector does not see native memory.
 */
public final class DjlDevice implements Device {

    private static final float[] NOTHING = new float[0];

    private final DjlModel model;
    private final NDManager manager;
    private final Renderer renderer;

    DjlDevice(DjlModel model) {
        this.model = model;
        this.manager = model.module().newManager();
        this.renderer = new Renderer(model, manager);
    }

    @Override
    public InputSpec input() {
        return model.card().input();
    }

    @Override
    public HeldImage hold(float[] pixels) {
        if (pixels.length != input().size()) {
            throw new IllegalArgumentException(pixels.length + " floats for an input of " + input().size());
        }

        return new HeldTensors(manager.newSubManager(), pixels, input());
    }

    @Override
    public List<Reply> answer(List<Request> batch) {
        try (NDManager scratch = manager.newSubManager()) {
            NDArray images =
                    renderer.render(scratch, batch, request -> request.probe().stimulus());
            Ask ask = batch.get(0).probe().ask();
            if (ask instanceof Ask.TapGradient tapGradient) {
                return atTap(tapGradient.tap(), batch, images);
            }

            return ask instanceof Ask.InputGradient ? gradients(scratch, batch, images) : logits(batch, images);
        } catch (EngineException e) {
            throw outOfMemory(e);
        }
    }

    @Override
    public float[] fetch(HeldImage image, Fetch fetch) {
        HeldTensors held = (HeldTensors) image;
        try (NDManager scratch = manager.newSubManager()) {
            NDArray sum = held.weightedSum(fetch.terms(), scratch);
            Difference times = fetch.times();
            if (times != null) {
                sum = sum.mul(renderer.difference(scratch, List.of(held), List.of(times))
                        .reshape(-1));
            }

            float[] fetched = sum.toFloatArray();
            fetch.terms().forEach(term -> held.free(term.slot()));
            return fetched;
        }
    }

    @Override
    public void close() {
        manager.close();
    }

    private List<Reply> logits(List<Request> batch, NDArray images) {
        float[][] logits = rows(model.module().run("forward", images), batch.size());
        List<Reply> replies = new ArrayList<>();
        for (float[] row : logits) {
            replies.add(new Reply(row, new double[0], NOTHING, NOTHING));
        }

        return replies;
    }

    private List<Reply> gradients(NDManager scratch, List<Request> batch, NDArray images) {
        images.setRequiresGradient(true);
        NDArray output = model.module().runWithGradient("forward", images);
        float[][] logits = rows(output, batch.size());
        NDArray gradients =
                TorchScript.backward(output, oneHot(batch, output), images).reshape(batch.size(), input().size());
        double[][] along = along(scratch, batch, gradients);
        new Sums(renderer, scratch, batch, gradients).commit();

        List<Reply> replies = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            replies.add(new Reply(logits[i], along[i], NOTHING, NOTHING));
        }

        return replies;
    }

    private List<Reply> atTap(Tap tap, List<Request> batch, NDArray images) {
        // Not inference mode, although nothing is differentiated yet: an inference tensor could not become a leaf.
        NDArray activation =
                model.module().runWithGradient("stem_" + tap.name(), images).stopGradient();
        activation.setRequiresGradient(true);
        NDArray output = model.module().runWithGradient("head_" + tap.name(), activation);
        float[][] logits = rows(output, batch.size());
        float[][] gradients = rows(TorchScript.backward(output, oneHot(batch, output), activation), batch.size());
        float[][] activations = rows(activation.stopGradient(), batch.size());

        List<Reply> replies = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            replies.add(new Reply(logits[i], new double[0], activations[i], gradients[i]));
        }

        return replies;
    }

    /** The derivatives along every direction that was asked, in one pass over the gradients. */
    private double[][] along(NDManager scratch, List<Request> batch, NDArray gradients) {
        double[][] along = new double[batch.size()][];
        List<Integer> rows = new ArrayList<>();
        List<HeldTensors> images = new ArrayList<>();
        List<Difference> directions = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            Request request = batch.get(i);
            along[i] = new double[request.along().size()];
            for (Difference direction : request.along()) {
                rows.add(i);
                images.add((HeldTensors) request.image());
                directions.add(direction);
            }
        }

        if (rows.isEmpty()) {
            return along;
        }

        NDArray products = renderer.rows(gradients, rows)
                .mul(renderer.difference(scratch, images, directions).reshape(rows.size(), -1));
        float[] sums = products.sum(new int[] {1}).toFloatArray();
        int[] filled = new int[batch.size()];
        for (int k = 0; k < sums.length; k++) {
            int row = rows.get(k);
            along[row][filled[row]++] = sums[k];
        }

        return along;
    }

    private static NDArray oneHot(List<Request> batch, NDArray logits) {
        int classes = (int) logits.getShape().get(1);
        float[] ones = new float[batch.size() * classes];
        for (int i = 0; i < batch.size(); i++) {
            ones[i * classes + target(batch.get(i).probe().ask())] = 1;
        }

        return logits.getManager().create(ones, new Shape(batch.size(), classes));
    }

    private static int target(Ask ask) {
        if (ask instanceof Ask.InputGradient gradient) {
            return gradient.target();
        }

        return ((Ask.TapGradient) ask).target();
    }

    private static float[][] rows(NDArray matrix, int rows) {
        float[] values = matrix.toFloatArray();
        int length = values.length / rows;
        return IntStream.range(0, rows)
                .mapToObj(i -> Arrays.copyOfRange(values, i * length, (i + 1) * length))
                .toArray(float[][]::new);
    }

    private static RuntimeException outOfMemory(EngineException e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        boolean noRoom = message.contains("out of memory") || message.contains("allocate memory");
        return noRoom ? new OutOfDeviceMemoryException(String.valueOf(e.getMessage()), e) : e;
    }
}
