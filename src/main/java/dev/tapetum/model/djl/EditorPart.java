package dev.tapetum.model.djl;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.tapetum.UserError;
import dev.tapetum.model.EditorBundle;
import dev.tapetum.probe.OutOfDeviceMemoryException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/** One module of an editor, asked in calls of one shape. */
final class EditorPart implements AutoCloseable {

    /** Rounding differs by some 1e-6 between calls of different sizes, errors of kernels by some 1e-1. */
    private static final double COMPANY_TOLERANCE = 1e-3;

    private final String name;
    private final TorchScript module;
    private final CallShape shape;

    private EditorPart(String name, TorchScript module, CallShape shape) {
        this.name = name;
        this.module = module;
        this.shape = shape;
    }

    /** Makes the inputs of one call. */
    interface Inputs<T> {
        NDList of(NDManager manager, List<T> rows);
    }

    /** @param rows of a call on a CPU */
    static EditorPart load(EditorBundle bundle, String file, int rows, Device device) {
        String name = bundle.card().name() + ": " + file;
        try {
            TorchScript module = TorchScript.load(bundle.directory(), file, device);
            return new EditorPart(name, module, new CallShape(device.isGpu() ? 0 : rows));
        } catch (IOException | MalformedModelException | EngineException e) {
            throw new UserError(name + " cannot be loaded: " + ModuleCheck.reason(e), e);
        }
    }

    /**
     * The answer to each row.
     *
     * @throws OutOfDeviceMemoryException if the hardware has no room for a call
     */
    <T> List<float[]> answers(List<T> rows, Inputs<T> inputs) {
        List<float[]> answers = new ArrayList<>();
        try {
            for (List<T> part : shape.cut(rows)) {
                try (NDManager scratch = module.newManager()) {
                    NDArray answer = module.run(inputs.of(scratch, shape.filled(part)));
                    answers.addAll(List.of(ModelCalls.rows(answer.toType(DataType.FLOAT32, false), part.size())));
                }
            }

            return answers;
        } catch (EngineException e) {
            throw DeviceMemory.translated(e);
        }
    }

    /** The same module, each row asked in a call of its own. */
    EditorPart oneByOne() {
        return new EditorPart(name, module, new CallShape(1));
    }

    /**
     * The answer to one row, if the module can be asked and answers with as many numbers as it should.
     *
     * @param ask asks this module
     */
    float[] checked(Supplier<List<float[]>> ask, IntPredicate expected) {
        float[] answer;
        try {
            answer = ask.get().get(0);
        } catch (EngineException e) {
            throw new UserError(
                    name + " cannot be asked with what " + EditorBundle.CONF + " says: " + ModuleCheck.reason(e), e);
        } catch (OutOfDeviceMemoryException e) {
            // A smaller batch would not help.
            throw new UserError(name + " has no room on the device: " + e.getMessage(), e);
        }

        if (!expected.test(answer.length)) {
            throw new UserError(name + " answers one row with " + answer.length + " numbers, which is not what "
                    + EditorBundle.CONF + " says; export the editor again");
        }

        return answer;
    }

    /**
     * Refuses a module that answers a row in another way when it is alone. PyTorch 2.7.1 does so on CPUs with AVX-512: its
     * convolutions of more than 16 input channels are wrong in batches when the channels are no multiple of 16.
     */
    void requireEqual(float[] alone, float[] together) {
        double largest = 1;
        double difference = 0;
        for (int i = 0; i < alone.length; i++) {
            largest = Math.max(largest, Math.abs(alone[i]));
            difference = Math.max(difference, Math.abs(alone[i] - together[i]));
        }

        if (!(difference <= COMPANY_TOLERANCE * largest)) {
            throw new UserError(name + " answers a row otherwise alone than in a batch, by " + difference
                    + ": PyTorch's convolutions go wrong on this CPU; set the environment variable ONEDNN_MAX_CPU_ISA=AVX2"
                    + " where Tapetum runs");
        }
    }

    @Override
    public void close() {
        module.close();
    }
}
