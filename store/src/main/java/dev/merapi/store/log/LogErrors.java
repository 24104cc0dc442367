package dev.merapi.store.log;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import java.io.IOException;

/** The refusals of the log, worded once. */
final class LogErrors {
    private LogErrors() {}

    static CodedException storageFailed(String text, String file, IOException cause) {
        return new CodedException(ErrorCode.STORAGE_FAILED, text)
                .with("file", file)
                .with("reason", cause)
                .causedBy(cause);
    }

    static CodedException corrupt(String file, long position, String what) {
        return new CodedException(ErrorCode.LOG_CORRUPT, "commit log is damaged")
                .with("file", file)
                .with("position", position)
                .with("what", what);
    }

    static CodedException historyTruncated(long afterOffset, long oldestOffset) {
        return new CodedException(ErrorCode.HISTORY_TRUNCATED, "history after this offset is no longer kept")
                .with("after", afterOffset)
                .with("oldest", oldestOffset)
                .hint("start anew from a snapshot, or keep more history");
    }

    static CodedException full() {
        return new CodedException(ErrorCode.LOG_FULL, "commit log has no room: writes are refused, reads go on")
                .hint("free space on the disk of the data directory; writing resumes by itself");
    }

    static CodedException failed() {
        return new CodedException(ErrorCode.LOG_FAILED, "commit log has failed earlier and takes no more writes")
                .hint("close the database and open it again; it recovers what the disk really holds");
    }

    static CodedException failed(Throwable cause) {
        return new CodedException(
                        ErrorCode.LOG_FAILED, "commit log cannot be written: the last group may or may not survive")
                .with("reason", cause)
                .hint("check the disk, then close the database and open it again")
                .causedBy(cause);
    }
}
