package dev.merapi.server;

import dev.merapi.store.log.CheckpointOutput;
import dev.merapi.store.log.LogStorage;
import dev.merapi.store.log.SegmentFile;
import dev.merapi.store.log.StorageFullException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** A disk that is full, or broken, when told to be. */
final class FailingDisk implements LogStorage {
    /** How the disk is. */
    enum Mood {
        FINE,
        FULL,
        BROKEN,
        SLOW
    }

    private final LogStorage real;
    volatile Mood mood = Mood.FINE;

    FailingDisk(LogStorage real) {
        this.real = real;
    }

    @Override
    public boolean isPersistent() {
        return real.isPersistent();
    }

    @Override
    public long retentionBytes() {
        return real.retentionBytes();
    }

    @Override
    public List<String> segments() throws IOException {
        return real.segments();
    }

    @Override
    public SegmentFile createSegment(String name) throws IOException {
        return new Segment(real.createSegment(name));
    }

    @Override
    public SegmentFile openSegment(String name) throws IOException {
        return new Segment(real.openSegment(name));
    }

    @Override
    public void renameSegment(String name, String newName) throws IOException {
        real.renameSegment(name, newName);
    }

    @Override
    public void deleteSegment(String name) throws IOException {
        real.deleteSegment(name);
    }

    @Override
    public List<String> checkpoints() throws IOException {
        return real.checkpoints();
    }

    @Override
    public CheckpointOutput createCheckpoint(String name) throws IOException {
        return real.createCheckpoint(name);
    }

    @Override
    public InputStream openCheckpoint(String name) throws IOException {
        return real.openCheckpoint(name);
    }

    @Override
    public void deleteCheckpoint(String name) throws IOException {
        real.deleteCheckpoint(name);
    }

    @Override
    public void writeMark(int slot, byte[] mark, boolean force) throws IOException {
        real.writeMark(slot, mark, force);
    }

    @Override
    public byte[] readMark(int slot) throws IOException {
        return real.readMark(slot);
    }

    @Override
    public String location() {
        return real.location();
    }

    @Override
    public void close() throws IOException {
        real.close();
    }

    private final class Segment implements SegmentFile {
        private final SegmentFile file;

        Segment(SegmentFile file) {
            this.file = file;
        }

        @Override
        public long length() throws IOException {
            return file.length();
        }

        @Override
        public int read(long position, byte[] target, int offset, int length) throws IOException {
            return file.read(position, target, offset, length);
        }

        @Override
        public void write(long position, byte[] source, int offset, int length) throws IOException {
            switch (mood) {
                case FINE -> {}
                case FULL -> throw new StorageFullException("no space left");
                case BROKEN -> throw new IOException("input/output error");
                case SLOW -> pause();
            }
            file.write(position, source, offset, length);
        }

        private static void pause() throws IOException {
            try {
                Thread.sleep(300);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void force() throws IOException {
            file.force();
        }

        @Override
        public void truncate(long length) throws IOException {
            file.truncate(length);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
