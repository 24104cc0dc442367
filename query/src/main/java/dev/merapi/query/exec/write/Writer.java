package dev.merapi.query.exec.write;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.BsatnWriter;
import dev.merapi.api.value.RowLayout;
import dev.merapi.query.exec.QueryPlan;
import dev.merapi.query.exec.operator.QueryContext;
import dev.merapi.query.exec.operator.RowSource;
import dev.merapi.query.exec.write.WritePlan.DeletePlan;
import dev.merapi.query.exec.write.WritePlan.InsertPlan;
import dev.merapi.query.exec.write.WritePlan.ReturningPlan;
import dev.merapi.query.exec.write.WritePlan.UpdatePlan;
import dev.merapi.query.expr.row.ArrayRow;
import dev.merapi.query.expr.row.Row;
import dev.merapi.store.Transaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Executes the writing plans of one statement. Belongs to the writer's thread, for one statement; atomicity is the
 * caller's: what was written before an exception is taken back by a savepoint of its.
 */
public final class Writer {
    private final Transaction transaction;
    private final QueryContext context;

    /**
     * Makes a writer.
     *
     * @param context over the transaction itself, or over a frozen view of it when parts of the statement read while
     *     others write
     */
    public Writer(Transaction transaction, QueryContext context) {
        this.transaction = transaction;
        this.context = context;
    }

    /** Executes a plan up to its last write; foreign keys promised to the end of the statement are still open. */
    public Written execute(WritePlan plan) {
        return switch (plan) {
            case InsertPlan insert -> insert(insert);
            case UpdatePlan update -> update(update, distinctRows(update.source()));
            case DeletePlan delete -> delete(delete, distinctRows(delete.source()));
        };
    }

    /**
     * Executes the parts of a MERGE, which must not find a row of the table twice; returns how many rows they wrote.
     */
    public long merge(List<WritePlan> parts) {
        Set<Long> found = new HashSet<>();
        long count = 0;
        for (WritePlan part : parts) {
            Written written = switch (part) {
                case InsertPlan insert -> insert(insert);
                case UpdatePlan update -> update(update, rowsOnce(update, found));
                case DeletePlan delete -> delete(delete, rowsOnce(delete, found));
            };
            count += written.count();
        }
        return count;
    }

    private List<Row> rowsOnce(WritePlan plan, Set<Long> found) {
        List<Row> rows = new ArrayList<>();
        RowSource source = plan.source().open(context);
        for (Row row = source.next(); row != null; row = source.next()) {
            if (!found.add(rowId(row))) {
                throw new CodedException(ErrorCode.ROW_AFFECTED_TWICE, "MERGE cannot affect a row a second time")
                        .with("table", plan.table().name())
                        .hint("at most one row of the source may match a row of the table");
            }
            context.hold(1);
            rows.add(row.keep());
        }
        return rows;
    }

    private Written insert(InsertPlan plan) {
        List<Row> proposed = plan.source().rows(context);
        RowChecks.require(plan.checks(), proposed, context);
        RowInserter inserter = new RowInserter(transaction, context, plan);
        List<Row> written = new ArrayList<>();
        long count = 0;
        for (Row row : proposed) {
            Row stored = inserter.insert(row.toArray());
            if (stored != null) {
                count++;
                if (plan.returning() != null) {
                    written.add(stored);
                }
            }
        }
        return new Written(count, returned(plan.returning(), written));
    }

    private Written update(UpdatePlan plan, List<Row> changes) {
        RowChecks.require(plan.checks(), changes, context);
        TableSchema table = plan.table();
        int width = table.columns().size();
        RowLayout layout = transaction.table(table.tableId()).layout();
        BsatnWriter encoded = new BsatnWriter();
        List<Row> written = new ArrayList<>(0);
        long count = 0;
        for (Row change : changes) {
            encoded.reset();
            for (int i = 0; i < width; i++) {
                Object value = change.get(1 + i);
                requireAllowed(table, i, value);
                layout.encodeColumn(encoded, i, value);
            }
            // False: the cascade of an earlier row has taken this one.
            if (transaction.updateEncoded(table.tableId(), rowId(change), encoded.toByteArray())) {
                count++;
                if (plan.returning() != null) {
                    written.add(withoutRowId(change));
                }
            }
        }
        return new Written(count, returned(plan.returning(), written));
    }

    private Written delete(DeletePlan plan, List<Row> found) {
        RowChecks.require(plan.checks(), found, context);
        List<Row> written = new ArrayList<>(0);
        for (Row row : found) {
            // A row that a cascade has taken meanwhile counts all the same: the statement found it, as in PostgreSQL.
            transaction.delete(plan.table().tableId(), rowId(row));
            if (plan.returning() != null) {
                written.add(withoutRowId(row));
            }
        }
        return new Written(found.size(), returned(plan.returning(), written));
    }

    private List<Row> returned(@Nullable ReturningPlan returning, List<Row> written) {
        if (returning == null) {
            return List.of();
        }
        context.bindWorkingTable(returning.workingTable(), written);
        return returning.plan().rows(context);
    }

    /** Rows with a row id in front, the first of each id: a join in FROM or USING may find a row several times. */
    private List<Row> distinctRows(QueryPlan plan) {
        if (plan.isScan()) {
            return plan.rows(context);
        }
        List<Row> rows = new ArrayList<>();
        Set<Long> seen = new HashSet<>();
        RowSource source = plan.open(context);
        for (Row row = source.next(); row != null; row = source.next()) {
            if (seen.add(rowId(row))) {
                context.hold(1);
                rows.add(row.keep());
            }
        }
        return rows;
    }

    private static long rowId(Row row) {
        return row.getLong(0);
    }

    private static Row withoutRowId(Row row) {
        @Nullable Object[] values = row.toArray();
        return new ArrayRow(Arrays.copyOfRange(values, 1, values.length));
    }

    /** The bytes of a row for a table. */
    static byte[] encode(TableSchema table, RowLayout layout, @Nullable Object[] values) {
        for (int i = 0; i < values.length; i++) {
            requireAllowed(table, i, values[i]);
        }
        return layout.encode(values);
    }

    private static void requireAllowed(TableSchema table, int position, @Nullable Object value) {
        if (value != null) {
            return;
        }
        ColumnDefinition column = table.columns().get(position);
        if (!column.nullable()) {
            throw new CodedException(ErrorCode.NOT_NULL_VIOLATION, "column must not be NULL")
                    .with("column", column.name())
                    .with("table", table.name())
                    .hint("give a value, or a default to the column");
        }
    }
}
