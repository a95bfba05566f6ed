package dev.tapetum.job;

import dev.tapetum.UserError;
import dev.tapetum.config.DeviceChoice;
import dev.tapetum.model.ModelBundle;
import dev.tapetum.model.djl.DjlModel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;
import org.apache.spark.util.CollectionAccumulator;

/**
 * The models of this process: each is loaded once per device, by the first task that needs it, and shared by all.
 *
 * <p>Models stay loaded until the process ends, since the next wave needs them again.
 */
final class ModelHost {

    private static final ConcurrentMap<Key, DjlModel> LOADED = new ConcurrentHashMap<>();

    private ModelHost() {}

    private record Key(String sha256, int gpu) {}

    /**
     * The model on the device that the plan chose and Spark assigned to this task.
     *
     * @param loads hears of every loading, as {@code executor ID on DEVICE}
     */
    static DjlModel model(ModelSource source, DeviceChoice choice, CollectionAccumulator<String> loads) {
        TaskContext task = TaskContext.get();
        // A task may use the cores that Spark gave it and no more. The first task of a process decides.
        System.getProperties().putIfAbsent("ai.djl.pytorch.num_threads", String.valueOf(Math.max(1, task.cpus())));
        System.getProperties().putIfAbsent("ai.djl.offline", "true");
        int gpu = gpu(choice, task.resourcesJMap());
        return LOADED.computeIfAbsent(new Key(source.sha256(), gpu), key -> {
            ModelBundle bundle = source.fetch();
            DjlModel model = DjlModel.load(bundle.directory(), bundle.card(), gpu);
            loads.add("executor " + SparkEnv.get().executorId() + " on " + (gpu < 0 ? "cpu" : "gpu:" + gpu));
            return model;
        });
    }

    /** The GPU's ordinal, or −1 for the CPU. A GPU that was asked for and is missing is an error. */
    private static int gpu(DeviceChoice choice, Map<String, ResourceInformation> resources) {
        if (choice.equals(DeviceChoice.CPU)) {
            return -1;
        }

        if (choice.gpuIndex() >= 0) {
            return choice.gpuIndex();
        }

        ResourceInformation assigned = resources.get("gpu");
        if (assigned != null && assigned.addresses().length > 0) {
            return Integer.parseInt(assigned.addresses()[0]);
        }

        boolean present = DjlModel.gpus() > 0;
        if (choice.requiresGpu() && !present) {
            throw new UserError("model.device = gpu, but Spark assigned none to executor "
                    + SparkEnv.get().executorId()
                    + " and PyTorch sees none there; start executors with GPUs (spark.executor.resource.gpu.amount,"
                    + " spark.task.resource.gpu.amount) or set model.device = cpu");
        }

        return present ? 0 : -1;
    }
}
