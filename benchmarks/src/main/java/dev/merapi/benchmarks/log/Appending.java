package dev.merapi.benchmarks.log;

import dev.merapi.benchmarks.Goal;
import dev.merapi.benchmarks.Ratio;
import dev.merapi.benchmarks.RatioBenchmark;
import dev.merapi.benchmarks.Scale;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Durable commits of one small row each in groups of a given size, against writing and forcing as many bytes to a bare
 * file in as many steps. It shows what framing, checksums, encoding and the mark cost beside the disk.
 */
public final class Appending implements RatioBenchmark {
    private static final int ROUNDS = 5;

    private final int groupSize;

    /**
     * @param groupSize commits that are written and forced together
     */
    public Appending(int groupSize) {
        this.groupSize = groupSize;
    }

    @Override
    public String work() {
        return "durable commits, " + groupSize + " per group";
    }

    @Override
    public String comparedWith() {
        return "forcing as many bytes to a bare file as often";
    }

    @Override
    public Goal goal() {
        return Goal.atLeast(0.5);
    }

    @Override
    public Ratio run(Scale scale) throws Exception {
        int groups = scale == Scale.FULL ? Math.max(50, 2_000 / groupSize) : 3;
        int rounds = scale == Scale.FULL ? ROUNDS : 1;
        Path directory = Files.createTempDirectory("merapi-appending");
        try (AppendedLog log = new AppendedLog(directory)) {
            List<Double> ours = new ArrayList<>();
            List<Double> theirs = new ArrayList<>();
            // The first round warms up.
            for (int round = 0; round <= rounds; round++) {
                long before = log.bytes();
                double mine = rate(groups, () -> log.append(groups, groupSize));
                int bytesPerGroup = (int) ((log.bytes() - before) / groups);
                double other = rate(groups, () -> forceBare(directory.resolve("bare"), groups, bytesPerGroup));
                if (round > 0) {
                    ours.add(mine);
                    theirs.add(other);
                }
            }
            return Ratio.ofRates(ours, theirs, "commits", log.durableOffset());
        } finally {
            Directories.delete(directory);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private double rate(int groups, Work work) throws IOException {
        long begin = System.nanoTime();
        work.run();
        return (double) groups * groupSize * 1e9 / (System.nanoTime() - begin);
    }

    private static void forceBare(Path file, int groups, int bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            byte[] group = new byte[bytes];
            for (int i = 0; i < groups; i++) {
                channel.write(ByteBuffer.wrap(group));
                channel.force(false);
            }
        }
    }
}
