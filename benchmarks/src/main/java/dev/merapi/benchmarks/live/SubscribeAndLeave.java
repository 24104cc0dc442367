package dev.merapi.benchmarks.live;

import dev.merapi.benchmarks.Goal;
import dev.merapi.benchmarks.Ratio;
import dev.merapi.benchmarks.RatioBenchmark;
import dev.merapi.benchmarks.Scale;
import dev.merapi.query.live.LiveQueries;
import dev.merapi.query.live.LiveResult;
import dev.merapi.store.Snapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * Subscribing to a query of a known text and leaving it again, while many others stay; each time with another
 * parameter, so that there is a result to make and to forget. The other side has a text that was never seen.
 */
public final class SubscribeAndLeave implements RatioBenchmark {
    private static final int FULL_OTHERS = 1_000_000;

    /** Texts never seen: enough to measure, few enough to wait for. */
    private static final int NEW_PER_ROUND = 200;

    private static final int KNOWN_PER_ROUND = 100 * NEW_PER_ROUND;

    @Override
    public String work() {
        return "subscribing to a known query and leaving, among 1000000 others";
    }

    @Override
    public String comparedWith() {
        return "the same with a text never seen";
    }

    @Override
    public Goal goal() {
        return Goal.atLeast(20);
    }

    @Override
    public Ratio run(Scale scale) {
        int others = scale == Scale.SMOKE ? 1_000 : FULL_OTHERS;
        int rounds = scale == Scale.SMOKE ? 2 : 40;
        try (LiveDatabase database = new LiveDatabase(Population.TABLE)) {
            LiveQueries live = Population.EQUALITY.subscribeAll(database, others);
            List<Double> known = new ArrayList<>();
            List<Double> unseen = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                double knownRate = rate(database, live, KNOWN_PER_ROUND, others, "");
                double unseenRate = rate(database, live, NEW_PER_ROUND, others, " -- round " + round + " number ");
                if (round >= rounds / 2) {
                    known.add(knownRate);
                    unseen.add(unseenRate);
                }
            }
            if (live.resultCount() != others) {
                throw new IllegalStateException(live.resultCount() + " results are left of " + others);
            }
            return Ratio.ofRates(known, unseen, "subscriptions", others);
        }
    }

    /** Subscriptions per second, each ended again; with a comment the text is another one each time. */
    private static double rate(LiveDatabase database, LiveQueries live, int count, int firstThread, String comment) {
        Snapshot snapshot = database.snapshot();
        List<LiveResult> results = new ArrayList<>(count);
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            String sql = comment.isEmpty() ? Population.BY_THREAD : Population.BY_THREAD + comment + i;
            results.add(database.subscribe(live, snapshot, sql, firstThread + i));
        }
        results.forEach(live::detach);
        return count / ((System.nanoTime() - start) / 1e9);
    }
}
