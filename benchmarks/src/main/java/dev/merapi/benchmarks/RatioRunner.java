package dev.merapi.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the benchmarks and prints the table of ratios; with {@code --write FILE} it also replaces the table between the
 * two marks in that file. Further arguments choose benchmarks by a part of their name; {@code --smoke} makes
 * them small.
 */
public final class RatioRunner {
    static final String BEGIN = "<!-- ratios: begin -->";
    static final String END = "<!-- ratios: end -->";

    private static final String HEADER = """
        | work | compared with | goal | ratio | met | ours | theirs |
        | --- | --- | --- | --- | --- | --- | --- |
        """;

    private RatioRunner() {}

    public static void main(String[] arguments) throws Exception {
        List<String> wanted = new ArrayList<>();
        Scale scale = Scale.FULL;
        Path file = null;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--smoke" -> scale = Scale.SMOKE;
                case "--write" -> file = Path.of(arguments[++i]);
                default -> wanted.add(arguments[i]);
            }
        }
        String table = run(Ratios.all(), wanted, scale, System.out);
        if (file != null) {
            replaceTable(file, table);
        }
    }

    /** Runs what is wanted (everything when nothing is named), prints each row as it comes and returns the table. */
    static String run(List<RatioBenchmark> benchmarks, List<String> wanted, Scale scale, PrintStream out)
            throws Exception {
        StringBuilder table = new StringBuilder(HEADER);
        out.print(HEADER);
        for (RatioBenchmark benchmark : benchmarks) {
            if (!wanted.isEmpty() && wanted.stream().noneMatch(benchmark.work()::contains)) {
                continue;
            }
            String row = row(benchmark, benchmark.run(scale));
            out.print(row);
            out.flush();
            table.append(row);
        }
        return table.toString();
    }

    private static String row(RatioBenchmark benchmark, Ratio ratio) {
        return String.format(
                "| %s | %s | %s | %.2f | %s | %s | %s |%n",
                benchmark.work(),
                benchmark.comparedWith(),
                benchmark.goal(),
                ratio.ratio(),
                benchmark.goal().isMetBy(ratio.ratio()) ? "yes" : "no",
                ratio.subject(),
                ratio.baseline());
    }

    private static void replaceTable(Path file, String table) throws IOException {
        String page = Files.readString(file, StandardCharsets.UTF_8);
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(file + " lacks the marks " + BEGIN + " and " + END);
        }
        String replaced = page.substring(0, begin + BEGIN.length()) + "\n" + table + page.substring(end);
        Files.writeString(file, replaced, StandardCharsets.UTF_8);
    }
}
