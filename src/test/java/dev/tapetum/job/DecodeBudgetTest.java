package dev.tapetum.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tapetum.image.DecodeLimits;
import dev.tapetum.image.ImageDecoder;
import dev.tapetum.image.ImageEncoder;
import dev.tapetum.image.OpenedImage;
import dev.tapetum.image.RejectReason;
import dev.tapetum.image.RejectedImageException;
import dev.tapetum.image.RgbImage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class DecodeBudgetTest {

    private static final long MIB = 1 << 20;
    private static final int THREADS = 6;

    /** A million pixels, of three bytes each: it counts as three mebibytes. */
    private static final OpenedImage IMAGE = opened();

    @Test
    void imagesAreDecodedAtOnceOnlyAsFarAsTheBudgetGoes() throws Exception {
        assertThat(mostAtOnce(new DecodeBudget(8 * MIB))).isEqualTo(2);
        assertThat(mostAtOnce(new DecodeBudget(100 * MIB))).isEqualTo(THREADS);
    }

    /** The file and a copy of it take three mebibytes, counted as four. */
    @Test
    void filesAreReadAtOnceOnlyAsFarAsTheBudgetGoes() throws Exception {
        assertThat(mostReading(new DecodeBudget(8 * MIB), 3 * MIB / 2)).isEqualTo(2);
        assertThat(mostReading(new DecodeBudget(100 * MIB), 3 * MIB / 2)).isEqualTo(THREADS);
    }

    @Test
    void aFileThatRanOutOfHeapAsItWasOpenedIsOpenedOnceMoreAlone() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        DecodeBudget budget = new DecodeBudget(4 * MIB);

        int width = budget.decode(
                MIB,
                work(
                        () -> {
                            if (attempts.incrementAndGet() == 1) {
                                moreThanAnyHeap();
                            }

                            return IMAGE;
                        },
                        RgbImage::width));

        assertThat(width).isEqualTo(1000);
        assertThat(attempts).hasValue(2);
    }

    @Test
    void anImageBeyondTheWholeBudgetIsDecodedAlone() throws Exception {
        assertThat(mostAtOnce(new DecodeBudget(2 * MIB))).isEqualTo(1);
        assertThat(mostAtOnce(new DecodeBudget(0))).isEqualTo(1);
    }

    @Test
    void theShareOfAnImageThatIsRejectedComesBack() throws Exception {
        DecodeBudget budget = new DecodeBudget(4 * MIB);
        RejectedImageException reject = new RejectedImageException(RejectReason.WRONG_SIZE, "Too small");

        assertThatThrownBy(() -> decode(budget, image -> {
                    throw reject;
                }))
                .isSameAs(reject);
        assertThat(decode(budget, RgbImage::width)).isEqualTo(1000);
    }

    @Test
    void anImageThatRanOutOfHeapBesideOthersIsDecodedOnceMoreAlone() throws Exception {
        AtomicInteger attempts = new AtomicInteger();

        int width = decode(
                new DecodeBudget(100 * MIB),
                image -> attempts.incrementAndGet() == 1 ? moreThanAnyHeap().length : image.width());

        assertThat(width).isEqualTo(1000);
        assertThat(attempts).hasValue(2);
    }

    @Test
    void anImageThatRunsOutOfHeapAloneIsARejectAndNotTheEndOfTheTask() throws Exception {
        DecodeBudget budget = new DecodeBudget(4 * MIB);

        assertThatThrownBy(() -> decode(budget, image -> moreThanAnyHeap().length))
                .isInstanceOf(RejectedImageException.class)
                .hasFieldOrPropertyWithValue("reason", RejectReason.OUT_OF_MEMORY)
                .hasMessageContaining("needs about 3 MiB")
                .hasMessageContaining("lower dataset.limits");
        assertThat(decode(budget, RgbImage::width)).isEqualTo(1000);
    }

    @Test
    void anImageThatEndsTheStackIsAReject() {
        assertThatThrownBy(() -> decode(new DecodeBudget(MIB), DecodeBudgetTest::endlessly))
                .isInstanceOf(RejectedImageException.class)
                .hasFieldOrPropertyWithValue("reason", RejectReason.FAILED);
    }

    @Test
    void aTaskThatEndsWaitsNoLonger() throws Exception {
        DecodeBudget budget = new DecodeBudget(MIB);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            decode(budget, image -> {
                Future<Integer> waiting = threads.submit(() -> decode(budget, RgbImage::width));
                waiting.cancel(true);
                return 0;
            });
        } finally {
            threads.shutdown();
        }

        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(decode(budget, RgbImage::width)).isEqualTo(1000);
    }

    /** How many of six threads were in the middle of it together; each waits long enough for the others to come. */
    private static int mostAtOnce(DecodeBudget budget) throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                all.add(threads.submit(() -> decode(budget, image -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    pause();
                    return now.decrementAndGet();
                })));
            }

            for (Future<Integer> one : all) {
                one.get();
            }
        } finally {
            threads.shutdown();
        }

        return most.get();
    }

    /** How many of six threads were in the middle of reading a file of this length. */
    private static int mostReading(DecodeBudget budget, long length) throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                all.add(threads.submit(() -> budget.decode(
                        length,
                        work(
                                () -> {
                                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                                    pause();
                                    now.decrementAndGet();
                                    return IMAGE;
                                },
                                RgbImage::width))));
            }

            for (Future<Integer> one : all) {
                one.get();
            }
        } finally {
            threads.shutdown();
        }

        return most.get();
    }

    private interface Opening {
        OpenedImage open() throws RejectedImageException;
    }

    private interface Framing<T> {
        T frame(RgbImage image) throws RejectedImageException;
    }

    private static <T> T decode(DecodeBudget budget, Framing<T> framing) throws RejectedImageException {
        return budget.decode(IMAGE.encodedLength(), work(() -> IMAGE, framing));
    }

    private static <T> DecodeBudget.Work<T> work(Opening opening, Framing<T> framing) {
        return new DecodeBudget.Work<>() {
            @Override
            public OpenedImage open() throws RejectedImageException {
                return opening.open();
            }

            @Override
            public T frame(RgbImage image) throws RejectedImageException {
                return framing.frame(image);
            }
        };
    }

    private static void pause() {
        try {
            Thread.sleep(300);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] moreThanAnyHeap() {
        return new byte[Integer.MAX_VALUE];
    }

    @SuppressWarnings("InfiniteRecursion") // that is the point
    private static int endlessly(RgbImage image) {
        return 1 + endlessly(image);
    }

    private static OpenedImage opened() {
        byte[] png = ImageEncoder.png(new RgbImage(1000, 1000, new byte[3_000_000]));
        try {
            return ImageDecoder.open(png, DecodeLimits.DEFAULT);
        } catch (RejectedImageException e) {
            throw new AssertionError(e);
        }
    }
}
