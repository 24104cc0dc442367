package dev.merapi.store.checkpoint;

/** A checkpoint that cannot be used. Not an error of its own: an older checkpoint or the log may still do. */
public final class CheckpointDamagedException extends Exception {
    private static final long serialVersionUID = 1L;

    CheckpointDamagedException(String message) {
        super(message);
    }

    CheckpointDamagedException(String message, Throwable cause) {
        super(message, cause);
    }
}
