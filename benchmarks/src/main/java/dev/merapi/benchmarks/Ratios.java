package dev.merapi.benchmarks;

import dev.merapi.benchmarks.log.Appending;
import dev.merapi.benchmarks.log.Recovery;
import dev.merapi.benchmarks.store.InProcessTransfers;
import java.util.List;

/** The benchmarks, in the order of the table. */
final class Ratios {
    private Ratios() {}

    static List<RatioBenchmark> all() {
        return List.of(
                new InProcessTransfers(), new Recovery(), new Appending(1), new Appending(100), new Appending(1_000));
    }
}
