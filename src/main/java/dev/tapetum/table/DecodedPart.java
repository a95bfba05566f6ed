package dev.tapetum.table;

import static java.util.Objects.requireNonNull;

/** What decoding an image told. */
public record DecodedPart(
        @Comment("Width in pixels, upright.") int width,
        @Comment("Height in pixels, upright.") int height,
        @Comment("Size of the encoded image in bytes.") long bytes,

        @Comment("SHA-256 of the encoded image, in hexadecimal.")
        String sha256) {
    public DecodedPart {
        requireNonNull(sha256, "sha256");
    }
}
