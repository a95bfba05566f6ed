package dev.tapetum.job;

import dev.tapetum.job.source.IndexedImage;
import dev.tapetum.job.source.StorageException;
import dev.tapetum.model.Tap;
import dev.tapetum.probe.Admission;
import dev.tapetum.probe.Ask;
import dev.tapetum.probe.Device;
import dev.tapetum.probe.Probe;
import dev.tapetum.probe.Program;
import dev.tapetum.probe.Round;
import dev.tapetum.probe.Scheduler;
import dev.tapetum.probe.Stimulus;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Encodes a few images again, for how some features lie on their grids. */
record ExemplarTask(AuditTask audit, FeatureSource source) implements Serializable {

    private static final Logger LOG = LoggerFactory.getLogger(ExemplarTask.class);

    /** One feature on the grid of one image, public for the encoder. Equality is by component, of the activations by identity. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Grid(String imageId, int feature, int rows, int cols, float[] activations) {}

    /** @param wanted the features of each image */
    MapPartitionsFunction<IndexedImage, Grid> encoding(Map<String, List<Integer>> wanted) {
        return images -> grids(images, wanted);
    }

    private Iterator<Grid> grids(Iterator<IndexedImage> images, Map<String, List<Integer>> wanted) {
        List<Grid> grids = new ArrayList<>();
        List<DecodedImage> decoded = decoded(images);
        try (Device device = audit.newDevice()) {
            new Scheduler(device, audit.batch())
                    .run(decoded.stream()
                            .map(image -> new Admission<>(
                                    image.pixels(),
                                    () -> program(image, Objects.requireNonNull(wanted.get(image.imageId())))))
                            .iterator())
                    .forEachRemaining(outcome -> grids.addAll(outcome.result()));
        }

        return grids.iterator();
    }

    /** Those that can be had once more: an image that cannot is one less to look at. */
    private List<DecodedImage> decoded(Iterator<IndexedImage> images) {
        List<DecodedImage> decoded = new ArrayList<>();
        ImagePreparation preparation = audit.preparation();
        try {
            while (images.hasNext()) {
                Prepared prepared = preparation.prepare(images.next().withSeries(edited -> false));
                DecodedImage image = prepared.image();
                if (image == null) {
                    LOG.warn("An exemplar is left out: {}", prepared.reject());
                } else {
                    decoded.add(image);
                }
            }
        } catch (StorageException e) {
            // Waiting once more for each of the others would not help.
            LOG.warn("Exemplars are left out", e);
        }

        return decoded;
    }

    private Program<List<Grid>> program(DecodedImage image, List<Integer> features) {
        Tap tap = source.tap();
        Ask.Features ask = new Ask.Features(tap, source.encoder(), 1, features);
        return Program.asking(Round.of(new Probe(Stimulus.ORIGINAL, ask)), answers -> {
            List<float[]> activations = answers.get(0).features().grids();
            List<Grid> grids = new ArrayList<>();
            for (int i = 0; i < features.size(); i++) {
                grids.add(new Grid(image.imageId(), features.get(i), tap.rows(), tap.cols(), activations.get(i)));
            }

            return grids;
        });
    }
}
