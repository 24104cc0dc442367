package dev.merapi.benchmarks;

import dev.merapi.benchmarks.live.ChangeAmongSubscriptions;
import dev.merapi.benchmarks.live.ChangeInJoinedTable;
import dev.merapi.benchmarks.log.Appending;
import dev.merapi.benchmarks.log.Recovery;
import dev.merapi.benchmarks.query.KeyLookup;
import dev.merapi.benchmarks.query.OneShotQuery;
import dev.merapi.benchmarks.server.FanOutBenchmark;
import dev.merapi.benchmarks.server.SnapshotBenchmark;
import dev.merapi.benchmarks.server.TransferBenchmark;
import dev.merapi.benchmarks.store.InProcessTransfers;
import java.util.List;

/** The benchmarks, in the order of the table. */
final class Ratios {
    private Ratios() {}

    static List<RatioBenchmark> all() {
        return List.of(
                new TransferBenchmark(1),
                new TransferBenchmark(4),
                new InProcessTransfers(),
                new FanOutBenchmark(1),
                new FanOutBenchmark(16),
                new ChangeAmongSubscriptions(1_000),
                new ChangeAmongSubscriptions(100_000),
                new ChangeAmongSubscriptions(1_000_000),
                new ChangeInJoinedTable(1_000_000),
                new SnapshotBenchmark(),
                OneShotQuery.filter(),
                OneShotQuery.join(),
                OneShotQuery.group(),
                OneShotQuery.latest(),
                new KeyLookup(),
                new Recovery(),
                new Appending(1),
                new Appending(100),
                new Appending(1_000));
    }
}
