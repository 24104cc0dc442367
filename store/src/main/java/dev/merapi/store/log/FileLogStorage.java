package dev.merapi.store.log;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory that belongs to one database:
 *
 * <pre>
 * DIR/lock                     held while open, so that two processes cannot write one history
 * DIR/mark                     two slots of 4 KiB, overwritten in turn (one page each: a torn write hits one slot)
 * DIR/log/*.log                segments
 * DIR/checkpoints/*.checkpoint checkpoints; *.tmp while being written
 * </pre>
 *
 * <p>A thread that is interrupted while it is inside a method closes the file it works on (that is how
 * {@link FileChannel} answers interrupts), so the log thread must not be interrupted.
 */
public final class FileLogStorage implements LogStorage {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,100}");
    private static final String TEMPORARY = ".tmp";
    private static final int MARK_SLOT_BYTES = 4096;
    private static final boolean WINDOWS =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

    /**
     * Directories open in this process. A lock file keeps other processes out, but within one it must not even be
     * opened a second time: closing any of its channels gives up the lock (POSIX).
     */
    private static final Set<Path> OPEN_HERE = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final Path segmentDirectory;
    private final Path checkpointDirectory;
    private final FileChannel lockChannel;
    private final FileChannel markChannel;

    private FileLogStorage(Path directory, FileChannel lockChannel) throws IOException {
        this.directory = directory;
        this.lockChannel = lockChannel;
        segmentDirectory = Files.createDirectories(directory.resolve("log"));
        checkpointDirectory = Files.createDirectories(directory.resolve("checkpoints"));
        markChannel = openMarks(directory.resolve("mark"));
        forceDirectory(directory);
        deleteTemporaryFiles();
    }

    /**
     * Opens a directory, creating it where needed, and takes its lock.
     *
     * @throws CodedException DATA_DIRECTORY_LOCKED if somebody has it open, in this process or another;
     *     STORAGE_FAILED if the directory cannot be used
     */
    public static FileLogStorage open(Path directory) {
        try {
            createDurably(directory.toAbsolutePath().normalize());
            Path real = directory.toRealPath();
            if (!OPEN_HERE.add(real)) {
                throw locked(real);
            }
            try {
                return openLocked(real);
            } catch (IOException | RuntimeException e) {
                OPEN_HERE.remove(real);
                throw e;
            }
        } catch (IOException e) {
            throw new CodedException(ErrorCode.STORAGE_FAILED, "data directory cannot be opened")
                    .with("directory", directory)
                    .with("reason", e)
                    .hint("check that it is a directory, its permissions, and that the disk is not full")
                    .causedBy(e);
        }
    }

    private static FileLogStorage openLocked(Path directory) throws IOException {
        FileChannel lockChannel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = lockChannel.tryLock();
            if (lock == null) {
                throw locked(directory);
            }
            return new FileLogStorage(directory, lockChannel);
        } catch (IOException | RuntimeException e) {
            lockChannel.close();
            throw e;
        }
    }

    private static CodedException locked(Path directory) {
        return new CodedException(ErrorCode.DATA_DIRECTORY_LOCKED, "data directory is in use by another server")
                .with("directory", directory)
                .hint("stop the other server, or give this one another directory");
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
    public List<String> segments() throws IOException {
        return list(segmentDirectory);
    }

    @Override
    public SegmentFile createSegment(String name) throws IOException {
        SegmentFile segment = FileSegment.create(path(segmentDirectory, name));
        try {
            forceDirectory(segmentDirectory);
        } catch (IOException e) {
            segment.close();
            throw e;
        }
        return segment;
    }

    @Override
    public SegmentFile openSegment(String name) throws IOException {
        return FileSegment.open(path(segmentDirectory, name));
    }

    @Override
    public void renameSegment(String name, String newName) throws IOException {
        Path target = path(segmentDirectory, newName);
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        Files.move(path(segmentDirectory, name), target, StandardCopyOption.ATOMIC_MOVE);
        forceDirectory(segmentDirectory);
    }

    @Override
    public void deleteSegment(String name) throws IOException {
        Files.deleteIfExists(path(segmentDirectory, name));
        // Deletions go from the oldest on; were a later one to survive a power loss alone, history would have a hole.
        forceDirectory(segmentDirectory);
    }

    @Override
    public List<String> checkpoints() throws IOException {
        return list(checkpointDirectory);
    }

    @Override
    public CheckpointOutput createCheckpoint(String name) throws IOException {
        Path target = path(checkpointDirectory, name);
        Path temporary = path(checkpointDirectory, name + TEMPORARY);
        FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        return new FileCheckpointOutput(channel, temporary, target, checkpointDirectory);
    }

    @Override
    public InputStream openCheckpoint(String name) throws IOException {
        return Channels.newInputStream(FileChannel.open(path(checkpointDirectory, name), StandardOpenOption.READ));
    }

    @Override
    public void deleteCheckpoint(String name) throws IOException {
        Files.deleteIfExists(path(checkpointDirectory, name));
    }

    @Override
    public void writeMark(int slot, byte[] mark, boolean force) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(mark);
        long position = (long) slot * MARK_SLOT_BYTES;
        while (buffer.hasRemaining()) {
            position += markChannel.write(buffer, position);
        }
        if (force) {
            markChannel.force(false);
        }
    }

    @Override
    public byte[] readMark(int slot) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(MAX_MARK_BYTES);
        long start = (long) slot * MARK_SLOT_BYTES;
        int read = 0;
        while (buffer.hasRemaining() && read >= 0) {
            read = markChannel.read(buffer, start + buffer.position());
        }
        return buffer.array();
    }

    @Override
    public String location() {
        return directory.toString();
    }

    @Override
    public void close() throws IOException {
        if (!lockChannel.isOpen()) {
            // Closed before: by now the directory may belong to somebody else.
            return;
        }
        try (lockChannel;
                markChannel) {
            assert markChannel.isOpen();
        } finally {
            OPEN_HERE.remove(directory);
        }
    }

    /** Allocated in full at once, so that a mark can still be written when the disk is full. */
    private static FileChannel openMarks(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            long wanted = (long) MARK_SLOTS * MARK_SLOT_BYTES;
            if (channel.size() < wanted) {
                channel.write(ByteBuffer.allocate((int) (wanted - channel.size())), channel.size());
                channel.force(true);
            }
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Creates the directory and makes each new link to it durable. */
    private static void createDurably(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        @Nullable Path parent = directory.getParent();
        if (parent != null) {
            createDurably(parent);
        }
        Files.createDirectories(directory);
        if (parent != null) {
            forceDirectory(parent);
        }
    }

    /** A file is only safe once the directory that names it is; on Windows directories cannot be forced. */
    static void forceDirectory(Path directory) throws IOException {
        if (!WINDOWS) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** Left behind by a checkpoint that was being written when the process ended. */
    private void deleteTemporaryFiles() throws IOException {
        try (Stream<Path> files = Files.list(checkpointDirectory)) {
            for (Path file : files.filter(f -> f.getFileName().toString().endsWith(TEMPORARY))
                    .toList()) {
                Files.delete(file);
            }
        }
    }

    private static List<String> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(TEMPORARY))
                    .toList();
        }
    }

    private static Path path(Path directory, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a name for a file of the log: " + name);
        }
        return directory.resolve(name);
    }

    /** A checkpoint in a temporary file that is renamed when it is complete and forced. */
    private static final class FileCheckpointOutput extends CheckpointOutput {
        private final FileChannel channel;
        private final Path temporary;
        private final Path target;
        private final Path directory;

        FileCheckpointOutput(FileChannel channel, Path temporary, Path target, Path directory) {
            this.channel = channel;
            this.temporary = temporary;
            this.target = target;
            this.directory = directory;
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(source, offset, length);
            try {
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            } catch (IOException e) {
                throw FileSegment.asFull(e, temporary, buffer.remaining());
            }
        }

        @Override
        public void publish() throws IOException {
            channel.force(true);
            channel.close();
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceDirectory(directory);
        }

        @Override
        public void close() throws IOException {
            channel.close();
            Files.deleteIfExists(temporary);
        }
    }
}
