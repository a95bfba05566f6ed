package dev.tapetum.probe;

import dev.tapetum.model.InputSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** A device that has room for so many rows, and remembers what it was asked. */
final class CountingDevice implements Device {

    /** One batch that was answered. */
    record Batch(Lane lane, int rows) {}

    private final Device device;
    private final ToIntFunction<Lane> rooms;
    private final List<Batch> batches = new ArrayList<>();
    private int held;
    private int mostHeld;
    private int refused;

    CountingDevice(Device device, int room) {
        this(device, lane -> room);
    }

    /** @param rooms the rows that there is room for, by lane */
    CountingDevice(Device device, ToIntFunction<Lane> rooms) {
        this.device = device;
        this.rooms = rooms;
    }

    List<Batch> batches() {
        return batches;
    }

    int held() {
        return held;
    }

    int mostHeld() {
        return mostHeld;
    }

    int refused() {
        return refused;
    }

    @Override
    public InputSpec input() {
        return device.input();
    }

    @Override
    public HeldImage hold(float[] pixels) {
        held++;
        mostHeld = Math.max(mostHeld, held);
        return new Held(device.hold(pixels));
    }

    @Override
    public List<Reply> answer(List<Request> batch) {
        Lane lane = Lane.of(batch.get(0).probe());
        int room = rooms.applyAsInt(lane);
        if (batch.size() > room) {
            refused++;
            throw new OutOfDeviceMemoryException(batch.size() + " rows, room for " + room, new RuntimeException());
        }

        batches.add(new Batch(lane, batch.size()));
        return device.answer(batch.stream()
                .map(request -> new Request(
                        ((Held) request.image()).image, request.probe(), request.along(), request.contributions()))
                .toList());
    }

    @Override
    public float[] fetch(HeldImage image, Fetch fetch) {
        return device.fetch(((Held) image).image, fetch);
    }

    @Override
    public void close() {
        device.close();
    }

    private final class Held implements HeldImage {

        private final HeldImage image;

        Held(HeldImage image) {
            this.image = image;
        }

        @Override
        public void close() {
            held--;
            image.close();
        }
    }
}
