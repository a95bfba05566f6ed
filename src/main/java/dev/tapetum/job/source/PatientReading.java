package dev.tapetum.job.source;

import java.io.IOException;
import java.io.Serializable;

/**
 * Tells what is wrong with a file, which no further attempt would mend, from what is wrong with the storage, which is
 * tried again for a while and then ends the task.
 */
record PatientReading(HadoopSettings hadoop, Patience patience) implements Serializable {
    /** Reads something once, from where the last success has left it. */
    interface Attempt<T, E extends Exception> {
        T read() throws IOException, E;
    }

    /**
     * What the first attempt that succeeds gives.
     *
     * @param file the file or folder that is read, with scheme
     * @throws UnusableFileException when the file is not there or something is wrong with it
     * @throws StorageException when the storage fails again and again
     * @throws TaskEndedException when the thread is interrupted
     */
    <T, E extends Exception> T of(String file, Attempt<T, E> reading) throws UnusableFileException, E {
        for (int attempt = 1; ; attempt++) {
            try {
                return reading.read();
            } catch (IOException | RuntimeException e) {
                switch (ReadFailure.of(e, file, hadoop)) {
                    case NOT_FOUND -> throw new UnusableFileException(true, e);
                    case OF_THE_FILE -> throw new UnusableFileException(false, e);
                    case INTERRUPTED -> throw TaskEndedException.whenInterrupted(file + " was being read", e);
                    case OF_THE_STORAGE -> waitAfter(attempt, file, e);
                }
            }
        }
    }

    private void waitAfter(int attempt, String file, Exception failure) {
        if (attempt == patience.attempts()) {
            throw new StorageException(
                    file + " could not be read in " + attempt + (attempt == 1 ? " attempt: " : " attempts: ")
                            + Causes.sentence(failure) + "; see to the storage and start again with --resume",
                    failure);
        }

        try {
            patience.pauseAfter(attempt);
        } catch (InterruptedException e) {
            throw TaskEndedException.whenInterrupted(file + " was being read", e);
        }
    }
}
