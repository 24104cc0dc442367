package dev.merapi.query.live.upkeep;

import dev.merapi.query.live.row.ResultRows;
import dev.merapi.query.live.row.RowBag;
import dev.merapi.query.live.row.RowChange;
import dev.merapi.store.ReadView;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Computes the rows of one result, and in what they differ from those known before. */
public final class ResultRun extends LiveWork {
    private final ResultRows before;
    private final RepeatedRuns.Runner query;
    private final ReadView view;
    private @Nullable RowBag rows;
    private List<RowChange> changes = List.of();

    ResultRun(ResultRows before, RepeatedRuns.Runner query, ReadView view) {
        this.before = before;
        this.query = query;
        this.view = view;
    }

    @Override
    void work(BooleanSupplier cancelled) {
        List<byte[]> computed = query.run(view, cancelled);
        if (before.known()) {
            changes = before.differenceTo(computed).toChanges();
        }
        rows = new RowBag(computed);
    }

    /** Which result it is for. */
    public long resultId() {
        return before.id();
    }

    long offset() {
        return view.offset();
    }

    RowBag rows() {
        RowBag computed = rows;
        if (computed == null) {
            throw new IllegalStateException("the work has not been done");
        }
        return computed;
    }

    List<RowChange> changes() {
        return changes;
    }
}
