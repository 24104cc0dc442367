package dev.merapi.query.live;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ResultOrder;
import dev.merapi.api.schema.RowType;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.live.condition.Alternative;
import dev.merapi.query.live.index.Selection;
import dev.merapi.query.live.row.RowChange;
import dev.merapi.query.live.tree.TableChanges;
import dev.merapi.store.Commit;
import dev.merapi.store.ReadView;
import dev.merapi.store.TableDelta;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A live query that filters and projects one table. Its rows and what changed in them are computed from the table and
 * the commits alone, wherever there is time.
 */
public final class TableQuery implements LiveQuery {
    private static final @Nullable Selection[] NO_MORE = {};

    /** What a live query does not depend on: it is refused where it asks for time or chance. */
    private static final EvalContext.Environment ENVIRONMENT = new EvalContext.Environment(
            EvalContext.Caller.NOBODY,
            Instant.EPOCH,
            0,
            () -> {
                throw new IllegalStateException("a live query has asked for chance");
            },
            EvalContext.Sequences.NONE,
            () -> false);

    private final TableTemplate template;
    /** What is wanted of the first alternative, and of the others; null where that is no row. */
    private final @Nullable Selection selection;

    private final @Nullable Selection[] others;
    private final @Nullable Object[] parameters;
    private final LiveLimits limits;
    private final ResultOrder order;
    private final int hash;

    /**
     * @param selections one for each alternative of the template; null where no row can be wanted, because something is
     *     compared with NULL
     * @param parameters of the template's predicates and projection
     */
    TableQuery(
            TableTemplate template,
            @Nullable Selection[] selections,
            @Nullable Object[] parameters,
            LiveLimits limits,
            ResultOrder order) {
        this.template = template;
        this.selection = selections[0];
        this.others = selections.length == 1 ? NO_MORE : Arrays.copyOfRange(selections, 1, selections.length);
        this.parameters = parameters;
        this.limits = limits;
        this.order = order;
        int ofSelections = 31 * Objects.hashCode(selection) + Arrays.hashCode(others);
        this.hash = 31 * (31 * template.hashCode() + ofSelections) + Arrays.deepHashCode(parameters);
    }

    private TableQuery(TableQuery query, ResultOrder order) {
        this.template = query.template;
        this.selection = query.selection;
        this.others = query.others;
        this.parameters = query.parameters;
        this.limits = query.limits;
        this.hash = query.hash;
        this.order = order;
    }

    @Override
    public TableQuery in(ResultOrder wanted) {
        return new TableQuery(this, wanted);
    }

    TableTemplate template() {
        return template;
    }

    /** What is wanted of each alternative; null for no row. */
    List<@Nullable Selection> selections() {
        List<@Nullable Selection> all = new ArrayList<>(1 + others.length);
        all.add(selection);
        all.addAll(Arrays.asList(others));
        return all;
    }

    /** What is wanted of an alternative; null for no row. */
    @Nullable
    Selection selection(int alternative) {
        return alternative == 0 ? selection : others[alternative - 1];
    }

    List<@Nullable Object> parameters() {
        return Arrays.asList(parameters);
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
        return new EvalContext(Arrays.asList(parameters), ENVIRONMENT);
    }

    /** Whether a stored row belongs to the result. */
    boolean matches(byte[] row, EvalContext context) {
        List<Alternative> alternatives = template.alternatives();
        for (int i = 0; i < alternatives.size(); i++) {
            Selection wanted = selection(i);
            if (wanted != null && alternatives.get(i).admits(wanted, row, context)) {
                return true;
            }
        }
        return false;
    }

    private boolean matchesNothing() {
        return selection == null && Arrays.stream(others).allMatch(Objects::isNull);
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
        if (matchesNothing()) {
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
        if (matchesNothing() || count == 0) {
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
        return this == other
                || (other instanceof TableQuery that
                        && hash == that.hash
                        && template.equals(that.template)
                        && Objects.equals(selection, that.selection)
                        && Arrays.equals(others, that.others)
                        && Arrays.deepEquals(parameters, that.parameters));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return template + " " + Arrays.toString(parameters);
    }
}
