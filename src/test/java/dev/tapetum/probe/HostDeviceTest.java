package dev.tapetum.probe;

import dev.tapetum.model.TwoLayerReluModel;

final class HostDeviceTest extends DeviceContract {

    @Override
    protected Device open(TwoLayerReluModel model) {
        return new HostDevice(model);
    }
}
