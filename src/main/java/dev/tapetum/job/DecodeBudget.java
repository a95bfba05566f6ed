package dev.tapetum.job;

import dev.tapetum.image.OpenedImage;
import dev.tapetum.image.RejectReason;
import dev.tapetum.image.RejectedImageException;
import dev.tapetum.image.RgbImage;
import dev.tapetum.job.source.TaskEndedException;
import java.util.Locale;
import java.util.concurrent.Semaphore;

/**
 * The heap that all images being read and decoded in this process may hold at once. As many threads decode as there are cores,
 * and one image of the default limits takes half a gigabyte and more: without a budget, a few large ones that meet would
 * end the executor.
 *
 * <p>An image that is larger than the whole budget takes all of it, and so is decoded alone. Whoever came first is served
 * first, so that small images do not keep a large one waiting for ever.
 */
final class DecodeBudget {

    /** Permits are ints; in this unit they reach for a heap of two pebibytes. */
    private static final long UNIT = 1 << 20;

    /** The encoded file, and what an opened image keeps of it. */
    private static final long COPIES = 2;

    /** The other half is Spark's, and that of images that wait in the model's size. */
    static final DecodeBudget OF_PROCESS = new DecodeBudget(Runtime.getRuntime().maxMemory() / 2);

    private final int whole;
    private final Semaphore free;

    /** @param bytes rounded down to mebibytes, and up to one */
    DecodeBudget(long bytes) {
        this.whole = (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytes / UNIT));
        this.free = new Semaphore(whole, true);
    }

    /** One image on its way from its file to the model's size. Both steps are done afresh when the heap did not suffice. */
    interface Work<T> {

        /** Reads the file and its header. */
        OpenedImage open() throws RejectedImageException;

        /** What becomes of the decoded image, which is large. */
        T frame(RgbImage image) throws RejectedImageException;
    }

    /** A part of the work, done while its room is taken. */
    private interface Step<T> {
        T done() throws RejectedImageException;
    }

    /**
     * Reads and decodes an image as soon as there is room for it; the room is given back when the image has been framed.
     * What decoding needs is known only when the file is open, and is waited for after the room for the file has been given
     * back: whoever waited with room in hand could wait for ever. So what lies outside the budget meanwhile is one encoded
     * file per thread. Neither the work nor what calls this may ask for room itself.
     *
     * <p>When the heap does not suffice all the same, because the rest of the process took more than its half, the image is
     * read and decoded once more with nothing beside it: whether it is rejected should not depend on its neighbours.
     *
     * @param encodedLength the bytes of the file; less than 0 when nobody knows before it is read
     * @throws RejectedImageException OUT_OF_MEMORY when the heap is too small for this image alone, FAILED when the stack is,
     *     else as the work
     * @throws TaskEndedException when the thread is interrupted
     */
    <T> T decode(long encodedLength, Work<T> work) throws RejectedImageException {
        long needs = COPIES * Math.max(0, encodedLength);
        try {
            OpenedImage opened = within(units(needs), work::open);
            needs = needs(opened);
            return within(units(needs), () -> work.frame(opened.decode()));
        } catch (OutOfMemoryError e) {
            return alone(needs, work);
        }
    }

    private <T> T alone(long needs, Work<T> work) throws RejectedImageException {
        try {
            return within(whole, () -> work.frame(work.open().decode()));
        } catch (OutOfMemoryError e) {
            throw new RejectedImageException(
                    RejectReason.OUT_OF_MEMORY,
                    String.format(
                            Locale.ROOT,
                            "Reading and decoding needs about %,d MiB, and the heap of %,d MiB has no room for that; give the"
                                    + " executors more memory or lower dataset.limits",
                            needs / UNIT + 1,
                            Runtime.getRuntime().maxMemory() / UNIT),
                    e);
        }
    }

    private <T> T within(int units, Step<T> step) throws RejectedImageException {
        try {
            free.acquire(units);
        } catch (InterruptedException e) {
            throw TaskEndedException.whenInterrupted("an image waited to be decoded", e);
        }

        try {
            return step.done();
        } catch (StackOverflowError e) {
            throw new RejectedImageException(RejectReason.FAILED, "Decoding never came to an end of its recursion", e);
        } finally {
            free.release(units);
        }
    }

    private static long needs(OpenedImage image) {
        return COPIES * image.encodedLength() + image.heapToDecode();
    }

    private int units(long bytes) {
        return (int) Math.min(whole, bytes / UNIT + 1);
    }
}
