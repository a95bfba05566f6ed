package dev.tapetum.image;

import java.io.EOFException;
import java.nio.ByteBuffer;

/** The arithmetic decoder of VP8 (RFC 6386, section 7): bits, each with the probability in 256ths that it is 0. */
final class Vp8BoolDecoder {
    private final ByteBuffer bytes;
    private int at;
    private long value;
    private int range = 255;

    /** How many bits the value has beyond the eight that are compared with the range. */
    private int spare = -8;

    private boolean ranOut;

    Vp8BoolDecoder(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    int bit(int probability) {
        if (spare < 0) {
            load();
        }

        int split = 1 + (((range - 1) * probability) >> 8);
        long threshold = (long) split << spare;
        int bit;

        if (value >= threshold) {
            value -= threshold;
            range -= split;
            bit = 1;
        } else {
            range = split;
            bit = 0;
        }

        int shift = Integer.numberOfLeadingZeros(range) - 24;
        range <<= shift;
        spare -= shift;

        return bit;
    }

    /** An unsigned number, highest bit first. */
    int literal(int bits) {
        int number = 0;

        for (int i = 0; i < bits; i++) {
            number = number << 1 | bit(128);
        }

        return number;
    }

    boolean flag() {
        return bit(128) == 1;
    }

    /** A number and then its sign. */
    int signed(int bits) {
        int magnitude = literal(bits);

        return flag() ? -magnitude : magnitude;
    }

    /** A flag, and the signed number only where the flag is set; else 0. */
    int optionalSigned(int bits) {
        return flag() ? signed(bits) : 0;
    }

    void throwIfRanOut() throws EOFException {
        if (ranOut) {
            throw new EOFException("the compressed data ends before the picture is complete");
        }
    }

    private void load() {
        if (at + 4 <= bytes.capacity()) {
            value = value << 32 | (bytes.getInt(at) & 0xFFFF_FFFFL);
            at += 4;
            spare += 32;
        } else {
            ranOut |= at >= bytes.capacity();
            value = value << 8 | (ranOut ? 0 : bytes.get(at++) & 0xFF);
            spare += 8;
        }
    }
}
