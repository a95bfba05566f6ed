package dev.tapetum.job;

import dev.tapetum.config.DeviceChoice;
import dev.tapetum.image.DecodeLimits;
import dev.tapetum.image.Preprocessing;
import dev.tapetum.job.source.ImageBytes;
import dev.tapetum.job.source.IndexedImage;
import dev.tapetum.job.source.ListedImage;
import dev.tapetum.probe.Device;
import dev.tapetum.probe.Scheduler;
import dev.tapetum.table.EvidenceRow;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.util.TaskCompletionListener;

/**
 * The work of one task: from listed images to evidence, on the model of this process.
 *
 * <p>What a task opened closes with the task, whether it ends well or not; the model stays for the next one.
 */
record AuditTask(
        ImageAudit audit,
        ModelSource model,
        DeviceChoice device,
        int batch,
        Preprocessing preprocessing,
        DecodeLimits limits,
        ImageBytes bytes,
        Progress.Counters counters)
        implements MapPartitionsFunction<IndexedImage, EvidenceRow> {

    @Override
    public Iterator<EvidenceRow> call(Iterator<IndexedImage> images) {
        Device own = newDevice();
        TaskContext task = TaskContext.get();
        task.addTaskCompletionListener((TaskCompletionListener) done -> own.close());

        DecodeAhead<IndexedImage, Prepared> prepared = new DecodeAhead<>(images, preparing(), batch);
        task.addTaskCompletionListener((TaskCompletionListener) done -> prepared.close());
        return new EvidenceRows(prepared, audit, new Scheduler(own, batch), counters);
    }

    /** The model of this process, on the device that this task was given. */
    Device newDevice() {
        return ModelHost.model(model, device, counters.modelLoads()).newDevice();
    }

    /** How this task's images are read and decoded. */
    ImagePreparation preparation() {
        return new ImagePreparation(preprocessing, limits, classIndices(), bytes, DecodeBudget.OF_PROCESS);
    }

    /** Edited images are decoded of the images that interventions run on, and of no others. */
    private Function<IndexedImage, Prepared> preparing() {
        ImagePreparation preparation = preparation();
        ImageInterventions interventions = audit.interventions();
        return indexed -> {
            ListedImage image = indexed.image();
            boolean drawn =
                    interventions.inclusion().weight(image.imageId(), image.attributes(), interventions.seed()) > 0;
            return preparation.prepare(indexed.withSeries(edited -> drawn));
        };
    }

    private Map<String, Integer> classIndices() {
        List<String> classes = audit.model().classes();
        Map<String, Integer> indices = new HashMap<>();
        for (int c = 0; c < classes.size(); c++) {
            indices.putIfAbsent(classes.get(c), c);
        }

        return indices;
    }
}
