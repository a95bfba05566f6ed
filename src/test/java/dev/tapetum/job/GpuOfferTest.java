package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.UserError;
import dev.tapetum.config.DeviceChoice;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GpuOfferTest {
    private static final String UUID = "GPU-8f2c11de-0d4a-4b7e-9a50-6f1f3a1c77aa";

    /** On a cluster that schedules GPUs. */
    private static int assigned(String address, @Nullable String visible, int seen) {
        return new GpuOffer(List.of(address), true, false, visible, () -> seen).taken(DeviceChoice.AUTO);
    }

    @ParameterizedTest
    @CsvSource({
        // choice, schedules GPUs, local, PyTorch sees, taken
        "cpu, true, true, 2, -1",
        "gpu:3, false, true, 0, 3", // loading it says that it is not there
        "auto, false, true, 2, 0",
        "auto, true, true, 2, 0",
        "auto, false, true, 0, -1",
        "auto, true, false, 2, -1", // another executor's, perhaps
        "auto, false, false, 2, -1",
        "gpu, false, true, 1, 0",
        "gpu, false, false, 1, 0"
    })
    void withoutAnAssignmentTheFirstIsTakenWhereItCannotBeAnothers(
            String choice, boolean scheduled, boolean local, int seen, int taken) {
        GpuOffer offer = new GpuOffer(List.of(), scheduled, local, null, () -> seen);

        assertThat(offer.taken(DeviceChoice.parse(choice))).isEqualTo(taken);
    }

    @ParameterizedTest
    @CsvSource({"false, true, 0", "false, false, 0", "true, false, 2"})
    void aGpuThatIsAskedForAndMissingIsTheUsersMistake(boolean scheduled, boolean local, int seen) {
        GpuOffer offer = new GpuOffer(List.of(), scheduled, local, null, () -> seen);

        assertThatThrownBy(() -> offer.taken(DeviceChoice.GPU))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("model.device = gpu, but Spark assigned none")
                .hasMessageContaining("spark.task.resource.gpu.amount");
    }

    @Test
    void anAssignedNumberIsTheOrdinal() {
        assertThat(assigned("1", null, 2)).isEqualTo(1);
        assertThat(assigned("0", "3", 1)).isZero();
        assertThat(assigned("3", "2,3", 2)).isEqualTo(1);
    }

    @Test
    void anAssignedNameIsCountedAsTheEnvironmentPutsItInOrder() {
        assertThat(assigned(UUID, "GPU-00000000, " + UUID, 2)).isEqualTo(1);
        assertThat(assigned(UUID, "GPU-8f2c11de,GPU-00000000", 2)).isZero();
        assertThat(assigned("MIG-e6af58f0", "MIG-e6af58f0", 1)).isZero();
    }

    @Test
    void aNameOutsideTheEnvironmentIsThatOfTheOnlyOne() {
        assertThat(assigned(UUID, null, 1)).isZero();
        assertThatThrownBy(() -> assigned(UUID, null, 2))
                .isInstanceOf(UserError.class)
                .hasMessageContainingAll(UUID, "is not set", "discoveryScript", "2 that PyTorch sees");
        assertThatThrownBy(() -> assigned(UUID, "GPU-00000000", 2))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("(GPU-00000000) does not name it");
    }
}
