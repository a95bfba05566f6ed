package dev.tapetum.job;

import dev.tapetum.config.DeviceChoice;
import dev.tapetum.model.ModelBundle;
import dev.tapetum.model.djl.DjlModel;
import java.util.List;
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

    /** The id of the driver as an executor, which it is in local mode only. */
    private static final String LOCAL_EXECUTOR = "driver";

    private static final ConcurrentMap<Key, DjlModel> LOADED = new ConcurrentHashMap<>();

    private ModelHost() {}

    private record Key(String sha256, int gpu) {}

    /**
     * The model on the device that the plan chose and Spark assigned to this task, {@link GpuOffer}.
     *
     * @param loads hears of every loading, as {@code executor ID on DEVICE}
     */
    static DjlModel model(ModelSource source, DeviceChoice choice, CollectionAccumulator<String> loads) {
        int gpu = gpu(choice);
        return LOADED.computeIfAbsent(new Key(source.sha256(), gpu), key -> {
            ModelBundle bundle = source.fetch();
            DjlModel model = DjlModel.load(bundle.directory(), bundle.card(), gpu);
            loads.add(
                    "executor " + SparkEnv.get().executorId() + " on " + (gpu == GpuOffer.CPU ? "cpu" : "gpu:" + gpu));
            return model;
        });
    }

    /** The ordinal of the GPU on which this task's models belong, or {@link GpuOffer#CPU}; to be asked before any is loaded. */
    static int gpu(DeviceChoice choice) {
        TaskContext task = TaskContext.get();
        // A task may use the cores that Spark gave it and no more. The first task of a process decides.
        System.getProperties().putIfAbsent("ai.djl.pytorch.num_threads", String.valueOf(Math.max(1, task.cpus())));
        System.getProperties().putIfAbsent("ai.djl.offline", "true");
        return offer(task).taken(choice);
    }

    private static GpuOffer offer(TaskContext task) {
        SparkEnv spark = SparkEnv.get();
        ResourceInformation assigned = task.resourcesJMap().get("gpu");
        return new GpuOffer(
                assigned == null ? List.of() : List.of(assigned.addresses()),
                spark.conf().contains("spark.executor.resource.gpu.amount")
                        || spark.conf().contains("spark.task.resource.gpu.amount"),
                spark.executorId().equals(LOCAL_EXECUTOR),
                System.getenv("CUDA_VISIBLE_DEVICES"),
                DjlModel::gpus);
    }
}
