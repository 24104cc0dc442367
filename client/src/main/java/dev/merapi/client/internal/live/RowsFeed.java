package dev.merapi.client.internal.live;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.RowType;
import dev.merapi.client.live.LiveOptions;
import dev.merapi.client.row.Columns;
import dev.merapi.client.row.Row;
import dev.merapi.client.row.Rows;
import dev.merapi.wire.Position;
import dev.merapi.wire.RowChange;
import dev.merapi.wire.Start;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a live query: a materialiser, and a version that rises with each list worth showing. A list is made when
 * it is taken, so a slow consumer costs nothing and gets the newest.
 */
final class RowsFeed extends Feed<Rows> {
    private static final Rows NOTHING = Rows.of(Columns.of(RowType.EMPTY), new Row[0], "", false);

    private final List<String> declaredKey;
    private final boolean showsParts;
    private final Materialiser.Window window;

    // guarded by lock
    private boolean ordered;
    private @Nullable Rows base;
    private @Nullable Materialiser shown;
    private @Nullable Loading loading;
    private @Nullable Position position;
    private @Nullable Position announced;
    private long version;
    private long versionTaken;
    private long versionMade;
    private Rows made = NOTHING;

    /** Rows on their way, not yet all there. */
    private static final class Loading {
        private final Materialiser rows;
        private final Sink.Beginning beginning;
        private long received;

        private Loading(Materialiser rows, Sink.Beginning beginning) {
            this.rows = rows;
            this.beginning = beginning;
        }
    }

    RowsFeed(String name, LiveOptions options) {
        super(name);
        declaredKey = options.keyColumns();
        showsParts = !options.autoFetchBatches();
        window = new Materialiser.Window(options.limit(), options.lastRows());
        base = options.from() instanceof LiveOptions.From.State state ? state.rows() : null;
    }

    /** The newest list, without taking it. */
    Rows rows() {
        lock.lock();
        try {
            return make();
        } finally {
            lock.unlock();
        }
    }

    boolean isOrdered() {
        lock.lock();
        try {
            return ordered;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public OptionalInt rowsToLoad(boolean reload) {
        return reload ? window.rowsToReload() : window.rowsToLoad();
    }

    @Override
    public void begun(Beginning beginning) {
        lock.lock();
        try {
            ordered = beginning.order().isPresent();
            switch (beginning.start()) {
                case Start.Fresh fresh -> load(beginning);
                case Start.Reset reset -> {
                    notice(new Notice.Reset(reset.reason().name()));
                    load(beginning);
                }
                case Start.Resumed resumed -> resume(beginning);
            }
        } finally {
            lock.unlock();
        }
    }

    private void load(Beginning beginning) {
        base = null;
        loading = new Loading(materialiser(beginning), beginning);
    }

    private void resume(Beginning beginning) {
        Rows rows = base;
        if (rows != null && shown == null) {
            Materialiser from = materialiser(beginning);
            if (rows.columns().layout().columnCount() != from.columns().layout().columnCount()) {
                throw new CodedException(ErrorCode.INVALID_OPTION, "the rows are not those of this live query")
                        .with("columns", rows.columns())
                        .hint("resume with rows that live gave for the same SQL, ORDER BY included");
            }
            from.load((Iterable<Row>) rows);
            shown = from;
        }
        base = null;
    }

    private Materialiser materialiser(Beginning beginning) {
        Columns columns = beginning.columns();
        int[] declared = declaredKey.stream().mapToInt(columns::get).toArray();
        if (beginning.order().isPresent()) {
            return new OrderedMaterialiser(columns, beginning.order(), window, declared);
        }
        int[] key = declared.length > 0
                ? declared
                : beginning.serverKey().stream().mapToInt(Integer::intValue).toArray();
        return new ArrivalMaterialiser(columns, window, key, declared.length > 0);
    }

    @Override
    public void rows(List<byte[]> rows, boolean last, Position newPosition) {
        lock.lock();
        try {
            Loading current = loading;
            if (current == null) {
                return;
            }
            current.rows.load(rows);
            current.received += rows.size();
            if (last) {
                current.rows.loaded(current.beginning.asked(), current.received);
                shown = current.rows;
                loading = null;
                position = newPosition;
                version++;
            } else if (showsParts && !current.beginning.reload()) {
                shown = null;
                version++;
            }
            signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Verdict changes(List<RowChange> changes, Position newPosition, long timestampMicros) {
        lock.lock();
        try {
            if (shown == null) {
                return Verdict.CONTINUE;
            }
            Materialiser.Outcome outcome = shown.apply(changes);
            if (outcome == Materialiser.Outcome.CONTRADICTION) {
                return Verdict.REPAIR;
            }
            if (shown.wantsReload()) {
                // What is left is not shown: the list that fills the gap comes in a moment.
                return Verdict.RELOAD;
            }
            position = newPosition;
            if (outcome == Materialiser.Outcome.CHANGED || version == 0) {
                version++;
            }
            signal();
            return Verdict.CONTINUE;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void progressed(Position newPosition) {
        lock.lock();
        try {
            position = newPosition;
            signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isDrained() {
        return true;
    }

    @Override
    protected @Nullable Delivery<Rows> next() {
        if (version != versionTaken) {
            Rows rows = make();
            versionTaken = version;
            announced = rows.isComplete() ? position : announced;
            return new Delivery<>(rows, rows.isComplete() && position != null ? checkpoint(position) : null);
        }
        if (position != null && !position.equals(announced) && shown != null && versionTaken > 0) {
            announced = position;
            return new Delivery<>(null, checkpoint(position));
        }
        return null;
    }

    @Override
    protected @Nullable Rows peekFirst() {
        return version == 0 ? null : make();
    }

    @Override
    protected void clear() {
        versionTaken = version;
        announced = position;
    }

    private Rows make() {
        if (versionMade != version) {
            Materialiser visible = shown;
            boolean complete = visible != null;
            if (visible == null && loading != null) {
                visible = loading.rows;
            }
            made = visible == null
                    ? NOTHING
                    : Rows.of(
                            visible.columns(),
                            visible.visible(),
                            complete && position != null ? position.toString() : "",
                            complete);
            versionMade = version;
        }
        return made;
    }
}
