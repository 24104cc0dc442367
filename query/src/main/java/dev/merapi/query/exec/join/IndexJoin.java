package dev.merapi.query.exec.join;

import dev.merapi.query.exec.operator.Operator;
import dev.merapi.query.exec.operator.QueryContext;
import dev.merapi.query.exec.operator.RowSource;
import dev.merapi.query.exec.scan.IndexKey;
import dev.merapi.query.exec.scan.TableScan;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.Row;
import dev.merapi.store.TableReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks each row of one input up in an index of a table, as long as the rows are few against the table; with more of
 * them it turns into a hash join, for reading the whole table once is cheaper than reading much of it by index. How
 * many rows there are is known only when they have come: up to the limit they are held.
 */
public final class IndexJoin extends Operator {
    /** An index lookup costs about as much as scanning so many rows. */
    static final int LOOKUP_COST = 8;

    /** For fewer rows than this the index is always used. */
    private static final int ALWAYS = 64;

    private final JoinSides sides;
    private final TableScan table;
    private final IndexKey key;
    private final JoinKind kind;
    private final JoinCondition condition;
    private final HashJoin otherwise;

    /**
     * Makes the operator.
     *
     * @param table the held side
     * @param key values over the probing row for all columns of the index
     * @param condition all of it: the index may cover only part of the keys
     * @param otherwise the same join by hashing
     */
    public IndexJoin(
            JoinSides sides,
            TableScan table,
            IndexKey key,
            JoinKind kind,
            JoinCondition condition,
            HashJoin otherwise) {
        super(sides.columns(kind), sides.inputs());
        this.sides = sides;
        this.table = table;
        this.key = key;
        this.kind = kind;
        this.condition = condition;
        this.otherwise = otherwise;
    }

    @Override
    protected RowSource start(QueryContext context) {
        RowSource rest = sides.probe().open(context);
        TableReader reader = context.view().table(table.table().tableId());
        long limit = Math.max(ALWAYS, reader.rowCount() / LOOKUP_COST);
        List<Row> first = new ArrayList<>();
        while (first.size() <= limit) {
            Row row = rest.next();
            if (row == null) {
                return lookups(first, reader, context);
            }
            first.add(row.keep());
        }
        return otherwise.start(new Resumed(first, rest), context);
    }

    private RowSource lookups(List<Row> rows, TableReader reader, QueryContext context) {
        return new JoinSource(
                new Resumed(rows, RowSource.EMPTY),
                new Lookups(reader, context.eval()),
                kind,
                condition,
                context.eval(),
                sides.pair());
    }

    /** Rows read ahead, then the rest. */
    private static final class Resumed implements RowSource {
        private final List<Row> first;
        private final RowSource rest;
        private int at;

        Resumed(List<Row> first, RowSource rest) {
            this.first = first;
            this.rest = rest;
        }

        @Override
        public @Nullable Row next() {
            return at < first.size() ? first.get(at++) : rest.next();
        }
    }

    private final class Lookups implements Partners {
        private final TableReader reader;
        private final EvalContext eval;
        private RowSource current = RowSource.EMPTY;

        Lookups(TableReader reader, EvalContext eval) {
            this.reader = reader;
            this.eval = eval;
        }

        @Override
        public void find(Row probe) {
            current = table.rows(key.lookup(reader, probe, eval), reader, eval);
        }

        @Override
        public @Nullable Row next() {
            return current.next();
        }
    }

    @Override
    public String describe() {
        return "Index " + kind + " Join on " + table.table().name() + " using "
                + key.index().name() + ": " + condition.text();
    }
}
