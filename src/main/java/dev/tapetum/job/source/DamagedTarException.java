package dev.tapetum.job.source;

import java.io.IOException;

/** A tar ends too early or does not go on as a tar; the message says where. */
final class DamagedTarException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedTarException(String message) {
        super(message);
    }
}
