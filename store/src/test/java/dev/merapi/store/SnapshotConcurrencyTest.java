package dev.merapi.store;

import static dev.merapi.api.schema.ScalarType.I64;
import static dev.merapi.store.TableBuilder.aTable;
import static dev.merapi.store.TestDatabase.aDatabase;
import static dev.merapi.store.TestDatabase.begin;
import static dev.merapi.store.TestDatabase.commit;
import static dev.merapi.store.TestDatabase.createTable;
import static dev.merapi.store.TestDatabase.insert;
import static dev.merapi.store.TestDatabase.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.schema.IndexDefinition.Kind;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.RowLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Real threads read snapshots of all ages while the writer goes on. */
class SnapshotConcurrencyTest {
    private static final int ACCOUNTS = 3_000;
    private static final long MONEY = ACCOUNTS * 1_000L;
    private static final int READERS = 3;
    private static final int SNAPSHOTS_HELD = 20;
    private static final long RUN_NANOS = Duration.ofSeconds(3).toNanos();

    private final Database database = aDatabase();
    private final TableSchema accounts = createTable(
            database,
            aTable("accounts")
                    .column("id", I64)
                    .column("balance", I64)
                    .column("branch", I64)
                    .primaryKey("id")
                    .index("by_balance", Kind.ORDERED, false, "balance")
                    .index("by_branch", Kind.HASH, false, "branch"));
    private final RowLayout layout = RowLayout.of(accounts.rowType());

    /** Handed over by the writer; a volatile write is all the publication a snapshot needs. */
    private volatile Snapshot latest;

    private volatile boolean stop;

    /** What must be true of every snapshot, and its contents as one number. */
    private long check(Snapshot snapshot) {
        TableReader table = snapshot.table(accounts.tableId());
        long sum = 0;
        long fingerprint = 0;
        long rows = 0;
        for (RowCursor row = table.scan(); row.next(); ) {
            long id = layout.getLong(row.row(), 0);
            sum += layout.getLong(row.row(), 1);
            fingerprint = fingerprint * 31 + row.rowId() * 17 + id + layout.getLong(row.row(), 1);
            rows++;
            assertThat(table.findId(accounts.indexes().get(0).indexId(), id)).isEqualTo(row.rowId());
        }
        assertThat(sum).isEqualTo(MONEY);
        assertThat(table.rowCount()).isEqualTo(rows);
        long last = Long.MIN_VALUE;
        long ranked = 0;
        int byBalance = accounts.indexes().get(1).indexId();
        for (RowCursor row = table.range(byBalance, IndexRange.all(), false); row.next(); ranked++) {
            long balance = layout.getLong(row.row(), 1);
            assertThat(balance).isGreaterThanOrEqualTo(last);
            last = balance;
        }
        assertThat(ranked).isEqualTo(rows);
        RowLayout key = RowLayout.of(accounts.rowType().project(2));
        long branched = 0;
        for (long branch = 0; branch < 10; branch++) {
            RowCursor row = table.lookup(accounts.indexes().get(2).indexId(), key.encode(branch));
            for (; row.next(); branched++) {
                assertThat(layout.getLong(row.row(), 2)).isEqualTo(branch);
            }
        }
        assertThat(branched).isEqualTo(rows);
        return fingerprint;
    }

    private long read() {
        List<Snapshot> held = new ArrayList<>();
        List<Long> fingerprints = new ArrayList<>();
        long checks = 0;
        SplittableRandom random = new SplittableRandom(7);
        while (!stop) {
            Snapshot snapshot = latest;
            held.add(snapshot);
            fingerprints.add(check(snapshot));
            int again = random.nextInt(held.size());
            assertThat(check(held.get(again))).isEqualTo(fingerprints.get(again));
            if (held.size() > SNAPSHOTS_HELD) {
                held.remove(0);
                fingerprints.remove(0);
            }
            checks++;
        }
        return checks;
    }

    /** Moves money, moves accounts between branches, and now and then replaces an account by a new one. */
    private void write(SplittableRandom random) {
        try (Transaction tx = begin(database)) {
            TableReader table = tx.table(accounts.tableId());
            int key = accounts.indexes().get(0).indexId();
            long from = table.findId(key, random.nextLong(ACCOUNTS));
            long to = table.findId(key, random.nextLong(ACCOUNTS));
            if (from != to) {
                move(tx, from, -7, random.nextLong(10));
                move(tx, to, 7, random.nextLong(10));
            }
            if (random.nextInt(4) == 0) {
                byte[] moved = table.row(to);
                tx.delete(accounts.tableId(), to);
                tx.insert(accounts.tableId(), moved);
            }
            if (random.nextInt(10) != 0) {
                tx.commit();
            }
        }
    }

    private void move(Transaction tx, long rowId, long amount, long branch) {
        byte[] row = tx.table(accounts.tableId()).row(rowId);
        tx.update(
                accounts.tableId(),
                rowId,
                row(accounts, layout.getLong(row, 0), layout.getLong(row, 1) + amount, branch));
    }

    @Test
    void readers_see_each_snapshot_whole_and_unchanged_while_the_writer_goes_on() throws Exception {
        commit(database, tx -> {
            for (long i = 0; i < ACCOUNTS; i++) {
                insert(tx, accounts, i, 1_000L, i % 10);
            }
        });
        latest = database.snapshot();
        long checks = 0;
        try (ExecutorService readers = Executors.newFixedThreadPool(READERS)) {
            List<Future<Long>> results = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                Callable<Long> reader = this::read;
                results.add(readers.submit(reader));
            }
            SplittableRandom random = new SplittableRandom(42);
            long begin = System.nanoTime();
            long writes = 0;
            while (System.nanoTime() - begin < RUN_NANOS && results.stream().noneMatch(Future::isDone)) {
                write(random);
                if (++writes % 3 == 0) {
                    latest = database.snapshot();
                }
            }
            stop = true;
            for (Future<Long> result : results) {
                checks += result.get();
            }
        }

        assertThat(checks).as("snapshots checked while writing").isGreaterThan(10);
        assertThat(check(database.snapshot())).isNotZero();
    }
}
