package dev.tapetum.job;

import dev.tapetum.image.OpenedImage;
import dev.tapetum.image.RejectReason;
import dev.tapetum.image.RejectedImageException;
import dev.tapetum.image.RgbImage;
import java.util.Locale;
import java.util.concurrent.Semaphore;

/**
 * The heap that all images being decoded in this process may hold at once. As many threads decode as there are cores,
 * and one image of the default limits takes half a gigabyte and more: without a budget, a few large ones that meet would
 * end the executor.
 *
 * <p>An image that is larger than the whole budget takes all of it, and so is decoded alone. Whoever came first is served
 * first, so that small images do not keep a large one waiting for ever.
 */
final class DecodeBudget {

    /** Permits are ints; in this unit they reach for a heap of two pebibytes. */
    private static final long UNIT = 1 << 20;

    /** The other half is Spark's, and that of encoded files and of images that wait in the model's size. */
    static final DecodeBudget OF_PROCESS = new DecodeBudget(Runtime.getRuntime().maxMemory() / 2);

    private final int whole;
    private final Semaphore free;

    /** @param bytes rounded down to mebibytes, and up to one */
    DecodeBudget(long bytes) {
        this.whole = (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytes / UNIT));
        this.free = new Semaphore(whole, true);
    }

    /** What becomes of a decoded image, which is large, in the model's size. */
    interface Framing<T> {
        T frame(RgbImage image) throws RejectedImageException;
    }

    /**
     * Decodes an image as soon as there is room for it; the room is given back when the image has been framed. Neither
     * the framing nor what calls this may ask for room itself.
     *
     * <p>When the heap does not suffice all the same, because the rest of the process took more than its half, the image is
     * decoded once more with nothing beside it: whether it is rejected should not depend on its neighbours.
     *
     * @throws RejectedImageException OUT_OF_MEMORY when the heap is too small for this image alone, FAILED when the stack is,
     *     else as decoding and framing
     * @throws IllegalStateException when the thread is interrupted, because its task has ended
     */
    <T> T decode(OpenedImage image, Framing<T> framing) throws RejectedImageException {
        try {
            return within(units(image), image, framing);
        } catch (OutOfMemoryError e) {
            return alone(image, framing);
        }
    }

    private <T> T alone(OpenedImage image, Framing<T> framing) throws RejectedImageException {
        try {
            return within(whole, image, framing);
        } catch (OutOfMemoryError e) {
            throw new RejectedImageException(
                    RejectReason.OUT_OF_MEMORY,
                    String.format(
                            Locale.ROOT,
                            "Decoding needs about %,d MiB, and the heap of %,d MiB has no room for that; give the"
                                    + " executors more memory or lower dataset.limits.max-pixels",
                            image.heapToDecode() / UNIT + 1,
                            Runtime.getRuntime().maxMemory() / UNIT),
                    e);
        }
    }

    private <T> T within(int units, OpenedImage image, Framing<T> framing) throws RejectedImageException {
        try {
            free.acquire(units);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The task ended while an image waited to be decoded", e);
        }

        try {
            return framing.frame(image.decode());
        } catch (StackOverflowError e) {
            throw new RejectedImageException(RejectReason.FAILED, "Decoding never came to an end of its recursion", e);
        } finally {
            free.release(units);
        }
    }

    private int units(OpenedImage image) {
        return (int) Math.min(whole, image.heapToDecode() / UNIT + 1);
    }
}
