package dev.tapetum.model.djl;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A TorchScript module and the one right way to differentiate it through DJL.
 *
 * <p>DJL's own route (a block's {@code forward} under a gradient collector) switches BatchNorm and dropout to training
 * and allows a single collector per process. So methods are run as they were exported, in evaluation mode, with autograd
 * left on, and backward is called on the result. The module is stateless and may be used from many threads; the manager
 * of the first input owns the results.
 *
 * <p>TorchScript's optimising executor is left off: it specialises the program for the shapes that it saw first, so that
 * early calls run another program than later ones, and a batch of another size is slower; it gains nothing measurable.
 */
final class TorchScript implements AutoCloseable {

    private final Model model;
    private final PtSymbolBlock block;

    private TorchScript(Model model, PtSymbolBlock block) {
        this.model = model;
        this.block = block;
    }

    static TorchScript load(Path directory, String file, ai.djl.Device device)
            throws IOException, MalformedModelException {
        Model model = Model.newInstance(file, device, "PyTorch");
        try {
            // Without trainParam the weights are inference tensors, through which no gradient can pass.
            model.load(directory, file, Map.of("trainParam", "true", "mapLocation", "true"));
            PtSymbolBlock block = (PtSymbolBlock) model.getBlock();
            block.freezeParameters(true);
            EngineCheck.require(model.getNDManager());
            return new TorchScript(model, block);
        } catch (IOException | MalformedModelException | RuntimeException e) {
            model.close();
            throw e;
        }
    }

    ai.djl.Device device() {
        return model.getNDManager().getDevice();
    }

    NDManager newManager() {
        return model.getNDManager().newSubManager();
    }

    /** Runs {@code forward} or another exported method; its result belongs to the input's manager. */
    NDArray run(String method, NDArray input) {
        return run(method, new NDList(input), false).singletonOrThrow();
    }

    /** Runs {@code forward} on several inputs; its result belongs to the first one's manager. */
    NDArray run(NDList inputs) {
        return run("forward", inputs, false).singletonOrThrow();
    }

    /** Runs a method so that its result can be differentiated with respect to inputs that ask for it. */
    NDArray runWithGradient(String method, NDArray input) {
        return run(method, new NDList(input), true).singletonOrThrow();
    }

    /** Runs a method that differentiates on its own account; its results belong to the first input's manager. */
    NDList runWithGradient(String method, NDList inputs) {
        return run(method, inputs, true);
    }

    /**
     * The gradient of {@code Σ output ⊙ vector} with respect to {@code leaf}.
     *
     * @throws IllegalStateException if nothing flowed back: DJL would hand out zeros
     */
    static NDArray backward(NDArray output, NDArray vector, NDArray leaf) {
        JniUtils.backward((PtNDArray) output, (PtNDArray) vector, false, false);
        NDArray gradient = JniUtils.getGradient((PtNDArray) leaf);
        if (gradient == null) {
            throw new IllegalStateException("The module let no gradient through to its input; was it exported frozen?");
        }

        return gradient;
    }

    @Override
    public void close() {
        model.close();
    }

    private NDList run(String method, NDList given, boolean differentiable) {
        // Both belong to the thread, and threads come and go.
        JniUtils.setGradMode(differentiable);
        JniUtils.setGraphExecutorOptimize(false);
        NDList inputs = new NDList(given);
        if (!method.equals("forward")) {
            NDArray name = given.head().getManager().create(0f);
            name.setName("module_method:" + method);
            inputs.add(name);
        }

        return IValueUtils.forward(block, inputs, differentiable);
    }
}
