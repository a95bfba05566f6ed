package dev.tapetum.stats;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Which buckets of {@link PoissonWeights} are in use, and where arrays keep what belongs to them: buckets get slots in the order in
 * which they come, so that whoever has few images has short arrays. A hash table with linear probing, which is a direct one when
 * it has room for all buckets; 2 bytes a slot, and 4 to 8 more that are not serialised.
 */
public final class BucketSlots implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int FEWEST = 8;
    private static final short FREE = -1;

    private short[] buckets;
    private int size;
    private transient short[] table = {};

    /** No bucket in use. */
    public BucketSlots() {
        this(new short[FEWEST], 0);
    }

    private BucketSlots(short[] buckets, int size) {
        this.buckets = buckets;
        this.size = size;
        index();
    }

    /** How long an array must be that has an element for every slot so far, and some more. */
    public int capacity() {
        return buckets.length;
    }

    /** How many buckets are in use. */
    public int size() {
        return size;
    }

    /** The bucket of a slot below {@link #size}. */
    public int bucket(int slot) {
        return buckets[slot];
    }

    /** The slot of a bucket, a new one where it has none yet. */
    public int slot(int bucket) {
        int at = home(bucket);
        short found = table[at];
        if (found != FREE) {
            return found;
        }

        if (size == buckets.length) {
            buckets = Arrays.copyOf(buckets, Math.min(PoissonWeights.BUCKETS, 2 * size));
            index();
            at = home(bucket);
        }

        buckets[size] = (short) bucket;
        table[at] = (short) size;
        return size++;
    }

    /** Where the bucket is in the table, or where it would be. */
    private int home(int bucket) {
        int mask = table.length - 1;
        int at = bucket & mask;
        while (table[at] != FREE && buckets[table[at]] != bucket) {
            at = (at + 1) & mask;
        }

        return at;
    }

    private void index() {
        int room = Integer.highestOneBit(4 * buckets.length - 1) << 1;
        table = new short[Math.min(PoissonWeights.BUCKETS, room)];
        Arrays.fill(table, FREE);
        for (int slot = 0; slot < size; slot++) {
            table[home(buckets[slot])] = (short) slot;
        }
    }

    /** The slots here of the buckets of another, by its slots. */
    public int[] slots(BucketSlots other) {
        int[] slots = new int[other.size];
        for (int slot = 0; slot < slots.length; slot++) {
            slots[slot] = slot(other.buckets[slot]);
        }

        return slots;
    }

    /** The same buckets in the same slots, without spare room. */
    public BucketSlots copy() {
        return new BucketSlots(Arrays.copyOf(buckets, Math.max(FEWEST, size)), size);
    }

    /** Gives spare room back. */
    void trim() {
        buckets = Arrays.copyOf(buckets, Math.max(FEWEST, size));
        index();
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        index();
    }
}
