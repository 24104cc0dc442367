package dev.merapi.store.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** A segment in a file of its own. */
final class FileSegment implements SegmentFile {
    /** The JDK copies heap buffers through a direct buffer as large as the request and keeps it: slices bound that. */
    private static final int SLICE_BYTES = 1 << 20;

    private final Path path;
    private final FileChannel channel;

    private FileSegment(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static FileSegment create(Path path) throws IOException {
        try {
            return new FileSegment(
                    path,
                    FileChannel.open(
                            path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE));
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException e) {
            // A name takes room, too: a block of the directory, an inode.
            throw asFull(e, path, 1);
        }
    }

    static FileSegment open(Path path) throws IOException {
        return new FileSegment(path, FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    @Override
    public long length() throws IOException {
        return channel.size();
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            ByteBuffer slice = ByteBuffer.wrap(target, offset + done, Math.min(SLICE_BYTES, length - done));
            int read = channel.read(slice, position + done);
            if (read < 0) {
                break;
            }
            done += read;
        }
        return done;
    }

    @Override
    public void write(long position, byte[] source, int offset, int length) throws IOException {
        int done = 0;
        try {
            while (done < length) {
                ByteBuffer slice = ByteBuffer.wrap(source, offset + done, Math.min(SLICE_BYTES, length - done));
                done += channel.write(slice, position + done);
            }
        } catch (IOException e) {
            throw asFull(e, path, length - done);
        }
    }

    @Override
    public void force() throws IOException {
        channel.force(false);
    }

    @Override
    public void truncate(long length) throws IOException {
        channel.truncate(length);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /**
     * Java has no exception of its own for a full disk. The text of the operating system is the first witness; because
     * it may be translated, the space left is the second.
     */
    static IOException asFull(IOException failure, Path path, long wantedBytes) {
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        boolean full = text.contains("no space left")
                || text.contains("quota exceeded")
                || text.contains("not enough space")
                || usableSpace(path) < wantedBytes;
        return full ? new StorageFullException("no space for " + wantedBytes + " bytes: " + path, failure) : failure;
    }

    private static long usableSpace(Path path) {
        try {
            Path parent = path.getParent();
            FileStore store = Files.getFileStore(parent == null || Files.exists(path) ? path : parent);
            return store.getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }
}
