package dev.merapi.benchmarks.query;

import dev.merapi.benchmarks.Goal;
import dev.merapi.benchmarks.Ratio;
import dev.merapi.benchmarks.RatioBenchmark;
import dev.merapi.benchmarks.Scale;
import dev.merapi.query.Prepared;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** A prepared query asked once, against the loop that somebody would write by hand. No index helps either side. */
public final class OneShotQuery implements RatioBenchmark {
    private static final int USERS = 1_000;
    private static final int SMOKE_USERS = 10;
    private static final int ROUNDS = 60;

    private final String work;
    private final String sql;
    private final double goal;
    private final Function<MessageTables, List<byte[]>> byHand;

    private OneShotQuery(String work, String sql, double goal, Function<MessageTables, List<byte[]>> byHand) {
        this.work = work;
        this.sql = sql;
        this.goal = goal;
        this.byHand = byHand;
    }

    /** A tenth of the rows by a condition. */
    public static OneShotQuery filter() {
        return new OneShotQuery(
                "filter of 100k rows",
                "SELECT id, user_id, amount FROM messages WHERE user_id <= 100",
                4,
                tables -> HandWritten.filter(tables, 100));
    }

    /** All rows against a twentieth of a thousand. */
    public static OneShotQuery join() {
        return new OneShotQuery(
                "join of 100k with 1k rows",
                "SELECT m.id, u.name FROM messages m JOIN users u ON u.id = m.user_id WHERE u.city = 3",
                4,
                tables -> HandWritten.join(tables, 3));
    }

    /** All rows against a thousand, in twenty groups. */
    public static OneShotQuery group() {
        return new OneShotQuery(
                "join of 100k with 1k rows, and group",
                "SELECT u.city, count(*), sum(m.amount) FROM messages m JOIN users u ON u.id = m.user_id"
                        + " GROUP BY u.city",
                10,
                HandWritten::group);
    }

    /** The first twenty of all rows. */
    public static OneShotQuery latest() {
        return new OneShotQuery(
                "first 20 of 100k rows in an order",
                "SELECT id, sent FROM messages ORDER BY sent DESC LIMIT 20",
                4,
                tables -> HandWritten.latest(tables, 20));
    }

    @Override
    public String work() {
        return work;
    }

    @Override
    public String comparedWith() {
        return "a hand-written loop over the same rows";
    }

    @Override
    public Goal goal() {
        return Goal.atMost(goal);
    }

    @Override
    public Ratio run(Scale scale) {
        int rounds = scale == Scale.FULL ? ROUNDS : 2;
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        long checksum = 0;
        try (MessageTables tables = new MessageTables(scale == Scale.FULL ? USERS : SMOKE_USERS)) {
            Prepared query = tables.prepare(sql);
            for (int round = 0; round < rounds; round++) {
                long start = System.nanoTime();
                List<byte[]> rows = tables.rows(query);
                long middle = System.nanoTime();
                List<byte[]> expected = byHand.apply(tables);
                long end = System.nanoTime();
                if (round >= rounds / 2) {
                    ours.add((double) (middle - start));
                    theirs.add((double) (end - middle));
                }
                checksum = checksum * 31 + check(rows, expected);
            }
        }
        return Ratio.ofNanos(ours, theirs, "run", checksum);
    }

    /** Both sides must have the same rows, in whatever order. */
    private static long check(List<byte[]> rows, List<byte[]> expected) {
        long sum = sum(rows);
        if (rows.isEmpty() || rows.size() != expected.size() || sum != sum(expected)) {
            throw new IllegalStateException("the query gives other rows than the loop");
        }
        return sum;
    }

    private static long sum(List<byte[]> rows) {
        return rows.stream().mapToLong(Arrays::hashCode).sum();
    }
}
