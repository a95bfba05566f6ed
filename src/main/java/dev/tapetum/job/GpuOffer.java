package dev.tapetum.job;

import dev.tapetum.UserError;
import dev.tapetum.config.DeviceChoice;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a process has to offer of GPUs, and which of them a task takes:
 *
 * <ul>
 *   <li>{@code cpu} takes none, and {@code gpu:N} the N-th that PyTorch sees.
 *   <li>{@code auto} and {@code gpu} take the one that Spark assigned to the task.
 *   <li>Where Spark assigned none, both take the first one in local mode, where there is nobody to share with.
 *   <li>On a cluster without an assignment {@code auto} takes the CPU, since the GPUs that an executor sees may be
 *       another's; {@code gpu} takes the first one when Spark was not told to schedule GPUs, and is an error when it was.
 * </ul>
 *
 * <p>Spark passes on the address that its discovery script printed. A number is an ordinal; {@code GPU-…} and {@code MIG-…}
 * are names that only {@code CUDA_VISIBLE_DEVICES} puts in order: CUDA numbers the devices as they stand there, and a name
 * there may be shortened (CUDA C++ Programming Guide, "CUDA Environment Variables"). A number that stands there is counted
 * in the same way. Without the variable a name can only be that of a device that is alone.
 *
 * @param assigned addresses that Spark assigned to the task
 * @param scheduled whether Spark was told to schedule GPUs
 * @param local whether the executor is the driver's own process
 * @param visible the environment's {@code CUDA_VISIBLE_DEVICES}; null when it is not set
 * @param seen how many GPUs PyTorch sees; asked only when it matters, since it starts the engine
 */
record GpuOffer(
        List<String> assigned,
        boolean scheduled,
        boolean local,
        @Nullable String visible,
        IntSupplier seen) {
    static final int CPU = -1;

    GpuOffer {
        assigned = List.copyOf(assigned);
    }

    /** The ordinal of the GPU that the task takes, or {@link #CPU}. */
    int taken(DeviceChoice choice) {
        if (choice.equals(DeviceChoice.CPU)) {
            return CPU;
        }

        if (choice.gpuIndex() >= 0) {
            return choice.gpuIndex();
        }

        if (!assigned.isEmpty()) {
            return ordinal(assigned.get(0));
        }

        boolean others = !local && (scheduled || !choice.requiresGpu());
        if (!others && seen.getAsInt() > 0) {
            return 0;
        }

        if (choice.requiresGpu()) {
            throw new UserError("model.device = gpu, but Spark assigned none to the task"
                    + (others ? "" : " and PyTorch sees none there")
                    + "; start executors with GPUs (spark.executor.resource.gpu.amount,"
                    + " spark.task.resource.gpu.amount) or set model.device = cpu");
        }

        return CPU;
    }

    private int ordinal(String address) {
        List<String> named = visible == null
                ? List.of()
                : Arrays.stream(visible.split(",", -1)).map(String::strip).toList();
        for (int i = 0; i < named.size(); i++) {
            if (isNameOf(named.get(i), address)) {
                return i;
            }
        }

        if (address.matches("[0-9]{1,3}")) {
            return Integer.parseInt(address);
        }

        if (seen.getAsInt() == 1) {
            return 0;
        }

        throw new UserError("Spark assigned the GPU " + address + ", which is no number, and CUDA_VISIBLE_DEVICES "
                + (visible == null ? "is not set" : "(" + visible + ") does not name it")
                + ", so its place among the " + seen.getAsInt() + " that PyTorch sees is not known; let the script of"
                + " spark.executor.resource.gpu.discoveryScript print indices, or set CUDA_VISIBLE_DEVICES there");
    }

    private static boolean isNameOf(String name, String address) {
        boolean shortened = name.startsWith("GPU-") || name.startsWith("MIG-");
        return name.equals(address) || (shortened && address.startsWith(name));
    }
}
