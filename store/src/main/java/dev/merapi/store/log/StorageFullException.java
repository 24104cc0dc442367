package dev.merapi.store.log;

import java.io.IOException;

/**
 * The storage has no room for a write. Unlike every other {@link IOException} this one is known to have happened before
 * anything was forced, so what was written can be cut back and written again once there is room.
 */
public final class StorageFullException extends IOException {
    private static final long serialVersionUID = 1L;

    public StorageFullException(String message, Throwable cause) {
        super(message, cause);
    }

    public StorageFullException(String message) {
        super(message);
    }
}
