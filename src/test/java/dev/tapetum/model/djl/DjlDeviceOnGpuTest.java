package dev.tapetum.model.djl;

import dev.tapetum.model.ModelBundle;
import dev.tapetum.model.Tap;
import dev.tapetum.model.TwoLayerReluModel;
import dev.tapetum.probe.Device;
import dev.tapetum.probe.DeviceContract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

/** The same contract on the first GPU, where there is one. */
final class DjlDeviceOnGpuTest extends DeviceContract {

    private static final List<DjlModel> MODELS = new ArrayList<>();

    @BeforeAll
    static void load() {
        Assumptions.assumeTrue(DjlModel.gpus() > 0, "PyTorch sees no GPU here");
        for (String name : List.of(ToyBundles.RELU, ToyBundles.TOKENS)) {
            ModelBundle bundle = ToyBundles.bundle(name);
            MODELS.add(DjlModel.load(bundle.directory(), bundle.card(), 0));
        }
    }

    @AfterAll
    static void close() {
        MODELS.forEach(DjlModel::close);
    }

    @Override
    protected Device open(TwoLayerReluModel model) {
        return MODELS.get(model.tap().layout() == Tap.Layout.TOKENS ? 1 : 0).newDevice();
    }
}
