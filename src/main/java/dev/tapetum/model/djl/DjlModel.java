package dev.tapetum.model.djl;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import dev.tapetum.UserError;
import dev.tapetum.model.ModelBundle;
import dev.tapetum.model.ModelCard;
import dev.tapetum.probe.NoiseField;
import dev.tapetum.probe.OutOfDeviceMemoryException;
import dev.tapetum.sae.SaeEncoder;
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

    private final ModelCard card;
    private final Path directory;
    private final TorchScript module;
    private final ConcurrentMap<String, TorchScript> variants = new ConcurrentHashMap<>();
    private final ConcurrentMap<SaeEncoder, EncoderTensors> encoders = new ConcurrentHashMap<>();
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
     * @throws UserError if the file is no model, its logits are not as many as its classes, a tap's head and stem are
     *     not the model, or a rule's method does not answer as it should
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
            ModuleCheck check = new ModuleCheck(card, ModelBundle.TORCHSCRIPT, module);
            check.logitsAndTaps();
            check.rules();
            return new DjlModel(directory, card, module);
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
     * The module of a variant, loaded and checked when it is first asked for, or the model itself for null.
     *
     * @throws UserError if its file is no model, or not one of this card
     * @throws OutOfDeviceMemoryException if the hardware has no room for it beside what is held now
     */
    TorchScript module(@Nullable String variant) {
        return variant == null ? module : variants.computeIfAbsent(variant, this::variant);
    }

    private TorchScript variant(String name) {
        String file = name + ModelBundle.EXTENSION;
        TorchScript variant = loaded(directory, card, file, module.device());
        try {
            new ModuleCheck(card, file, variant).logitsAndTaps();
            return variant;
        } catch (EngineException e) {
            variant.close();
            throw DeviceMemory.translated(e);
        } catch (RuntimeException e) {
            variant.close();
            throw e;
        }
    }

    /** An encoder on the hardware, put there when it is first asked for, for as long as the model is. */
    EncoderTensors encoder(SaeEncoder encoder) {
        return encoders.computeIfAbsent(encoder, asked -> EncoderTensors.of(module.newManager(), asked));
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
        return new UserError(card.name() + ": " + file + " cannot be loaded: " + ModuleCheck.reason(e), e);
    }
}
