package dev.tapetum.model.djl;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.tapetum.model.InputSpec;
import dev.tapetum.model.Tap;
import dev.tapetum.probe.ActiveFeatures;
import dev.tapetum.probe.Ask;
import dev.tapetum.probe.Device;
import dev.tapetum.probe.Difference;
import dev.tapetum.probe.Fetch;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.TapShift;
import dev.tapetum.sae.SaeEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thread's view of a {@link DjlModel}: images, sums and batches live in managers that are closed as soon as they are
 * done, since the garbage collector does not see native memory.
 */
public final class DjlDevice implements Device {

    private final DjlModel model;
    private final NDManager manager;
    private final Renderer renderer;
    private final CallShape shape;

    DjlDevice(DjlModel model) {
        this.model = model;
        this.manager = model.module().newManager();
        this.renderer = new Renderer(model, manager);
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
            throw DeviceMemory.translated(e);
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
            throw DeviceMemory.translated(e);
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
            throw DeviceMemory.translated(e);
        }
    }

    @Override
    public void close() {
        manager.close();
    }

    private List<Reply> call(NDManager whole, NDManager scratch, List<Request> part, List<Sums> sums) {
        Probe first = part.get(0).probe();
        if (first.ask() instanceof Ask.Activation activation) {
            NDArray activations = activations(scratch, activation.tap(), part, part);
            return Arrays.stream(ModelCalls.rows(activations, part.size()))
                    .map(Reply::ofActivation)
                    .toList();
        }

        if (first.ask() instanceof Ask.Features features) {
            return encoded(scratch, features, part);
        }

        if (first.ask() instanceof Ask.Steered steered) {
            return steered(scratch, steered.shift().tap(), part);
        }

        NDArray images = renderer.render(
                scratch, shape.filled(part), request -> request.probe().stimulus());
        if (first.ask() instanceof Ask.Pixels) {
            return Arrays.stream(ModelCalls.rows(images, part.size()))
                    .map(Reply::ofPixels)
                    .toList();
        }

        ModelCalls calls = calls(first);
        if (first.ask() instanceof Ask.TapGradient tapGradient) {
            return atTap(calls, tapGradient.tap(), part, images);
        }

        if (first.ask() instanceof Ask.Logits) {
            return Arrays.stream(calls.logits(images, part.size()))
                    .map(Reply::ofLogits)
                    .toList();
        }

        ModelCalls.Fields answers = first.ask() instanceof Ask.RuleField rule
                ? calls.ruleFields(rule.rule(), images, targets(part), argument(scratch, rule, part))
                : calls.inputGradients(images, asks(part));
        sums.add(new Sums(renderer, whole, scratch, part, answers.values()));
        double[][] along = along(scratch, part, answers.values());
        List<Reply> replies = new ArrayList<>();
        for (int i = 0; i < part.size(); i++) {
            replies.add(Reply.ofField(answers.logits()[i], along[i], answers.totals()[i]));
        }

        return replies;
    }

    /** What a rule's method wants besides images and targets. */
    private @Nullable NDArray argument(NDManager scratch, Ask.RuleField rule, List<Request> part) {
        return switch (rule.rule()) {
            case DEEP_LIFT, CURVATURE ->
                renderer.render(
                        scratch,
                        shape.filled(part),
                        request -> Objects.requireNonNull(
                                ((Ask.RuleField) request.probe().ask()).against()));
            case RECT_GRAD, LRP_EPSILON -> scratch.create((float) rule.parameter());
            case DECONVNET, GUIDED_BACKPROP, FULL_GRAD -> null;
        };
    }

    private List<Reply> encoded(NDManager scratch, Ask.Features ask, List<Request> part) {
        if (!(ask.encoder() instanceof SaeEncoder encoder)) {
            throw new IllegalArgumentException("No such encoder on this device: " + ask.encoder());
        }

        EncoderTensors tensors = model.encoder(encoder);
        NDArray activations = activations(scratch, ask.tap(), part, part);
        List<Reply> replies = new ArrayList<>();
        for (int i = 0; i < part.size(); i++) {
            ActiveFeatures features = tensors.features(scratch, activations.get(i), ask);
            replies.add(Reply.ofFeatures(features));
        }

        return replies;
    }

    private List<Reply> steered(NDManager scratch, Tap tap, List<Request> part) {
        List<Request> filled = shape.filled(part);
        NDArray activations = activations(scratch, tap, part, filled);
        List<TapShift> shifts = filled.stream()
                .map(request -> ((Ask.Steered) request.probe().ask()).shift())
                .toList();
        NDArray shifted = activations.add(Shifts.of(scratch, tap, shifts).reshape(activations.getShape()));
        return Arrays.stream(calls(part.get(0).probe()).headLogits(tap, shifted, part.size()))
                .map(Reply::ofLogits)
                .toList();
    }

    /** One activation per row of {@code rows}, which are those of {@code part} and no others. */
    private NDArray activations(NDManager scratch, Tap tap, List<Request> part, List<Request> rows) {
        return new Stems(renderer, shape, calls(part.get(0).probe()), scratch).activations(tap, part, rows);
    }

    private ModelCalls calls(Probe probe) {
        return new ModelCalls(model.module(probe.variant()));
    }

    private List<Reply> atTap(ModelCalls calls, Tap tap, List<Request> part, NDArray images) {
        ModelCalls.TapGradients answers = calls.tapGradients(tap, images, targets(part));
        List<Reply> replies = new ArrayList<>();
        for (int i = 0; i < part.size(); i++) {
            replies.add(Reply.ofTap(answers.logits()[i], answers.activations()[i], answers.gradients()[i]));
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

    private static int[] targets(List<Request> batch) {
        return batch.stream()
                .mapToInt(request -> ((Ask.OfClass) request.probe().ask()).target())
                .toArray();
    }
}
