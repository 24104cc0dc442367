package dev.merapi.benchmarks.query;

import dev.merapi.benchmarks.Goal;
import dev.merapi.benchmarks.Ratio;
import dev.merapi.benchmarks.RatioBenchmark;
import dev.merapi.benchmarks.Scale;
import dev.merapi.query.Prepared;
import dev.merapi.store.TableReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** A prepared look-up by primary key, against the same look-up asked of the store directly. */
public final class KeyLookup implements RatioBenchmark {
    private static final int LOOKUPS = 20_000;

    @Override
    public String work() {
        return "prepared look-up by primary key";
    }

    @Override
    public String comparedWith() {
        return "the same in the store";
    }

    @Override
    public Goal goal() {
        return Goal.atMost(10);
    }

    @Override
    public Ratio run(Scale scale) {
        int rounds = scale == Scale.FULL ? 40 : 2;
        int lookups = scale == Scale.FULL ? LOOKUPS : 100;
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        long checksum = 0;
        try (MessageTables tables = new MessageTables(scale == Scale.FULL ? 1_000 : 10)) {
            Prepared query = tables.prepare("SELECT * FROM messages WHERE id = $1");
            TableReader messages = tables.table("messages");
            for (int round = 0; round < rounds; round++) {
                long start = System.nanoTime();
                long found = 0;
                SplittableRandom keys = new SplittableRandom(round);
                for (int i = 0; i < lookups; i++) {
                    found += sum(tables.rows(query, 1 + keys.nextInt(tables.messages())));
                }
                long middle = System.nanoTime();
                keys = new SplittableRandom(round);
                for (int i = 0; i < lookups; i++) {
                    found -= sum(HandWritten.byKey(messages, 1 + keys.nextInt(tables.messages())));
                }
                long end = System.nanoTime();
                if (found != 0) {
                    throw new IllegalStateException("the query finds other rows than the store");
                }
                if (round >= rounds / 2) {
                    ours.add((double) (middle - start) / lookups);
                    theirs.add((double) (end - middle) / lookups);
                }
                checksum += lookups;
            }
        }
        return Ratio.ofNanos(ours, theirs, "look-up", checksum);
    }

    private static long sum(List<byte[]> rows) {
        if (rows.size() != 1) {
            throw new IllegalStateException("a key that exists must lead to one row");
        }
        return Arrays.hashCode(rows.getFirst());
    }
}
