package dev.tapetum.model.djl;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.tapetum.UserError;
import dev.tapetum.model.InputSpec;
import dev.tapetum.model.ModelBundle;
import dev.tapetum.model.ModelCard;
import dev.tapetum.model.Tap;
import dev.tapetum.probe.NoiseField;
import dev.tapetum.probe.OutOfDeviceMemoryException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * A bundle's TorchScript on one piece of hardware: loaded once, shared by the tasks of a process, each of which opens a
 * {@link DjlDevice} of its own.
 */
public final class DjlModel implements AutoCloseable {

    /** Largest difference between {@code head(stem(x))} and {@code forward(x)} in float32. */
    private static final float TAP_TOLERANCE = 1e-4f;

    private final ModelCard card;
    private final Path directory;
    private final TorchScript module;
    private final ConcurrentMap<String, TorchScript> variants = new ConcurrentHashMap<>();
    private final NDArray noise;

    private DjlModel(Path directory, ModelCard card, TorchScript module) {
        this.directory = directory;
        this.card = card;
        this.module = module;
        this.noise = module.newManager()
                .create(NoiseField.standardNormal(card.input().size()).toArray());
    }

    /**
     * Loads {@code model.pt} and checks it against its card.
     *
     * @param gpu ordinal of the GPU, or −1 for the CPU
     * @throws UserError if the file is no model, its logits are not as many as its classes, or a tap's head and stem are
     *     not the model
     */
    public static DjlModel load(Path directory, ModelCard card, int gpu) {
        if (gpu >= gpus()) {
            throw new UserError("GPU " + gpu + " was asked for, but PyTorch sees " + gpus()
                    + " here; set model.device = cpu, or start Tapetum where there is one");
        }

        TorchScript module;
        try {
            module = loaded(directory, card, ModelBundle.TORCHSCRIPT, gpu < 0 ? Device.cpu() : Device.gpu(gpu));
        } catch (OutOfDeviceMemoryException e) {
            // A smaller batch would not help.
            throw unloadable(card, ModelBundle.TORCHSCRIPT, e);
        }

        try {
            DjlModel model = new DjlModel(directory, card, module);
            model.check();
            return model;
        } catch (RuntimeException e) {
            module.close();
            throw e;
        }
    }

    /** Number of GPUs that PyTorch sees in this process. */
    public static int gpus() {
        return Engine.getEngine("PyTorch").getGpuCount();
    }

    /** A device on this model for one thread. */
    public DjlDevice newDevice() {
        return new DjlDevice(this);
    }

    public ModelCard card() {
        return card;
    }

    TorchScript module() {
        return module;
    }

    /**
     * The module of a variant, loaded when it is first asked for, or the model itself for null.
     *
     * @throws OutOfDeviceMemoryException if the hardware has no room for it beside what is held now
     */
    TorchScript module(@Nullable String variant) {
        return variant == null
                ? module
                : variants.computeIfAbsent(
                        variant, name -> loaded(directory, card, name + ModelBundle.EXTENSION, module.device()));
    }

    /** The {@link NoiseField}, on the hardware. */
    NDArray noise() {
        return noise;
    }

    @Override
    public void close() {
        variants.values().forEach(TorchScript::close);
        module.close();
    }

    private static TorchScript loaded(Path directory, ModelCard card, String file, Device device) {
        try {
            return TorchScript.load(directory, file, device);
        } catch (EngineException e) {
            throw DeviceMemory.ranOut(e) ? DeviceMemory.translated(e) : unloadable(card, file, e);
        } catch (IOException | MalformedModelException e) {
            throw unloadable(card, file, e);
        }
    }

    private static UserError unloadable(ModelCard card, String file, Exception e) {
        return new UserError(card.name() + ": " + file + " cannot be loaded: " + reason(e), e);
    }

    private void check() {
        InputSpec input = card.input();
        try (NDManager manager = module.newManager()) {
            Shape shape = new Shape(2, input.channels(), input.height(), input.width());
            float[] values = new float[2 * input.size()];
            NoiseField field = NoiseField.standardNormal(input.size());
            for (int i = 0; i < values.length; i++) {
                values[i] = field.value(i);
            }

            NDArray images = manager.create(values, shape);
            NDArray logits = answer(images);
            if (!logits.getShape().equals(new Shape(2, card.classes().size()))) {
                throw new UserError(card.name() + ": the model answers two images with " + logits.getShape()
                        + " values, but model.conf names " + card.classes().size() + " classes");
            }

            for (Tap tap : card.taps()) {
                check(tap, images, logits);
            }
        }
    }

    private NDArray answer(NDArray images) {
        try {
            return module.run("forward", images);
        } catch (EngineException e) {
            InputSpec input = card.input();
            throw new UserError(
                    card.name() + ": the model does not take two images of " + input.channels() + "x" + input.height()
                            + "x" + input.width() + ", as model.conf says: " + reason(e),
                    e);
        }
    }

    private void check(Tap tap, NDArray images, NDArray logits) {
        NDArray activation = answer(tap, "stem_", images);
        if (activation.size() != 2L * tap.size()) {
            throw new UserError(card.name() + ": tap '" + tap.name() + "' gives " + activation.getShape()
                    + " for two images, not what model.conf says");
        }

        NDArray again = answer(tap, "head_", activation);
        float difference = again.sub(logits).abs().max().getFloat();
        float size = Math.max(1, logits.abs().max().getFloat());
        if (!(difference <= TAP_TOLERANCE * size)) {
            throw new UserError(card.name() + ": head_" + tap.name() + "(stem_" + tap.name()
                    + "(x)) differs from forward(x) by " + difference + "; export the bundle again");
        }
    }

    private NDArray answer(Tap tap, String part, NDArray input) {
        try {
            return module.run(part + tap.name(), input);
        } catch (EngineException e) {
            throw new UserError(
                    card.name() + ": " + part + tap.name() + " of model.pt, for tap '" + tap.name()
                            + "', cannot be run: " + reason(e) + "; export the bundle again with that tap",
                    e);
        }
    }

    /** What went wrong, without TorchScript's trace: the last line says it. */
    private static String reason(Exception e) {
        String last = String.valueOf(e.getMessage()).strip().lines().reduce("", (former, line) -> line);
        return last.replaceFirst("^RuntimeError: ", "").replaceFirst("\\.$", "");
    }
}
