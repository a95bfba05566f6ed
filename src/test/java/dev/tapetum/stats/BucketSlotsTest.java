package dev.tapetum.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BucketSlotsTest {

    /** All buckets in a scattered order: 1,021 is odd, so its multiples meet each bucket once. */
    private static BucketSlots of(int count) {
        BucketSlots slots = new BucketSlots();
        IntStream.range(0, count).forEach(i -> slots.slot(i * 1021 % PoissonWeights.BUCKETS));
        return slots;
    }

    @Test
    void bucketsGetSlotsInTheOrderInWhichTheyComeAndKeepThem() {
        BucketSlots slots = of(PoissonWeights.BUCKETS);

        for (int i = 0; i < PoissonWeights.BUCKETS; i++) {
            assertThat(slots.bucket(i)).isEqualTo(i * 1021 % PoissonWeights.BUCKETS);
            assertThat(slots.slot(slots.bucket(i))).isEqualTo(i);
        }

        assertThat(slots.size()).isEqualTo(PoissonWeights.BUCKETS);
        assertThat(slots.capacity()).isEqualTo(PoissonWeights.BUCKETS);
    }

    @Test
    void fewBucketsTakeFewSlots() {
        assertThat(new BucketSlots().capacity()).isEqualTo(8);
        assertThat(of(9).capacity()).isEqualTo(16);
    }

    @Test
    void theSlotsOfAnotherAreFoundOrMade() {
        BucketSlots slots = of(3);
        BucketSlots other = new BucketSlots();
        other.slot(77);
        other.slot(1021);

        assertThat(slots.slots(other)).containsExactly(3, 1);
        assertThat(slots.bucket(3)).isEqualTo(77);
    }

    /** 300 is no power of two, and what follows must find room all the same. */
    @Test
    void aCopyAndWhatWasReadBackGoOn() throws Exception {
        BucketSlots slots = of(300);
        slots.trim();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(slots);
        }

        BucketSlots read;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            read = (BucketSlots) in.readObject();
        }

        assertThat(bytes.size()).isLessThan(2 * 300 + 200);
        for (BucketSlots again : new BucketSlots[] {read, slots.copy(), slots}) {
            int[] all = again.slots(of(PoissonWeights.BUCKETS));
            assertThat(all)
                    .containsExactly(IntStream.range(0, PoissonWeights.BUCKETS).toArray());
        }
    }
}
