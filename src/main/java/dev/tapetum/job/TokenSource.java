package dev.tapetum.job;

import dev.tapetum.config.DeviceChoice;
import dev.tapetum.config.Plan;
import dev.tapetum.image.DecodeLimits;
import dev.tapetum.image.Preprocessing;
import dev.tapetum.job.source.HadoopSettings;
import dev.tapetum.job.source.ImageBytes;
import dev.tapetum.job.source.IndexedImage;
import dev.tapetum.model.ModelBundle;
import dev.tapetum.probe.Device;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** How a task gets at the images of a plan and at its model, whatever it wants to know of them. */
record TokenSource(
        ModelSource model,
        List<String> classes,
        DeviceChoice device,
        int batch,
        Preprocessing preprocessing,
        DecodeLimits limits,
        ImageBytes bytes)
        implements Serializable {

    static TokenSource of(Plan plan, ModelBundle bundle, HadoopSettings hadoop) {
        return new TokenSource(
                new ModelSource(plan.model().path(), bundle.sha256(), hadoop),
                bundle.card().classes(),
                plan.model().device(),
                plan.model().batch(),
                bundle.preprocessing(),
                plan.dataset().limits(),
                new ImageBytes(hadoop, plan.dataset().limits().maxBytes()));
    }

    /** The model of this process, on the device that this task was given. */
    Device newDevice(Progress.Counters counters) {
        return ModelHost.model(model, device, counters.modelLoads()).newDevice();
    }

    /** The images, decoded in order while the device works on earlier ones; without the edited ones that the user may have. */
    DecodeAhead<IndexedImage, Prepared> prepared(Iterator<IndexedImage> listed) {
        ImagePreparation preparation = preparation();
        return new DecodeAhead<>(listed, indexed -> preparation.prepare(indexed.withSeries(edited -> false)), batch);
    }

    ImagePreparation preparation() {
        return new ImagePreparation(preprocessing, limits, indices(), bytes, DecodeBudget.OF_PROCESS);
    }

    private Map<String, Integer> indices() {
        Map<String, Integer> indices = new HashMap<>();
        for (int c = 0; c < classes.size(); c++) {
            indices.putIfAbsent(classes.get(c), c);
        }

        return indices;
    }
}
