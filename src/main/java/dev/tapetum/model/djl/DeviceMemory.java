package dev.tapetum.model.djl;

import ai.djl.engine.EngineException;
import dev.tapetum.probe.OutOfDeviceMemoryException;
import java.util.Locale;

/** Recognises that the hardware had no room: PyTorch says so in words only, and in other words for each kind of hardware. */
final class DeviceMemory {

    private DeviceMemory() {}

    static boolean ranOut(Exception e) {
        if (!(e instanceof EngineException)) {
            return false;
        }

        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("out of memory")
                || message.contains("allocate memory")
                || message.contains("status_alloc_failed");
    }

    /** What to throw for {@code e}: itself, unless there was no room. */
    static RuntimeException translated(EngineException e) {
        return ranOut(e) ? new OutOfDeviceMemoryException(String.valueOf(e.getMessage()), e) : e;
    }
}
