package dev.merapi.store.log;

import dev.merapi.store.log.format.LogNames;
import java.io.IOException;
import java.util.List;

/** Moves what cannot be used out of the way without destroying it: somebody may want to look at it. */
final class Salvage {
    private static final int COPY_BYTES = 1 << 20;

    private final LogStorage storage;
    private final List<StoredSegment> stored;

    /**
     * @param stored the segments; those set aside are removed from it
     */
    Salvage(LogStorage storage, List<StoredSegment> stored) {
        this.storage = storage;
        this.stored = stored;
    }

    /** Renames all segments from this one on, the newest first: what is left is a log at every moment. */
    void setAsideFrom(int index) throws IOException {
        while (stored.size() > index) {
            String name = stored.removeLast().name();
            storage.renameSegment(name, LogNames.setAside(name, storage.segments()));
        }
    }

    /** Copies the rest of a segment, which is going to be cut off. */
    void setAsideTail(int index, long position) throws IOException {
        String name = stored.get(index).name();
        byte[] buffer = new byte[COPY_BYTES];
        try (SegmentFile from = storage.openSegment(name);
                SegmentFile to = storage.createSegment(LogNames.setAside(name, storage.segments()))) {
            long done = 0;
            int read;
            while ((read = from.read(position + done, buffer, 0, buffer.length)) > 0) {
                to.write(done, buffer, 0, read);
                done += read;
            }
            to.force();
        }
    }
}
