package dev.merapi.client.internal.live;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.value.Bsatn;
import dev.merapi.client.live.ChangeType;
import dev.merapi.client.live.Checkpoint;
import dev.merapi.client.live.LiveError;
import dev.merapi.client.live.LiveEvent;
import dev.merapi.client.live.LiveOptions;
import dev.merapi.client.live.Overflow;
import dev.merapi.client.row.Columns;
import dev.merapi.client.row.Row;
import dev.merapi.client.row.Rows;
import dev.merapi.wire.Position;
import dev.merapi.wire.RowChange;
import dev.merapi.wire.Start;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The events of a live query, in order, in a buffer. Changes in it are bounded by their rows: one commit may go beyond
 * the bound, because it must stay whole; after that the query is paused or ended, as the options say. Initial rows are
 * bounded by {@link LiveQuery}, which asks for a batch when the application takes one.
 */
final class EventsFeed extends Feed<LiveEvent> {
    /** The reason of a reset the server knows nothing of: the connection was lost among the initial rows. */
    private static final String INTERRUPTED = "INITIAL_ROWS_INTERRUPTED";

    private final String name;
    private final Overflow overflow;
    private final int maxBufferedRows;
    private final OptionalInt lastRows;

    // guarded by lock
    private final Deque<Queued> queue = new ArrayDeque<>();
    private int bufferedRows;
    private boolean paused;
    private boolean toldRows;
    private final Places places = new Places();
    private Columns columns = Columns.of(RowType.EMPTY);
    private @Nullable Position position;
    private @Nullable LiveEvent first;

    private record Queued(Delivery<LiveEvent> delivery, int rows) {}

    EventsFeed(String name, LiveOptions options) {
        super(name);
        this.name = name;
        this.overflow = options.overflow();
        this.maxBufferedRows = options.maxBufferedRows();
        this.lastRows = options.lastRows();
    }

    @Override
    public OptionalInt rowsToLoad(boolean reload) {
        return lastRows;
    }

