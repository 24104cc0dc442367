package dev.merapi.store.log;

import dev.merapi.testing.property.Draw;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A disk with a page cache, for one thread: it knows what the process wrote and what of it was forced, loses the
 * difference (or any part of it) when the power goes, and can be told to be full or to fail.
 */
final class SimulatedDisk implements LogStorage {
    private static final int SECTOR_BYTES = 512;

    private final Map<String, Contents> segments = new TreeMap<>();
    private final Map<String, byte[]> checkpoints = new TreeMap<>();
    private final Contents[] marks = {new Contents(), new Contents()};

    private long capacityBytes = Long.MAX_VALUE;
    private int forcesUntilFailure = Integer.MAX_VALUE;
    private int writesUntilFailure = Integer.MAX_VALUE;
    private boolean isClosed;

    /** The bytes of one file: in the page cache, on the platters, and the writes between the two. */
    private static final class Contents {
        private byte[] cached = new byte[0];
        private byte[] durable = new byte[0];
        private final List<Change> unforced = new ArrayList<>();

        private record Change(long position, byte[] bytes) {}

        void write(long position, byte[] bytes) {
            cached = written(cached, position, bytes);
            unforced.add(new Change(position, bytes));
        }

        void truncate(long length) {
            cached = Arrays.copyOf(cached, (int) length);
            // A cut reaches the disk when it likes, like a write; the order among them is kept.
            unforced.add(new Change(-1 - length, new byte[0]));
        }

        void force() {
            for (Change change : unforced) {
                durable = applied(durable, change);
            }
            unforced.clear();
        }

        /** The pages are believed to be clean afterwards, as some systems do: no later force writes them. */
        void failForce() {
            unforced.clear();
        }

        /** The operating system goes on: what is cached stays cached, what is not forced stays so. */
        Contents afterKill() {
            Contents next = new Contents();
            next.cached = cached;
            next.durable = durable;
            next.unforced.addAll(unforced);
            return next;
        }

        /** All changes up to some moment, and of the one at that moment a part. */
        Contents afterPowerLoss(Draw draw) {
            byte[] left = durable;
            int whole = draw.intBetween(0, unforced.size());
            for (int i = 0; i < whole; i++) {
                left = applied(left, unforced.get(i));
            }
            if (whole < unforced.size()) {
                left = torn(left, unforced.get(whole), draw);
            }
            return of(left);
        }

        private static byte[] applied(byte[] bytes, Change change) {
            return change.position < 0
                    ? Arrays.copyOf(bytes, (int) (-1 - change.position))
                    : written(bytes, change.position, change.bytes);
        }

        private static byte[] torn(byte[] bytes, Change change, Draw draw) {
            if (change.position < 0) {
                return bytes;
            }
            if (draw.bool()) {
                int kept = draw.intBetween(0, change.bytes.length);
                return written(bytes, change.position, Arrays.copyOf(change.bytes, kept));
            }
            // Sectors reach the disk in any order; the length of the file may run ahead of them.
            int length = (int) Math.max(bytes.length, change.position + draw.intBetween(0, change.bytes.length));
            byte[] left = Arrays.copyOf(bytes, length);
            for (int at = 0; at < change.bytes.length; at++) {
                int target = (int) change.position + at;
                boolean beginsSector = at == 0 || target % SECTOR_BYTES == 0;
                if (beginsSector && draw.bool()) {
                    int end = Math.min(length, (target / SECTOR_BYTES + 1) * SECTOR_BYTES);
                    int count = Math.min(change.bytes.length - at, end - target);
                    if (count > 0) {
                        System.arraycopy(change.bytes, at, left, target, count);
                    }
                }
            }
            return left;
        }

        private static byte[] written(byte[] bytes, long position, byte[] change) {
            byte[] result = Arrays.copyOf(bytes, (int) Math.max(bytes.length, position + change.length));
            System.arraycopy(change, 0, result, (int) position, change.length);
            return result;
        }

        private static Contents of(byte[] bytes) {
            Contents contents = new Contents();
            contents.cached = bytes;
            contents.durable = bytes;
            return contents;
        }
    }

    /** What the next process finds after this one was killed: everything that was written. */
    SimulatedDisk afterKill() {
        SimulatedDisk next = new SimulatedDisk();
        segments.forEach((name, contents) -> next.segments.put(name, contents.afterKill()));
        next.checkpoints.putAll(checkpoints);
        for (int i = 0; i < marks.length; i++) {
            next.marks[i] = marks[i].afterKill();
        }
        return next;
    }

    /** What is left after the power went: everything that was forced, and any part of the rest. */
    SimulatedDisk afterPowerLoss(Draw draw) {
        SimulatedDisk next = new SimulatedDisk();
        segments.forEach((name, contents) -> next.segments.put(name, contents.afterPowerLoss(draw)));
        next.checkpoints.putAll(checkpoints);
        for (int i = 0; i < marks.length; i++) {
            next.marks[i] = marks[i].afterPowerLoss(draw);
        }
        return next;
    }

