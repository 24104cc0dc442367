package dev.merapi.store.log;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The log of a database that lives in memory only: the same log, the same resume, nothing survives the process. Closing
 * keeps the content, so the same object can be opened again as if it were a disk.
 */
public final class MemoryLogStorage implements LogStorage {
    private final long retentionBytes;
    private final Map<String, MemorySegment> segments = new ConcurrentHashMap<>();
    private final Map<String, byte[]> checkpoints = new ConcurrentHashMap<>();
    private final AtomicReferenceArray<byte[]> marks = new AtomicReferenceArray<>(MARK_SLOTS);

    /**
     * @param retentionBytes how much history to keep for clients that resume, in bytes of log; at least the newest
     *     segment is always kept
     */
    public MemoryLogStorage(long retentionBytes) {
        if (retentionBytes < 0) {
            throw new IllegalArgumentException("retentionBytes must not be negative: " + retentionBytes);
        }
        this.retentionBytes = retentionBytes;
    }

    @Override
    public boolean isPersistent() {
        return false;
    }

    @Override
    public long retentionBytes() {
        return retentionBytes;
    }

    @Override
    public List<String> segments() {
        return List.copyOf(segments.keySet());
    }

    @Override
    public SegmentFile createSegment(String name) throws IOException {
        MemorySegment segment = new MemorySegment();
        if (segments.putIfAbsent(name, segment) != null) {
            throw new FileAlreadyExistsException(name);
        }
        return segment;
    }

    @Override
    public SegmentFile openSegment(String name) throws IOException {
        return existing(segments, name);
    }

    @Override
    public void renameSegment(String name, String newName) throws IOException {
        MemorySegment segment = existing(segments, name);
        if (segments.putIfAbsent(newName, segment) != null) {
            throw new FileAlreadyExistsException(newName);
        }
        segments.remove(name);
    }

    @Override
    public void deleteSegment(String name) {
        segments.remove(name);
    }

    @Override
    public List<String> checkpoints() {
        return List.copyOf(checkpoints.keySet());
    }

    @Override
    public CheckpointOutput createCheckpoint(String name) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        return new CheckpointOutput() {
            @Override
            public void write(byte[] source, int offset, int length) {
                bytes.write(source, offset, length);
            }

            @Override
            public void publish() {
                checkpoints.put(name, bytes.toByteArray());
            }

            @Override
            public void close() {
                bytes.reset();
            }
        };
    }

    @Override
    public InputStream openCheckpoint(String name) throws IOException {
        return new ByteArrayInputStream(existing(checkpoints, name));
    }

    @Override
    public void deleteCheckpoint(String name) {
        checkpoints.remove(name);
    }

    @Override
    public void writeMark(int slot, byte[] mark, boolean force) {
        byte[] padded = new byte[MAX_MARK_BYTES];
        System.arraycopy(mark, 0, padded, 0, mark.length);
        marks.set(slot, padded);
    }

    @Override
    public byte[] readMark(int slot) {
        byte[] mark = marks.get(slot);
        return mark == null ? new byte[MAX_MARK_BYTES] : mark.clone();
    }

    @Override
    public String location() {
        return "memory";
    }

    @Override
    public void close() {
        // Nothing to give up: the object is the storage.
    }

    private static <T> T existing(Map<String, T> map, String name) throws NoSuchFileException {
        T found = map.get(name);
        if (found == null) {
            throw new NoSuchFileException(name);
        }
        return found;
    }

    /**
     * A segment in chunks of memory. One thread writes, others read below the extent the writer has published: chunks
     * are only ever added, and the volatile array of them carries a new chunk to readers.
     */
    private static final class MemorySegment implements SegmentFile {
        private static final int CHUNK_BITS = 16;
        private static final int CHUNK_BYTES = 1 << CHUNK_BITS;

        private volatile byte[][] chunks = new byte[0][];
        private volatile long length;

        @Override
        public long length() {
            return length;
        }

        @Override
        public int read(long position, byte[] target, int offset, int wanted) {
            // The length first: the writer sets it last, so the chunks read after it reach at least as far.
            int count = (int) Math.max(0, Math.min(wanted, length - position));
            byte[][] present = chunks;
            int done = 0;
            while (done < count) {
                int start = (int) ((position + done) & (CHUNK_BYTES - 1));
                int part = Math.min(count - done, CHUNK_BYTES - start);
                System.arraycopy(present[chunkOf(position + done)], start, target, offset + done, part);
                done += part;
            }
            return done;
        }

        @Override
        public void write(long position, byte[] source, int offset, int count) throws IOException {
            if (position > length) {
                throw new IOException("write at " + position + " skips bytes after " + length);
            }
            byte[][] present = grownTo(position + count);
            int done = 0;
            while (done < count) {
                int start = (int) ((position + done) & (CHUNK_BYTES - 1));
                int part = Math.min(count - done, CHUNK_BYTES - start);
                System.arraycopy(source, offset + done, present[chunkOf(position + done)], start, part);
                done += part;
            }
            length = Math.max(length, position + count);
        }

        @Override
        public void force() {
            // Memory is as safe as it gets.
        }

        @Override
        public void truncate(long newLength) {
            length = Math.min(length, newLength);
        }

        @Override
        public void close() {
            // The content stays with the storage.
        }

        private byte[][] grownTo(long end) {
            byte[][] present = chunks;
            int needed = (int) ((end + CHUNK_BYTES - 1) >>> CHUNK_BITS);
            if (needed <= present.length) {
                return present;
            }
            byte[][] grown = Arrays.copyOf(present, needed);
            for (int i = present.length; i < needed; i++) {
                grown[i] = new byte[CHUNK_BYTES];
            }
            chunks = grown;
            return grown;
        }

        private static int chunkOf(long position) {
            return (int) (position >>> CHUNK_BITS);
        }
    }
}
