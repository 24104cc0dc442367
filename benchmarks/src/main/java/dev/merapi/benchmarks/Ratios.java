package dev.merapi.benchmarks;

import dev.merapi.benchmarks.store.InProcessTransfers;
import java.util.List;

/** The benchmarks, in the order of the table. */
final class Ratios {
    private Ratios() {}

    static List<RatioBenchmark> all() {
        return List.of(new InProcessTransfers());
    }
}
