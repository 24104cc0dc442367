package dev.merapi.benchmarks;

import dev.merapi.benchmarks.live.ChangeAmongSubscriptions;
import dev.merapi.benchmarks.live.ChangeInJoinedTable;
import dev.merapi.benchmarks.live.SubscribeAndLeave;
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
                ChangeAmongSubscriptions.same(1_000),
                ChangeAmongSubscriptions.same(100_000),
                ChangeAmongSubscriptions.same(1_000_000),
                ChangeAmongSubscriptions.another(1_000_000),
                ChangeAmongSubscriptions.mixed(1_000_000),
                ChangeAmongSubscriptions.ranges(1_000_000),
                ChangeAmongSubscriptions.prefixes(1_000_000),
                new SubscribeAndLeave(),
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