    /** No segment byte beyond this many fits any more. */
    void setCapacity(long bytes) {
        capacityBytes = bytes;
    }

    /** The nth force of a segment from now on fails, 1 being the next. */
    void failForce(int n) {
        forcesUntilFailure = n;
    }

    /** The nth write to a segment from now on fails half-way, 1 being the next. */
    void failWrite(int n) {
        writesUntilFailure = n;
    }

    long usedBytes() {
        return segments.values().stream()
                .mapToLong(contents -> contents.cached.length)
                .sum();
    }

    byte[] segmentBytes(String name) {
        return segments.get(name).cached.clone();
    }

    void setSegmentBytes(String name, byte[] bytes) {
        segments.put(name, Contents.of(bytes));
    }

    void removeSegment(String name) {
        segments.remove(name);
    }

    byte[] checkpointBytes(String name) {
        return checkpoints.get(name).clone();
    }

    void setCheckpointBytes(String name, byte[] bytes) {
        checkpoints.put(name, bytes);
    }

    byte[] markBytes(int slot) {
        return readMark(slot);
    }

    void setMarkBytes(int slot, byte[] bytes) {
        marks[slot] = Contents.of(bytes);
    }

    boolean isClosed() {
        return isClosed;
    }

    @Override
    public boolean isPersistent() {
        return true;
    }

    @Override
    public long retentionBytes() {
        return Long.MAX_VALUE;
    }

    @Override
    public List<String> segments() {
        return List.copyOf(segments.keySet());
    }

    @Override
    public SegmentFile createSegment(String name) throws IOException {
        if (usedBytes() >= capacityBytes) {
            throw new StorageFullException("full");
        }
        Contents contents = new Contents();
        if (segments.putIfAbsent(name, contents) != null) {
            throw new FileAlreadyExistsException(name);
        }
        return new Handle(contents);
    }

    @Override
    public SegmentFile openSegment(String name) throws IOException {
        Contents contents = segments.get(name);
        if (contents == null) {
            throw new NoSuchFileException(name);
        }
        return new Handle(contents);
    }

    @Override
    public void renameSegment(String name, String newName) {
        segments.put(newName, segments.remove(name));
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
            public void write(byte[] source, int offset, int length) throws IOException {
                if (usedBytes() + bytes.size() + length > capacityBytes) {
                    throw new StorageFullException("full");
                }
                bytes.write(source, offset, length);
            }

            @Override
            public void publish() {
                checkpoints.put(name, bytes.toByteArray());
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public InputStream openCheckpoint(String name) throws IOException {
        byte[] bytes = checkpoints.get(name);
        if (bytes == null) {
            throw new NoSuchFileException(name);
        }
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public void deleteCheckpoint(String name) {
        checkpoints.remove(name);
    }

    @Override
    public void writeMark(int slot, byte[] mark, boolean force) {
        marks[slot].write(0, mark.clone());
        if (force) {
            for (Contents contents : marks) {
                contents.force();
            }
        }
    }

    @Override
    public byte[] readMark(int slot) {
        return Arrays.copyOf(marks[slot].cached, MAX_MARK_BYTES);
    }

    @Override
    public String location() {
        return "simulated disk";
    }

    @Override
    public void close() {
        isClosed = true;
    }

    private final class Handle implements SegmentFile {
        private final Contents contents;

        Handle(Contents contents) {
            this.contents = contents;
        }

        @Override
        public long length() {
            return contents.cached.length;
        }

        @Override
        public int read(long position, byte[] target, int offset, int length) {
            int count = (int) Math.max(0, Math.min(length, contents.cached.length - position));
            if (count > 0) {
                System.arraycopy(contents.cached, (int) position, target, offset, count);
            }
            return count;
        }

        @Override
        public void write(long position, byte[] source, int offset, int length) throws IOException {
            if (position > contents.cached.length) {
                throw new IOException("bytes skipped");
            }
            if (--writesUntilFailure == 0) {
                contents.write(position, Arrays.copyOfRange(source, offset, offset + length / 2));
                throw new IOException("injected: write failed");
            }
            long grown = Math.max(0, position + length - contents.cached.length);
            long room = capacityBytes - usedBytes();
            if (grown > room) {
                int fits = (int) Math.max(0, length - (grown - Math.max(0, room)));
                contents.write(position, Arrays.copyOfRange(source, offset, offset + fits));
                throw new StorageFullException("injected: full");
            }
            contents.write(position, Arrays.copyOfRange(source, offset, offset + length));
        }

        @Override
        public void force() throws IOException {
            if (--forcesUntilFailure == 0) {
                contents.failForce();
                throw new IOException("injected: force failed");
            }
            contents.force();
        }

        @Override
        public void truncate(long length) {
            if (length != contents.cached.length) {
                contents.truncate(length);
            }
        }

        @Override
        public void close() {}
    }
}
