package dev.tapetum.probe;

import dev.tapetum.model.InputSpec;
import java.util.List;
import java.util.function.Function;

/** A device with so many cells of memory: images hold some, and rows and fetches need some for as long as they last. */
public final class SmallDevice implements Device {

    private final Device device;
    private final int cells;
    private final Function<float[], Needs> needs;
    private int held;

    public SmallDevice(Device device, int cells, Function<float[], Needs> needs) {
        this.device = device;
        this.cells = cells;
        this.needs = needs;
    }

    /** The cells that an image needs while it is held, and more for each row, and more for a fetch. */
    public record Needs(int held, int row, int fetch) {}

    int held() {
        return held;
    }

    @Override
    public InputSpec input() {
        return device.input();
    }

    @Override
    public HeldImage hold(float[] pixels) {
        Needs own = needs.apply(pixels);
        require(own.held, "an image");
        held += own.held;
        return new Held(device.hold(pixels), own);
    }

    @Override
    public List<Reply> answer(List<Request> batch) {
        require(
                batch.stream()
                        .mapToInt(request -> held(request.image()).needs.row)
                        .sum(),
                batch.size() + " rows");
        return device.answer(batch.stream()
                .map(request -> new Request(
                        held(request.image()).image, request.probe(), request.along(), request.contributions()))
                .toList());
    }

    @Override
    public float[] fetch(HeldImage image, Fetch fetch) {
        require(held(image).needs.fetch, "a fetch");
        return device.fetch(held(image).image, fetch);
    }

    @Override
    public void close() {
        device.close();
    }

    private void require(int wanted, String what) {
        if (held + wanted > cells) {
            throw new OutOfDeviceMemoryException("No room for " + what, new RuntimeException());
        }
    }

    private static Held held(HeldImage image) {
        return (Held) image;
    }

    private final class Held implements HeldImage {

        private final HeldImage image;
        private final Needs needs;

        Held(HeldImage image, Needs needs) {
            this.image = image;
            this.needs = needs;
        }

        @Override
        public void close() {
            held -= needs.held;
            image.close();
        }
    }
}
