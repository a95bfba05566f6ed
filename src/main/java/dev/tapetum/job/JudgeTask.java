package dev.tapetum.job;

import dev.tapetum.job.source.IndexedImage;
import dev.tapetum.model.Tap;
import dev.tapetum.probe.Admission;
import dev.tapetum.probe.Device;
import dev.tapetum.probe.Outcome;
import dev.tapetum.probe.Scheduler;
import dev.tapetum.sae.Judgement;
import dev.tapetum.sae.SaeBundle;
import dev.tapetum.sae.SparseAutoencoder;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.jspecify.annotations.Nullable;

/**
 * Judges an autoencoder by the images of one task.
 *
 * @param bundle its folder, wherever Hadoop reads it
 */
record JudgeTask(TokenSource images, Tap tap, String bundle, SaeFolder folder, Progress.Counters counters)
        implements MapPartitionsFunction<IndexedImage, JudgedPart> {

    @Override
    public Iterator<JudgedPart> call(Iterator<IndexedImage> listed) {
        if (!listed.hasNext()) {
            return List.<JudgedPart>of().iterator();
        }

        SparseAutoencoder autoencoder = autoencoder(bundle, folder);
        Judgement total = Judgement.none(autoencoder.width(), autoencoder.features());
        try (Device device = images.newDevice(counters);
                DecodeAhead<IndexedImage, Prepared> prepared = images.prepared(listed)) {
            Ready ready = new Ready(prepared, autoencoder);
            Iterator<Outcome<Judgement>> outcomes = new Scheduler(device, images.batch()).run(ready);
            long unusable = 0;
            while (outcomes.hasNext()) {
                Judgement one = outcomes.next().result();
                unusable += one.loss().images() == 0 ? 1 : 0;
                total = total.merge(one);
            }

            return List.of(JudgedPart.of(total, unusable + ready.rejected)).iterator();
        }
    }

    /** The autoencoder of a bundle that training has written. */
    static SparseAutoencoder autoencoder(String bundle, SaeFolder folder) {
        return SaeBundle.read(
                        BundleFolder.local(bundle, folder.hadoop(), "sae.training.output", "tapetum sae train"), bundle)
                .load(bundle);
    }

    /** Images that can be judged by; counts the others. */
    private final class Ready implements Iterator<Admission<Judgement>> {

        private final Iterator<Prepared> prepared;
        private final SparseAutoencoder autoencoder;
        private @Nullable Admission<Judgement> next;
        private long rejected;

        Ready(Iterator<Prepared> prepared, SparseAutoencoder autoencoder) {
            this.prepared = prepared;
            this.autoencoder = autoencoder;
        }

        @Override
        public boolean hasNext() {
            while (next == null && prepared.hasNext()) {
                DecodedImage image = prepared.next().image();
                if (image == null) {
                    rejected++;
                } else {
                    next = new Admission<>(
                            image.pixels(), () -> Judgement.program(tap, autoencoder, image.labelIndex()));
                }
            }

            return next != null;
        }

        @Override
        public Admission<Judgement> next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException();
            }

            Admission<Judgement> admission = next;
            next = null;
            return admission;
        }
    }
}
