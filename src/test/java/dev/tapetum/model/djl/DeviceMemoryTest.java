package dev.tapetum.model.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import dev.tapetum.probe.OutOfDeviceMemoryException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeviceMemoryTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CUDA out of memory. Tried to allocate 2.00 GiB",
                "DefaultCPUAllocator: can't allocate memory: you tried to allocate 8 bytes",
                "cuDNN error: CUBLAS_STATUS_ALLOC_FAILED when calling cublasCreate"
            })
    void noRoomIsRecognisedByItsWords(String message) {
        EngineException e = new EngineException(message);

        assertThat(DeviceMemory.translated(e))
                .isInstanceOf(OutOfDeviceMemoryException.class)
                .hasMessage(message)
                .hasCause(e);
    }

    @Test
    void whatElseTheEngineSaysStaysAsItIs() {
        EngineException e = new EngineException("Method 'stem_x' is not defined");

        assertThat(DeviceMemory.translated(e)).isSameAs(e);
    }

    @Test
    void aFileThatCannotBeReadIsNoLackOfDeviceMemory() {
        assertThat(DeviceMemory.ranOut(new IOException("Out of memory"))).isFalse();
    }
}