    @Override
    public void begun(Beginning beginning) {
        lock.lock();
        try {
            paused = false;
            columns = beginning.columns();
            if (!(beginning.start() instanceof Start.Resumed)) {
                places.begin(columns, beginning.order());
            }
            position = beginning.start() instanceof Start.Resumed ? beginning.from() : null;
            LiveEvent.Start start = start(beginning.start());
            List<String> keys = beginning.serverKey().stream()
                    .map(i -> columns.column(i).name())
                    .toList();
            add(
                    new LiveEvent.Ack(
                            name, columns, keys, start, beginning.position().toString()),
                    null,
                    0);
            if (start == LiveEvent.Start.RESET) {
                String reason = beginning.start() instanceof Start.Reset reset
                        ? reset.reason().name()
                        : INTERRUPTED;
                notice(new Notice.Reset(reason));
                add(new LiveEvent.Reset(reason), null, 0);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Beginning anew after some rows were told is a reset for the application, whatever it is for the server. */
    private LiveEvent.Start start(Start told) {
        return switch (told) {
            case Start.Fresh fresh -> toldRows ? LiveEvent.Start.RESET : LiveEvent.Start.FRESH;
            case Start.Resumed resumed -> LiveEvent.Start.RESUMED;
            case Start.Reset reset -> LiveEvent.Start.RESET;
        };
    }

    @Override
    public void rows(List<byte[]> rows, boolean last, Position newPosition) {
        lock.lock();
        try {
            Row[] batch = checked(rows);
            places.load(batch);
            toldRows = true;
            Checkpoint reached = last ? checkpoint(newPosition) : null;
            add(
                    new LiveEvent.InitialBatch(
                            Rows.of(columns, batch, last ? newPosition.toString() : "", last), !last),
                    reached,
                    0);
            position = newPosition;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Verdict changes(List<RowChange> changes, Position newPosition, long timestampMicros) {
        lock.lock();
        try {
            Checkpoint before = checkpoint(position == null ? newPosition : position);
            Checkpoint after = checkpoint(newPosition);
            position = newPosition;
            if (changes.isEmpty()) {
                reach(after);
                return Verdict.CONTINUE;
            }
            List<LiveEvent.Change> events = split(changes, Bsatn.instant(timestampMicros), before, after);
            for (LiveEvent.Change event : events) {
                int rows = Math.max(event.rows().size(), event.oldValues().size());
                add(event, event.endOfCommit() ? after : null, rows);
            }
            return bufferedRows <= maxBufferedRows ? Verdict.CONTINUE : overflow();
        } finally {
            lock.unlock();
        }
    }

    /** Deletes before updates before inserts: whoever applies them one by one by key never meets a key twice. */
    private List<LiveEvent.Change> split(List<RowChange> changes, Instant time, Checkpoint before, Checkpoint after) {
        List<Row> deleted = new ArrayList<>();
        List<Row> updatedOld = new ArrayList<>();
        List<Row> updatedNew = new ArrayList<>();
        List<Row> inserted = new ArrayList<>();
        for (RowChange change : changes) {
            switch (change) {
                case RowChange.Delete delete -> deleted.add(columns.checkedRow(delete.row()));
                case RowChange.Update update -> {
                    updatedOld.add(columns.checkedRow(update.before()));
                    updatedNew.add(columns.checkedRow(update.after()));
                }
                case RowChange.Insert insert -> inserted.add(columns.checkedRow(insert.row()));
            }
        }
        boolean updates = !updatedNew.isEmpty();
        boolean inserts = !inserted.isEmpty();
        List<LiveEvent.Change> events = new ArrayList<>(3);
        if (!deleted.isEmpty()) {
            boolean end = !updates && !inserts;
            Places.Moves moves = new Places.Moves(places.remove(deleted), List.of());
            Checkpoint reached = end ? after : before;
            events.add(change(ChangeType.DELETE, List.of(), deleted, moves, time, end, reached));
        }
        if (updates) {
            Places.Moves moves = places.move(updatedOld, updatedNew);
            Checkpoint reached = inserts ? before : after;
            events.add(change(ChangeType.UPDATE, updatedNew, updatedOld, moves, time, !inserts, reached));
        }
        if (inserts) {
            Places.Moves moves = new Places.Moves(List.of(), places.add(inserted));
            events.add(change(ChangeType.INSERT, inserted, List.of(), moves, time, true, after));
        }
        return events;
    }

    private static LiveEvent.Change change(
            ChangeType type,
            List<Row> rows,
            List<Row> oldValues,
            Places.Moves moves,
            Instant time,
            boolean end,
            Checkpoint checkpoint) {
        return new LiveEvent.Change(type, rows, oldValues, moves.from(), moves.to(), time, end, checkpoint);
    }

    private Verdict overflow() {
        return switch (overflow) {
            case PAUSE -> {
                paused = true;
                yield Verdict.PAUSE;
            }
            case END -> {
                failed(new CodedException(ErrorCode.LIVE_CONSUMER_TOO_SLOW, "the application is slower than the events")
                        .with("live", name)
                        .with("bufferedRows", bufferedRows)
                        .with("maxBufferedRows", maxBufferedRows)
                        .hint("resume from the last checkpoint, raise maxBufferedRows, or use Overflow.PAUSE"));
                yield Verdict.END;
            }
        };
    }

    @Override
    public void progressed(Position newPosition) {
        lock.lock();
        try {
            position = newPosition;
            reach(checkpoint(newPosition));
        } finally {
            lock.unlock();
        }
    }

    /** Queues a checkpoint alone, in place of one that still waits at the end. */
    private void reach(Checkpoint checkpoint) {
        Queued tail = queue.peekLast();
        if (tail != null && tail.delivery().item() == null) {
            queue.removeLast();
        }
        queue.add(new Queued(new Delivery<>(null, checkpoint), 0));
        signal();
    }

    @Override
    public void failed(CodedException error) {
        lock.lock();
        try {
            if (end() instanceof End.NotYet) {
                add(new LiveEvent.Error(new LiveError(name, error, true)), null, 0);
            }
            super.failed(error);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isDrained() {
        lock.lock();
        try {
            return queue.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    @Override
    protected @Nullable Delivery<LiveEvent> next() {
        Queued queued = queue.poll();
        if (queued == null) {
            return null;
        }
        bufferedRows -= queued.rows();
        boolean batch = queued.delivery().item() instanceof LiveEvent.InitialBatch;
        return batch || (paused && queue.isEmpty()) ? queued.delivery().whichIsAwaited() : queued.delivery();
    }

    @Override
    protected @Nullable LiveEvent peekFirst() {
        return first;
    }

    @Override
    protected void clear() {
        queue.clear();
        bufferedRows = 0;
    }

    private void add(LiveEvent event, @Nullable Checkpoint reached, int rows) {
        if (first == null) {
            first = event;
        }
        queue.add(new Queued(new Delivery<>(event, reached), rows));
        bufferedRows += rows;
        signal();
    }

    private Row[] checked(List<byte[]> rows) {
        Row[] checked = new Row[rows.size()];
        for (int i = 0; i < checked.length; i++) {
            checked[i] = columns.checkedRow(rows.get(i));
        }
        return checked;
    }
}
