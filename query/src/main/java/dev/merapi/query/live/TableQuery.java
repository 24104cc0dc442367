package dev.merapi.query.live;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ResultOrder;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.value.RowKey;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.live.row.RowChange;
import dev.merapi.query.live.tree.TableChanges;
import dev.merapi.store.Commit;
import dev.merapi.store.ReadView;
import dev.merapi.store.TableDelta;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A live query that filters and projects one table. Its rows and what changed in them are computed from the table and
 * the commits alone, wherever there is time.
 */
public final class TableQuery implements LiveQuery {
    private final TableTemplate template;
    /** The values of the key columns as a row of the key's type; null when the template has no key columns. */
    private final byte @Nullable [] key;

    private final List<@Nullable Object> parameters;
    private final boolean matchesNothing;
    private final LiveLimits limits;
    private final ResultOrder order;

    TableQuery(
            TableTemplate template,
            byte @Nullable [] key,
            List<@Nullable Object> parameters,
            boolean matchesNothing,
            LiveLimits limits,
            ResultOrder order) {
        this.template = template;
        this.key = key;
        this.parameters = parameters;
        this.matchesNothing = matchesNothing;
        this.limits = limits;
        this.order = order;
    }

    @Override
    public TableQuery in(ResultOrder wanted) {
        return new TableQuery(template, key, parameters, matchesNothing, limits, wanted);
    }

    TableTemplate template() {
        return template;
    }

    byte @Nullable [] key() {
        return key;
    }

    /** True when an equality compares with NULL, which no row meets. */
    boolean matchesNothing() {
        return matchesNothing;
    }

    @Override
    public RowType rowType() {
        return template.rowType();
    }

    /** Positions of the table's primary key in the result; empty when it is not (all) there. */
    @Override
    public List<Integer> keyColumns() {
        return template.resultKey();
    }

    /** A context for the predicates of this query; for one thread. */
    EvalContext newContext() {
        return EvalContext.ofParameters(parameters);
    }

    /** Whether a stored row belongs to the result. */
    boolean matches(byte[] row, EvalContext context) {
        RowKey tableKey = template.key();
        if (matchesNothing || (tableKey != null && key != null && !keyEquals(tableKey, key, row))) {
            return false;
        }
        return template.meetsRest(row, context);
    }

    private boolean keyEquals(RowKey tableKey, byte[] wanted, byte[] row) {
        return tableKey.equal(row, tableKey.keyRowKey(), wanted);
    }

    @Override
    public ResultOrder order() {
        return order;
    }

    /**
     * The present rows in the order of the query, or in that in which they were inserted.
     *
     * @throws CodedException SCHEMA_CHANGED when the table is no longer what the query was compiled for, LIVE_LIMIT for
     *     more rows than are put in order
     */
    public Iterator<byte[]> rows(ReadView view) {
        if (matchesNothing) {
            return List.<byte[]>of().iterator();
        }
        Iterator<byte[]> rows = InitialRows.all(this, view);
        return order.isPresent()
                ? new FirstRows(rowType(), order, limits).all(rows).iterator()
                : rows;
    }

    /**
     * Of the present rows the first {@code count} of the order; without one the last inserted, oldest of them first.
     */
    public List<byte[]> lastRows(ReadView view, int count) {
        if (matchesNothing || count == 0) {
            return List.of();
        }
        return order.isPresent()
                ? new FirstRows(rowType(), order, limits).of(InitialRows.all(this, view), count)
                : InitialRows.last(this, view, count);
    }

    /**
     * What some consecutive commits together did to the result: at most one change per stored row, nothing for rows
     * that ended as they began. Applied to the rows as of the commit before the first, it gives the rows as of the
     * last.
     *
     * @throws CodedException SCHEMA_CHANGED when one of the commits changed the table's columns or policies,
     *     CATCH_UP_LIMIT when more rows were touched than the limit allows: in both cases start over with {@link #rows}
     */
    public List<RowChange> netChanges(Iterator<Commit> history) {
        EvalContext context = newContext();
        Map<Long, Span> touched = new LinkedHashMap<>();
        while (history.hasNext()) {
            Commit commit = history.next();
            if (TableChanges.breaksHistory(template.table(), commit)) {
                throw TableChanges.schemaChanged(template.table());
            }
            for (TableDelta delta : commit.tables()) {
                if (delta.table().tableId() == template.table().tableId()) {
                    collect(delta, touched, context);
                }
            }
        }
        return net(touched, context);
    }

    /** A row's image before the first change and after the last; null where it was not part of the result. */
    private record Span(byte @Nullable [] first, byte @Nullable [] last) {}

    private void collect(TableDelta delta, Map<Long, Span> touched, EvalContext context) {
        for (int i = 0; i < delta.size(); i++) {
            byte[] before = delta.before(i);
            byte[] after = delta.after(i);
            byte[] shownBefore = before != null && matches(before, context) ? before : null;
            byte[] shownAfter = after != null && matches(after, context) ? after : null;
            Span earlier = touched.get(delta.rowId(i));
            if (earlier != null) {
                touched.put(delta.rowId(i), new Span(earlier.first(), shownAfter));
            } else if (shownBefore != null || shownAfter != null) {
                touched.put(delta.rowId(i), new Span(shownBefore, shownAfter));
            }
        }
        if (touched.size() > limits.maxCatchUpRows()) {
            throw new CodedException(ErrorCode.CATCH_UP_LIMIT, "too much has changed to catch up")
                    .with("limitRows", limits.maxCatchUpRows())
                    .hint("start over with a fresh snapshot");
        }
    }

    private List<RowChange> net(Map<Long, Span> touched, EvalContext context) {
        List<RowChange> changes = new ArrayList<>();
        for (Span span : touched.values()) {
            byte[] before = project(span.first(), context);
            byte[] after = project(span.last(), context);
            if ((before != null || after != null) && !Arrays.equals(before, after)) {
                changes.add(new RowChange(before, after));
            }
        }
        return changes;
    }

    byte @Nullable [] project(byte @Nullable [] row, EvalContext context) {
        return row == null ? null : template.projection().project(row, context);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TableQuery that
                && template.equals(that.template)
                && matchesNothing == that.matchesNothing
                && Arrays.equals(key, that.key)
                && parametersEqual(that);
    }

    private boolean parametersEqual(TableQuery that) {
        return Arrays.deepEquals(parameters.toArray(), that.parameters.toArray());
    }

    @Override
    public int hashCode() {
        return 31 * (31 * template.hashCode() + Arrays.hashCode(key)) + Arrays.deepHashCode(parameters.toArray());
    }

    @Override
    public String toString() {
        return template + " " + parameters;
    }
}
