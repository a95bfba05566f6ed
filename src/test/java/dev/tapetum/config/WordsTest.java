package dev.tapetum.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
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

    @Test
    void aTargetIsAClassUnlessItIsPredictedOrTheLabel() {
        assertThat(Target.parse("predicted").isClass()).isFalse();
        assertThat(Target.parse("label").isClass()).isFalse();
        assertThat(Target.parse("golden retriever").isClass()).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> Target.parse(" "));
    }

    @Test
    void aMapNeverHasMoreCellsThanPixels() {
        assertThat(Resolution.parse("full").cells(224)).isEqualTo(224);
        assertThat(Resolution.parse("28").cells(224)).isEqualTo(28);
        assertThat(Resolution.parse("28").cells(8)).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "10000", "1.5", "half"})
    void otherResolutionsAreRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Resolution.parse(text));
    }

    @Test
    void aSampleIsANumberOrAShare() {
        assertThat(Sample.parse("2000").isFraction()).isFalse();
        assertThat(Sample.parse("2000").count()).isEqualTo(2000);
        assertThat(Sample.parse("2.5%").isFraction()).isTrue();
        assertThat(Sample.parse("2.5%").fraction()).isEqualTo(0.025);
        assertThat(Sample.parse("100%").fraction()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0%", "101%", "-5", "0.5", "5 %", "%"})
    void otherSamplesAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sample.parse(text))
                .withMessage("must be a number of images such as 2000 or a share such as 5%, not '" + text + "'");
    }
}
