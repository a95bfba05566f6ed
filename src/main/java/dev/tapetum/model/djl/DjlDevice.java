package dev.tapetum.model.djl;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.tapetum.model.InputSpec;
import dev.tapetum.model.Tap;
import dev.tapetum.probe.Ask;
import dev.tapetum.probe.Device;
import dev.tapetum.probe.Difference;
import dev.tapetum.probe.Fetch;
import dev.tapetum.probe.OutOfDeviceMemoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One thread's view of a {@link DjlModel}: images, sums and batches live in managers that are closed as soon as they are
 * done, since the garbage collector does not see native memory.
 */
public final class DjlDevice implements Device {

    private static final float[] NOTHING = new float[0];

    private final DjlModel model;
    private final NDManager manager;
    private final Renderer renderer;
    private final ModelCalls calls;
    private final CallShape shape;

    DjlDevice(DjlModel model) {
        this.model = model;
        this.manager = model.module().newManager();
        this.renderer = new Renderer(model, manager);
        this.calls = new ModelCalls(model.module());
        this.shape = CallShape.of(manager.getDevice(), input());
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

        try {
            return new HeldTensors(manager.newSubManager(), pixels, input());
        } catch (EngineException e) {
            throw outOfMemory(e);
        }
    }

    @Override
    public List<Reply> answer(List<Request> batch) {
        List<Reply> replies = new ArrayList<>();
        List<Sums> sums = new ArrayList<>();
        try (NDManager whole = manager.newSubManager()) {
            for (List<Request> part : shape.cut(batch)) {
                try (NDManager scratch = whole.newSubManager()) {
                    replies.addAll(call(whole, scratch, part, sums));
                }
            }

            // Only now, when nothing can run out of memory any more: all of the batch takes effect or none of it.
            sums.forEach(Sums::commit);
            return replies;
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
        } catch (EngineException e) {
            throw outOfMemory(e);
        }
    }

    @Override
    public void close() {
        manager.close();
    }

    private List<Reply> call(NDManager whole, NDManager scratch, List<Request> part, List<Sums> sums) {
        NDArray images = renderer.render(
                scratch, shape.filled(part), request -> request.probe().stimulus());
        Ask ask = part.get(0).probe().ask();
        if (ask instanceof Ask.TapGradient tapGradient) {
            return atTap(tapGradient.tap(), part, images);
        }

        if (ask instanceof Ask.Logits) {
            return logits(part, images);
        }

        ModelCalls.InputGradients answers = calls.inputGradients(images, asks(part));
        sums.add(new Sums(renderer, whole, scratch, part, answers.gradients()));
        double[][] along = along(scratch, part, answers.gradients());
        List<Reply> replies = new ArrayList<>();
        for (int i = 0; i < part.size(); i++) {
            replies.add(new Reply(answers.logits()[i], along[i], NOTHING, NOTHING));
        }

        return replies;
    }

    private List<Reply> logits(List<Request> part, NDArray images) {
        List<Reply> replies = new ArrayList<>();
        for (float[] row : calls.logits(images, part.size())) {
            replies.add(new Reply(row, new double[0], NOTHING, NOTHING));
        }

        return replies;
    }

    private List<Reply> atTap(Tap tap, List<Request> part, NDArray images) {
        ModelCalls.TapGradients answers = calls.tapGradients(tap, images, tapTargets(part));
        List<Reply> replies = new ArrayList<>();
        for (int i = 0; i < part.size(); i++) {
            replies.add(
                    new Reply(answers.logits()[i], new double[0], answers.activations()[i], answers.gradients()[i]));
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

    private static List<Ask.InputGradient> asks(List<Request> batch) {
        return batch.stream()
                .map(request -> (Ask.InputGradient) request.probe().ask())
                .toList();
    }

    private static int[] tapTargets(List<Request> batch) {
        return batch.stream()
                .mapToInt(request -> ((Ask.TapGradient) request.probe().ask()).target())
                .toArray();
    }

    private static RuntimeException outOfMemory(EngineException e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        boolean noRoom = message.contains("out of memory")
                || message.contains("allocate memory")
                || message.contains("status_alloc_failed");
        return noRoom ? new OutOfDeviceMemoryException(String.valueOf(e.getMessage()), e) : e;
    }
}
