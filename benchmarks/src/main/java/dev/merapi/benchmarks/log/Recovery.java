package dev.merapi.benchmarks.log;

import dev.merapi.benchmarks.Goal;
import dev.merapi.benchmarks.Ratio;
import dev.merapi.benchmarks.RatioBenchmark;
import dev.merapi.benchmarks.Scale;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Opening a database of ten million small rows, against reading the same files. In full size it runs in a process of
 * its own with the options the launcher gives to a server, because what a collector does with ten million new rows is
 * part of the matter.
 */
public final class Recovery implements RatioBenchmark {
    private static final int ROUNDS = 7;

    @Override
    public String work() {
        return "recovery of 10M small rows";
    }

    @Override
    public String comparedWith() {
        return "reading the same files sequentially";
    }

    @Override
    public Goal goal() {
        return Goal.atLeast(0.2);
    }

    @Override
    public Ratio run(Scale scale) throws Exception {
        Path directory = Files.createTempDirectory("merapi-recovery");
        try {
            return ratio(scale == Scale.FULL ? runApart(directory) : runHere(directory));
        } finally {
            Directories.delete(directory);
        }
    }

    private static String runHere(Path directory) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RecoveryFigures.run(directory, 5_000, true, 2, new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String runApart(Path directory) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+IgnoreUnrecognizedVMOptions",
                        "-XX:+UseZGC",
                        "-XX:+UseCompactObjectHeaders",
                        "-Xmx6g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RecoveryFigures.class.getName(),
                        directory.toString(),
                        "10000000",
                        "checkpoint",
                        String.valueOf(ROUNDS + 1))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the process ended with " + process.exitValue());
        }
        return lines;
    }

    private static Ratio ratio(String lines) {
        List<Double> recovery = new ArrayList<>();
        List<Double> reading = new ArrayList<>();
        long checksum = 0;
        // The first round warms up.
        for (String line : lines.lines().skip(1).toList()) {
            String[] fields = line.split(",", -1);
            double megabytes = Long.parseLong(fields[2]) / 1e6;
            recovery.add(megabytes * 1e9 / Long.parseLong(fields[0]));
            reading.add(megabytes * 1e9 / Long.parseLong(fields[1]));
            if (checksum != 0 && checksum != Long.parseLong(fields[3])) {
                throw new IllegalStateException("two recoveries gave different rows");
            }
            checksum = Long.parseLong(fields[3]);
        }
        return Ratio.ofRates(recovery, reading, "MB", checksum);
    }
}
