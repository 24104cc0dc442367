package dev.merapi.query.live;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.schema.ResultOrder;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.ResultComparator;
import dev.merapi.api.value.RowLayout;
import dev.merapi.query.exec.operator.QueryContext;
import dev.merapi.query.exec.operator.RowSource;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.Row;
import dev.merapi.query.live.tree.TableChanges;
import dev.merapi.store.ReadView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A live query that joins, groups, orders or otherwise needs more than the changed row. */
public final class DerivedQuery implements LiveQuery {
    private final DerivedTemplate template;
    private final List<@Nullable Object> parameters;
    private final EvalContext.Caller caller;
    private final LiveLimits limits;
    private final ResultOrder order;

    /**
     * @param caller nobody, unless the rows depend on who asks in a way that no parameter expresses
     */
    DerivedQuery(
            DerivedTemplate template, List<@Nullable Object> parameters, EvalContext.Caller caller, LiveLimits limits) {
        this(template, parameters, caller, limits, ResultOrder.NONE);
    }

    private DerivedQuery(
            DerivedTemplate template,
            List<@Nullable Object> parameters,
            EvalContext.Caller caller,
            LiveLimits limits,
            ResultOrder order) {
        this.template = template;
        this.parameters = parameters;
        this.caller = caller;
        this.limits = limits;
        this.order = order;
    }

    @Override
    public DerivedQuery in(ResultOrder wanted) {
        return new DerivedQuery(template, parameters, caller, limits, wanted);
    }

    DerivedTemplate template() {
        return template;
    }

    LiveLimits limits() {
        return limits;
    }

    List<@Nullable Object> parameters() {
        return parameters;
    }

    @Override
    public RowType rowType() {
        return template.rowType();
    }

    @Override
    public List<Integer> keyColumns() {
        return template.keyColumns();
    }

    @Override
    public ResultOrder order() {
        return order;
    }

    /**
     * What somebody begins with who asks for this query: the rows in its order. Takes long for many rows; any thread.
     *
     * @param rows of the result, in any order; the list is changed
     * @param last how many are wanted, empty for all: the first of the order, or those that came last if there is none
     */
    public List<byte[]> beginning(List<byte[]> rows, OptionalInt last) {
        int wanted = Math.min(last.orElse(rows.size()), rows.size());
        if (!order.isPresent()) {
            return rows.subList(rows.size() - wanted, rows.size());
        }
        rows.sort(new ResultComparator(rowType(), order));
        return rows.subList(0, wanted);
    }

    /**
     * Computes the rows, on any thread that may read the view.
     *
     * @param cancelled asked now and then; true ends the run with STATEMENT_CANCELLED
     * @throws CodedException SCHEMA_CHANGED when a table is no longer what the query was compiled for; QUERY_LIMIT,
     *     LIVE_LIMIT for too many rows; those of the expressions it computes
     */
    public List<byte[]> run(ReadView view, BooleanSupplier cancelled) {
        for (TableSchema table : template.tables()) {
            TableChanges.requireUnchanged(table, view);
        }
        EvalContext.Environment environment = new EvalContext.Environment(
                caller, Instant.EPOCH, view.offset(), new Random(0), EvalContext.Sequences.NONE, cancelled);
        QueryContext context = new QueryContext(view, new EvalContext(parameters, environment), limits.maxHeldRows());
        RowLayout layout = RowLayout.of(template.rowType());
        List<byte[]> rows = new ArrayList<>();
        RowSource source = template.plan().open(context);
        for (Row row = source.next(); row != null; row = source.next()) {
            limits.requireRoom(rows.size());
            rows.add(layout.encode(row.toArray()));
        }
        return rows;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DerivedQuery that
                && template.equals(that.template)
                && caller.equals(that.caller)
                && Arrays.deepEquals(parameters.toArray(), that.parameters.toArray());
    }

    @Override
    public int hashCode() {
        return 31 * template.hashCode() + Arrays.deepHashCode(parameters.toArray());
    }

    @Override
    public String toString() {
        return template + " " + parameters;
    }
}
