package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.attribution.Saliency;
import dev.tapetum.config.MapSettings;
import dev.tapetum.config.Resolution;
import dev.tapetum.config.Target;
import dev.tapetum.job.source.IndexedImage;
import dev.tapetum.job.source.ListedImage;
import dev.tapetum.model.Toys;
import dev.tapetum.model.TwoLayerReluModel;
import dev.tapetum.probe.Device;
import dev.tapetum.probe.HostDevice;
import dev.tapetum.probe.OutOfDeviceMemoryException;
import dev.tapetum.probe.Scheduler;
import dev.tapetum.probe.SmallDevice;
import dev.tapetum.probe.SmallDevice.Needs;
import dev.tapetum.table.DecodedPart;
import dev.tapetum.table.MapEncoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;

final class EvidenceRowsTest {

    private static final TwoLayerReluModel MODEL = Toys.relu();

    @Test
    void aDeviceWithoutRoomEndsTheTaskAndRejectsNoImage() {
        float[] large = Toys.image(2);
        Device device = new SmallDevice(
                new HostDevice(MODEL),
                50,
                pixels -> Arrays.equals(pixels, large) ? new Needs(1, 100, 0) : new Needs(1, 1, 0));
        Progress.Counters counters = new Progress.Counters(
                new LongAccumulator(), new LongAccumulator(), new LongAccumulator(), new CollectionAccumulator<>());
        EvidenceRows rows = new EvidenceRows(prepared(6).iterator(), audit(), new Scheduler(device, 4), counters);

        assertThatThrownBy(() -> rows.forEachRemaining(row -> {})).isInstanceOf(OutOfDeviceMemoryException.class);
        assertThat(counters.rejects().value()).isZero();
    }

    private static ImageAudit audit() {
        MapSettings map = new MapSettings(Resolution.FULL, MapEncoding.FLOAT32);
        return new ImageAudit(
                Toys.card(MODEL),
                Target.PREDICTED,
                List.of(new Saliency(false)),
                List.of(),
                map,
                References.NONE,
                TaskHarness.noInterventions(Toys.card(MODEL)),
                null,
                7);
    }

    private static List<Prepared> prepared(int images) {
        List<Prepared> prepared = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            String id = "image " + i;
            ListedImage listed = new ListedImage(id, id, null, null, null, Map.of(), null, null, null, null);
            prepared.add(new Prepared(
                    new IndexedImage(0, listed),
                    -1,
                    new DecodedPart(4, 4, 100, "digest"),
                    new DecodedImage(id, -1, Toys.image(i), null),
                    null));
        }

        return prepared;
    }
}
