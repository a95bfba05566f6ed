package dev.tapetum.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceChoiceTest {
    @ParameterizedTest
    @CsvSource({"auto, false, -1", "cpu, false, -1", "gpu, true, -1", "gpu:0, true, 0", "gpu:12, true, 12"})
    void aDeviceSaysWhetherAGpuIsRequiredAndWhich(String text, boolean requiresGpu, int index) {
        DeviceChoice device = DeviceChoice.parse(text);

        assertThat(device.requiresGpu()).isEqualTo(requiresGpu);
        assertThat(device.gpuIndex()).isEqualTo(index);
        assertThat(device.text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GPU", "gpu:", "gpu:-1", "gpu:a", "cuda"})
    void otherDevicesAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeviceChoice.parse(text))
                .withMessage("must be auto, cpu, gpu or gpu:N, not '" + text + "'");
    }
}
