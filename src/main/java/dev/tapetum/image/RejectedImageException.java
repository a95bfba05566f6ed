package dev.tapetum.image;

import java.util.Objects;

/**
 * One image cannot take part in the audit. The message is a sentence for the rejects table that says the numbers, for
 * example {@code 30000x30000 = 900,000,000 pixels, the limit is 178,956,970}. It is a checked exception because it is
 * no accident: every caller must write the image into the ledger.
 */
public final class RejectedImageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final RejectReason reason;

    public RejectedImageException(RejectReason reason, String message) {
        super(message);
        this.reason = Objects.requireNonNull(reason);
    }

    public RejectedImageException(RejectReason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason);
    }

    public RejectReason reason() {
        return reason;
    }
}
