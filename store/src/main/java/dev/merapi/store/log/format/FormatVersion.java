package dev.merapi.store.log.format;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;

/** The version of all files of the log: segments, marks and checkpoints change together. */
public final class FormatVersion {
    /** What this program writes. */
    public static final int CURRENT = 1;

    private FormatVersion() {}

    /**
     * Refuses files of a future version.
     *
     * @throws CodedException LOG_VERSION_UNSUPPORTED
     */
    public static void requireReadable(int version, String file) {
        requireReadable(version, CURRENT, file);
    }

    /** The same for a program that would read versions up to this one. */
    public static void requireReadable(int version, int newest, String file) {
        if (version < 1 || version > newest) {
            throw new CodedException(
                            ErrorCode.LOG_VERSION_UNSUPPORTED, "file has a format version this program cannot read")
                    .with("file", file)
                    .with("version", version)
                    .with("newest", newest)
                    .hint("open it with the release that wrote it, or a newer one");
        }
    }
}
