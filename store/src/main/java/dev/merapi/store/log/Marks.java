package dev.merapi.store.log;

import dev.merapi.store.log.format.Mark;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Keeps the {@link Mark} of a log. Belongs to the log's thread. */
final class Marks {
    private final LogStorage storage;
    private Mark present;

    Marks(LogStorage storage, Mark present) {
        this.storage = storage;
        this.present = present;
    }

    /** The newest intact mark, or null if there is none. */
    static @Nullable Mark readNewest(LogStorage storage) throws IOException {
        Mark newest = null;
        for (int slot = 0; slot < LogStorage.MARK_SLOTS; slot++) {
            Mark mark = Mark.decode(storage.readMark(slot));
            if (mark != null && (newest == null || mark.sequence() > newest.sequence())) {
                newest = mark;
            }
        }
        return newest;
    }

    /** Notes that everything up to an offset was forced; not forced itself. */
    void confirm(long offset) throws IOException {
        write(present.next(present.epoch(), offset, false), false);
    }

    /** Notes the beginning of a writer, so that its end cannot be taken for a clean one. */
    void begin(long epoch, long confirmedOffset) throws IOException {
        write(present.next(epoch, confirmedOffset, false), true);
    }

    /** Notes that the log ends here and nothing is missing. */
    void end(long offset) throws IOException {
        write(present.next(present.epoch(), offset, true), true);
    }

    private void write(Mark next, boolean force) throws IOException {
        storage.writeMark(next.slot(), next.encode(), force);
        present = next;
    }
}
