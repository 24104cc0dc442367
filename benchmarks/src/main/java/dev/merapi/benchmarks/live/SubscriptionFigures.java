package dev.merapi.benchmarks.live;

import dev.merapi.benchmarks.Scale;
import dev.merapi.query.live.LiveQueries;
import java.io.PrintStream;

/**
 * The memory a subscription takes, by what is subscribed to: growth of the heap, divided. There is nothing to compare
 * that with, so it is no ratio.
 *
 * <pre>java -cp … dev.merapi.benchmarks.live.SubscriptionFigures</pre>
 */
public final class SubscriptionFigures {
    private SubscriptionFigures() {}

    public static void main(String[] arguments) {
        run(Scale.FULL, System.out);
    }

    /** Prints bytes per subscription; returns how many there were. */
    static long run(Scale scale, PrintStream out) {
        int subscriptions = scale == Scale.FULL ? 1_000_000 : 1_000;
        long counted = 0;
        for (Population population : Population.values()) {
            try (LiveDatabase database = new LiveDatabase(Population.TABLE)) {
                population.subscribeAll(database, 1); // the template
                long before = usedBytes();
                LiveQueries live = population.subscribeAll(database, subscriptions);
                long bytes = usedBytes() - before;
                out.printf("%-60s %4d bytes per subscription%n", population, bytes / subscriptions);
                counted += live.resultCount();
            }
        }
        return counted;
    }

    private static long usedBytes() {
        Runtime runtime = Runtime.getRuntime();
        // Two passes: what the first one finds to be finished the second one frees.
        System.gc();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
