package dev.merapi.server.module;

import dev.merapi.server.database.CommitListener;
import dev.merapi.server.database.Mailbox;
import dev.merapi.store.Commit;
import dev.merapi.store.RowCursor;
import dev.merapi.store.Snapshot;
import dev.merapi.store.TableDelta;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls that rows of scheduled tables ask for, each at its time. The rows are the truth: a row that is inserted is
 * a call to come, one that is deleted is none, and after a restart what is in the tables is what is scheduled.
 *
 * <p>A call that is to run once takes its row with it, in its transaction; if it fails, its row goes nevertheless. One
 * that runs at intervals runs again one interval after it was due, never twice at the same time, and does not make up
 * for what it has missed. Times are those of the server's clock: when it is set back, calls come later.
 *
 * <p>Owned by the thread {@code schedule-<name>}.
 */
final class Schedules implements CommitListener {
    private static final Logger LOG = LoggerFactory.getLogger(Schedules.class);

    private static final int MAX_EVENTS = 1024;

    /** The clock may be set: it is looked at this often. */
    private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** When the writer is busy. */
    private static final long RETRY_MICROS = TimeUnit.MILLISECONDS.toMicros(10);

    private sealed interface Event {
        /** These are the scheduled tables from now on, with these rows. */
        record Loaded(ScheduledCalls calls, Snapshot snapshot) implements Event {}

        record Changed(List<Commit> commits) implements Event {}

        record Finished(Entry entry, ScheduledCalls.Outcome outcome) implements Event {}
    }

    /** A call to come. */
    private static final class Entry {
        final int table;
        final long rowId;
        final byte[] row;
        final ScheduledCalls.Time time;
        /** Tells those apart that are due at the same time. */
        final long serial;

        long dueMicros;
        boolean cancelled;

        Entry(int table, long rowId, byte[] row, ScheduledCalls.Time time, long serial, long nowMicros) {
            this.table = table;
            this.rowId = rowId;
            this.row = row;
            this.time = time;
            this.serial = serial;
            this.dueMicros = time.first(nowMicros);
        }
    }

    private final String name;
    private final InstantSource clock;
    private final Mailbox<Event> mailbox = new Mailbox<>(Integer.MAX_VALUE);
    /** Whether anything is scheduled by rows at all: most databases have no such table. */
    private volatile boolean listening;

    // Below: owned by the thread.
    private @Nullable ScheduledCalls calls;
    private final Map<Integer, Map<Long, Entry>> entries = new HashMap<>();
    private final TreeSet<Entry> queue =
            new TreeSet<>(Comparator.<Entry>comparingLong(e -> e.dueMicros).thenComparingLong(e -> e.serial));
    private long nextSerial;

    Schedules(String name, InstantSource clock) {
        this.name = name;
        this.clock = clock;
    }

    /**
     * Any thread. Lets rows of the scheduled tables be calls from now on.
     *
     * @param snapshot handed over behind the commits it contains
     */
    void load(ScheduledCalls scheduled, Snapshot snapshot) {
        listening = true;
        mailbox.force(new Event.Loaded(scheduled, snapshot));
    }

    @Override
    public void committed(List<Commit> commits) {
        if (listening) {
            mailbox.force(new Event.Changed(commits));
        }
    }

    /** Any thread. Ends {@link #run}. */
    void close() {
        mailbox.close();
    }

    /** The body of the thread. */
    void run() {
        List<Event> events = new ArrayList<>();
        boolean open = true;
        while (open) {
            try {
                open = mailbox.drainTo(events, MAX_EVENTS, patience());
            } catch (InterruptedException e) {
                LOG.warn("schedule-{} was interrupted and goes on: it ends by being closed", name);
                continue;
            }
            events.forEach(this::handle);
            events.clear();
            if (open) {
                startDue();
            }
        }
    }

    private long patience() {
        if (queue.isEmpty()) {
            return MAX_WAIT_NANOS;
        }
        long wait = TimeUnit.MICROSECONDS.toNanos(Math.max(0, queue.first().dueMicros - now()));
        return Math.min(wait, MAX_WAIT_NANOS);
    }

    private void handle(Event event) {
        switch (event) {
            case Event.Loaded loaded -> load(loaded);
            case Event.Changed changed -> changed.commits().forEach(this::follow);
            case Event.Finished finished -> finish(finished.entry(), finished.outcome());
        }
    }

    private void load(Event.Loaded loaded) {
        ScheduledCalls scheduled = loaded.calls();
        calls = scheduled;
        entries.values().forEach(all -> all.values().forEach(entry -> entry.cancelled = true));
        entries.clear();
        queue.clear();
        for (int table : scheduled.tables()) {
            entries.put(table, new HashMap<>());
            RowCursor rows = loaded.snapshot().table(table).scan();
            while (rows.next()) {
                add(scheduled, table, rows.rowId(), rows.row());
            }
        }
    }

    private void follow(Commit commit) {
        ScheduledCalls scheduled = calls;
        if (scheduled == null) {
            return;
        }
        for (TableDelta delta : commit.tables()) {
            int table = delta.table().tableId();
            Map<Long, Entry> present = entries.get(table);
            for (int i = 0; present != null && i < delta.size(); i++) {
                cancel(present.remove(delta.rowId(i)));
                byte[] row = delta.after(i);
                if (row != null) {
                    add(scheduled, table, delta.rowId(i), row);
                }
            }
        }
    }

    private void add(ScheduledCalls scheduled, int table, long rowId, byte[] row) {
        Entry entry = new Entry(table, rowId, row, scheduled.time(table, row), nextSerial++, now());
        entries.getOrDefault(table, new HashMap<>()).put(rowId, entry);
        queue.add(entry);
    }

    private void cancel(@Nullable Entry entry) {
        if (entry != null) {
            entry.cancelled = true;
            queue.remove(entry);
        }
    }

    private void startDue() {
        long now = now();
        ScheduledCalls scheduled = calls;
        while (scheduled != null && !queue.isEmpty() && queue.first().dueMicros <= now) {
            Entry due = queue.removeFirst();
            scheduled.start(due.table, due.rowId, due.row, outcome -> mailbox.force(new Event.Finished(due, outcome)));
        }
    }

    private void finish(Entry entry, ScheduledCalls.Outcome outcome) {
        if (entry.cancelled) {
            return;
        }
        switch (outcome) {
            case BUSY -> {
                entry.dueMicros = now() + RETRY_MICROS;
                queue.add(entry);
            }
            case RAN -> {
                if (entry.time instanceof ScheduledCalls.Time.Every every) {
                    entry.dueMicros = every.next(entry.dueMicros, now());
                    queue.add(entry);
                }
            }
            case GONE -> entries.getOrDefault(entry.table, new HashMap<>()).remove(entry.rowId, entry);
        }
    }

    private long now() {
        Instant now = clock.instant();
        return TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + TimeUnit.NANOSECONDS.toMicros(now.getNano());
    }
}
