package dev.tapetum.image;

import java.io.IOException;

/** A valid file of a known format that uses a part of the format which is not read; the message names the part. */
final class UnsupportedVariantException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String part;

    UnsupportedVariantException(String part) {
        super(part);
        this.part = part;
    }

    String part() {
        return part;
    }
}
