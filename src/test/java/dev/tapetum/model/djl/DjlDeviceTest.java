package dev.tapetum.model.djl;

import dev.tapetum.model.Tap;
import dev.tapetum.model.Toys;
import dev.tapetum.model.TwoLayerReluModel;
import dev.tapetum.probe.Device;
import dev.tapetum.probe.DeviceContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class DjlDeviceTest extends DeviceContract {

    private static DjlModel relu = null;
    private static DjlModel tokens = null;

    @BeforeAll
    static void load() {
        relu = ToyBundles.load("toy-relu", Toys.relu());
        tokens = ToyBundles.load("toy-tokens", Toys.tokens());
    }

    @AfterAll
    static void close() {
        relu.close();
        tokens.close();
    }

    @Override
    protected Device open(TwoLayerReluModel model) {
        return (model.tap().layout() == Tap.Layout.TOKENS ? tokens : relu).newDevice();
    }
}
