package dev.merapi.query.exec.write;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.RowKey;
import dev.merapi.api.value.RowLayout;
import dev.merapi.query.exec.operator.QueryContext;
import dev.merapi.query.exec.write.WritePlan.ConflictPlan;
import dev.merapi.query.exec.write.WritePlan.ConflictUpdatePlan;
import dev.merapi.query.exec.write.WritePlan.InsertPlan;
import dev.merapi.query.expr.row.ArrayRow;
import dev.merapi.query.expr.row.Row;
import dev.merapi.store.TableReader;
import dev.merapi.store.Transaction;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Inserts the rows of one INSERT, one by one, and settles their conflicts. */
final class RowInserter {
    private static final long NONE = -1;

    private final Transaction transaction;
    private final QueryContext context;
    private final TableSchema table;
    private final @Nullable ConflictPlan conflict;
    private final TableReader reader;
    private final RowLayout layout;
    /** One per arbiter: cuts its key out of a row. */
    private final List<RowKey> arbiterKeys;
    /** Rows that this statement has inserted or updated: DO UPDATE must not touch them again. */
    private final Set<Long> touched = new HashSet<>();

    RowInserter(Transaction transaction, QueryContext context, InsertPlan plan) {
        this.transaction = transaction;
        this.context = context;
        this.table = plan.table();
        this.conflict = plan.conflict();
        this.reader = transaction.table(table.tableId());
        this.layout = reader.layout();
        this.arbiterKeys = conflict == null
                ? List.of()
                : conflict.arbiters().stream()
                        .map(index -> new RowKey(layout, index.columnArray()))
                        .toList();
    }

    /**
     * Inserts a row, or does what ON CONFLICT says. Returns the row as it is stored now, or null if nothing was done.
     */
    @Nullable
    Row insert(@Nullable Object[] values) {
        byte[] row = Writer.encode(table, layout, values);
        if (conflict == null) {
            transaction.insertEncoded(table.tableId(), row);
            return new ArrayRow(values);
        }
        long existing = conflictingRow(row);
        if (existing == NONE) {
            long rowId = transaction.insertEncoded(table.tableId(), row);
            touched.add(rowId);
            return new ArrayRow(values);
        }
        // A proposed row has to be a possible one, even if it is not the one that is written.
        transaction.checkEncoded(table.tableId(), row);
        ConflictUpdatePlan update = conflict.update();
        if (update == null) {
            return null;
        }
        if (!touched.add(existing)) {
            throw new CodedException(
                            ErrorCode.ROW_AFFECTED_TWICE, "ON CONFLICT DO UPDATE cannot affect a row a second time")
                    .with("table", table.name())
                    .hint("propose each key only once in the statement");
        }
        return update(update, existing, values);
    }

    private long conflictingRow(byte[] row) {
        ConflictPlan plan = conflict;
        if (plan == null) {
            return NONE;
        }
        for (int i = 0; i < arbiterKeys.size(); i++) {
            IndexDefinition arbiter = plan.arbiters().get(i);
            long found = reader.findId(arbiter.indexId(), arbiterKeys.get(i).extract(row));
            if (found != NONE) {
                return found;
            }
        }
        return NONE;
    }

    private @Nullable Row update(ConflictUpdatePlan update, long rowId, @Nullable Object[] proposed) {
        byte[] existing = reader.row(rowId);
        if (existing == null) {
            throw new IllegalStateException("index names a row that is not there: " + rowId);
        }
        @Nullable Object[] both = new @Nullable Object[proposed.length * 2];
        System.arraycopy(layout.decode(existing), 0, both, 0, proposed.length);
        System.arraycopy(proposed, 0, both, proposed.length, proposed.length);
        context.bindWorkingTable(update.workingTable(), List.of(new ArrayRow(both)));
        Row changed = update.plan().open(context).next();
        if (changed == null) {
            return null; // its WHERE is not true
        }
        changed = changed.keep();
        RowChecks.require(update.existing(), List.of(new ArrayRow(both)), context);
        RowChecks.require(update.updated(), List.of(changed), context);
        @Nullable Object[] values = changed.toArray();
        transaction.updateEncoded(table.tableId(), rowId, Writer.encode(table, layout, values));
        return new ArrayRow(values);
    }
}
