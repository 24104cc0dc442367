package dev.merapi.benchmarks.log;

import dev.merapi.store.Database;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long it takes to open a database, and to read the files that this takes from front to back, in turns. Whoever
 * wants figures of his own can run it by itself:
 *
 * <pre>java -XX:+UseZGC -cp … dev.merapi.benchmarks.log.RecoveryFigures DIRECTORY ROWS checkpoint|log ROUNDS</pre>
 *
 * <p>DIRECTORY is filled if it is empty. Each line of the output is {@code recovery nanoseconds, reading nanoseconds,
 * bytes, checksum}; the first one is for warming up. All files are in the page cache, so reading them is as fast as it
 * gets: from a disk it takes longer, and recovery hardly.
 */
public final class RecoveryFigures {
    private static final int BUFFER_BYTES = 1 << 20;

    private RecoveryFigures() {}

    public static void main(String[] arguments) throws IOException {
        boolean checkpoint = arguments[2].equals("checkpoint");
        run(
                Path.of(arguments[0]),
                Integer.parseInt(arguments[1]),
                checkpoint,
                Integer.parseInt(arguments[3]),
                System.out);
    }

    static void run(Path directory, int rows, boolean checkpoint, int rounds, PrintStream out) throws IOException {
        try (Database database = Customers.open(directory)) {
            if (database.offset() == 0) {
                Customers.load(database, rows);
                if (checkpoint) {
                    database.log().checkpoint(database.snapshot());
                }
            }
        }
        for (int round = 0; round < rounds; round++) {
            long begin = System.nanoTime();
            long bytes = readAll(directory, checkpoint);
            long reading = System.nanoTime() - begin;
            // What the round before left behind is not this one's business.
            System.gc();
            begin = System.nanoTime();
            try (Database database = Customers.open(directory)) {
                long recovery = System.nanoTime() - begin;
                out.println(recovery + "," + reading + "," + bytes + "," + Customers.checksum(database));
            }
        }
    }

    /** Reads what recovery reads: the checkpoint, or without one the whole log. */
    private static long readAll(Path directory, boolean checkpoint) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(directory.resolve(checkpoint ? "checkpoints" : "log"))) {
            files = new ArrayList<>(found.sorted().toList());
        }
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        long bytes = 0;
        for (Path file : files) {
            try (FileChannel channel = FileChannel.open(file)) {
                int read;
                while ((read = channel.read(buffer.clear())) > 0) {
                    bytes += read;
                }
            }
        }
        return bytes;
    }
}
