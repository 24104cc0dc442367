package dev.merapi.store;

import dev.merapi.api.schema.CheckDefinition;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.ForeignKey;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.RowSecurity;
import dev.merapi.api.schema.TableName;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.store.tx.LiveTable;
import dev.merapi.store.tx.LiveTables;
import dev.merapi.store.tx.SchemaWriter;
import dev.merapi.store.tx.Workspace;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The one open transaction of a database: reads its own writes, keeps every constraint, and becomes one {@link Commit}
 * or nothing. Belongs to the writer's thread.
 *
 * <p>A write that throws has changed nothing and leaves the transaction usable. A statement of several writes takes a
 * {@link #savepoint} first, calls {@link #endStatement} behind its last write, and on an exception goes back with
 * {@link #rollbackTo}. Foreign keys are checked at the write where they can be; what may still come true (a row
 * inserted before the one it refers to) is checked by {@code endStatement}, which {@link #commit} and {@code
 * savepoint} also call.
 *
 * <p>Methods on tables throw UNKNOWN_TABLE for an id that does not exist, STORE_LIMIT at a limit of {@link
 * StoreLimits}, and {@link IllegalStateException} once the transaction is over.
 */
public final class Transaction implements ReadView, AutoCloseable {
    private final Database database;
    private final Workspace workspace;
    private final LiveTables tables;
    private final Caller caller;
    private final String cause;
    private final Instant now;
    private final NamedSavepoints named = new NamedSavepoints(this);
    private boolean over;

    Transaction(Database database, Workspace workspace, LiveTables tables, Caller caller, String cause, Instant now) {
        this.database = database;
        this.workspace = workspace;
        this.tables = tables;
        this.caller = caller;
        this.cause = cause;
        this.now = now;
    }

    public Caller caller() {
        return caller;
    }

    public String cause() {
        return cause;
    }

    /** The time of the transaction, the same throughout. */
    public Instant now() {
        return now;
    }

    // ---- reading

    @Override
    public long offset() {
        return database.offset();
    }

    @Override
    public Catalog catalog() {
        return tables.catalog();
    }

    /** The table with this transaction's writes; see {@link RowCursor} about writing while walking. */
    @Override
    public TableReader table(int tableId) {
        requireOpen();
        return tables.table(tableId);
    }

    /**
     * Everything this transaction sees now, unchanged by its later writes: what a statement reads that also writes.
     * Constant time; later writes copy the nodes they touch first.
     */
    public ReadView view() {
        requireOpen();
        return database.viewOf(this);
    }

    // ---- rows

    /**
     * Inserts a row of any origin and returns its id.
     *
     * @throws dev.merapi.api.error.CodedException MALFORMED_BSATN and the like for bytes that are no row of the table;
     *     UNIQUE_VIOLATION, CHECK_VIOLATION
     */
    public long insert(int tableId, byte[] row) {
        validate(tableId, row);
        return workspace.insert(tableId, row);
    }

    /** Like {@link #insert}, for a row that the table's layout has just encoded: its form is not looked at again. */
    public long insertEncoded(int tableId, byte[] row) {
        requireOpen();
        assert isValid(tableId, row);
        return workspace.insert(tableId, row);
    }

    /**
     * Looks at a row alone as an insertion of it would first do, and writes nothing.
     *
     * @throws dev.merapi.api.error.CodedException CHECK_VIOLATION; STORE_LIMIT for a row that is too long
     */
    public void checkEncoded(int tableId, byte[] row) {
        requireOpen();
        assert isValid(tableId, row);
        workspace.check(tableId, row);
    }

    /**
     * Replaces a row by a row of any origin, and follows foreign keys with ON UPDATE actions.
     *
     * @return false if there is no row with this id, for example because a cascade took it
     * @throws dev.merapi.api.error.CodedException as {@link #insert}, and FOREIGN_KEY_VIOLATION
     */
    public boolean update(int tableId, long rowId, byte[] row) {
        validate(tableId, row);
        return workspace.update(tableId, rowId, row);
    }

    /** Like {@link #update}, for a row that the table's layout has just encoded: its form is not looked at again. */
    public boolean updateEncoded(int tableId, long rowId, byte[] row) {
        requireOpen();
        assert isValid(tableId, row);
        return workspace.update(tableId, rowId, row);
    }

    /**
     * Deletes a row and follows foreign keys with ON DELETE actions.
     *
     * @return false if there is no row with this id, for example because a cascade took it
     * @throws dev.merapi.api.error.CodedException FOREIGN_KEY_VIOLATION; NOT_NULL_VIOLATION from SET NULL
     */
    public boolean delete(int tableId, long rowId) {
        requireOpen();
        return workspace.delete(tableId, rowId);
    }

    private void validate(int tableId, byte[] row) {
        requireOpen();
        tables.table(tableId).layout().validate(row);
    }

    private boolean isValid(int tableId, byte[] row) {
        tables.table(tableId).layout().validate(row);
        return true;
    }

    /**
     * The next value of an auto-increment column, from 1. A rollback takes it back.
     *
     * @throws dev.merapi.api.error.CodedException SEQUENCE_EXHAUSTED
     */
    public long nextSequence(int tableId, int column) {
        requireOpen();
        return workspace.nextSequence(tableId, column);
    }

    /** Makes sure that an auto-increment column hands out only values above this one. */
    public void advanceSequence(int tableId, int column, long atLeast) {
        requireOpen();
        workspace.advanceSequence(tableId, column, atLeast);
    }

    /** Lets an auto-increment column begin again at 1. */
    public void restartSequence(int tableId, int column) {
        requireOpen();
        workspace.restartSequence(tableId, column);
    }

    /**
     * Deletes all rows, much faster than one by one; row ids go on. Every row is still part of the commit and counts
     * against the limits of a transaction.
     *
     * @throws dev.merapi.api.error.CodedException DEPENDENT_OBJECTS while rows of another table refer to this one:
     *     empty that one first
     */
    public void truncate(int tableId) {
        requireOpen();
        workspace.truncate(tableId);
    }

    // ---- statements

    /**
     * Ends a statement: what foreign keys were promised must be there now.
     *
     * @throws dev.merapi.api.error.CodedException FOREIGN_KEY_VIOLATION
     */
    public void endStatement() {
        requireOpen();
        workspace.endStatement();
    }

    /** The present place, to go back to. Ends the statement before it: see {@link #endStatement}. */
    public Savepoint savepoint() {
        endStatement();
        return new Savepoint(this, workspace.mark());
    }

    /** Takes back every write and schema change since the savepoint, which stays usable. */
    public void rollbackTo(Savepoint savepoint) {
        requireOpen();
        if (savepoint.owner() != this || savepoint.mark() > workspace.position()) {
            throw new IllegalArgumentException("savepoint is of another transaction, or was gone back behind");
        }
        workspace.backTo(savepoint.mark());
    }

    /** The savepoints of this transaction that have names. */
    public NamedSavepoints named() {
        requireOpen();
        return named;
    }

    // ---- schema: each method is a statement of its own and does all or nothing

    /**
     * Creates a table.
     *
     * @param draft the table; its ids and version are replaced. The primary key names one of the draft's indexes by the
     *     draft's ids, and a foreign key to the draft's own table id refers to the table itself. A foreign key whose
     *     columns no index serves gets a hash index.
     * @return the table as created
     */
    public TableSchema createTable(TableSchema draft) {
        return schema().createTable(draft);
    }

    /** Drops a table; with {@code cascade} also the foreign keys that refer to it. */
    public void dropTable(int tableId, boolean cascade) {
        schema().dropTable(tableId, cascade);
    }

    public void createSchema(String name) {
        schema().createSchema(name);
    }

    /** Drops a schema; with {@code cascade} also its tables. */
    public void dropSchema(String name, boolean cascade) {
        schema().dropSchema(name, cascade);
    }

    /** Creates an index, or a unique constraint, over the rows that are there; the draft's id is replaced. */
    public IndexDefinition createIndex(int tableId, IndexDefinition draft) {
        return schema().createIndex(tableId, draft);
    }

    /** Drops an index; with {@code cascade} also foreign keys that need it. */
    public void dropIndex(int tableId, int indexId, boolean cascade) {
        schema().dropIndex(tableId, indexId, cascade);
    }

    /**
     * Adds a column behind the others.
     *
     * @param encodedDefault its value in every existing row, as {@code RowLayout.encodeColumn} writes it
     */
    public void addColumn(int tableId, ColumnDefinition column, byte[] encodedDefault) {
        schema().addColumn(tableId, column, encodedDefault);
    }

    /**
     * Drops a column with the indexes and foreign keys it is part of.
     *
     * @param remainingChecks the table's CHECKs without those that mention the column: only SQL can tell
     * @param cascade whether foreign keys of other tables that refer to the column go too
     */
    public void dropColumn(int tableId, int column, List<CheckDefinition> remainingChecks, boolean cascade) {
        schema().dropColumn(tableId, column, remainingChecks, cascade);
    }

    /**
     * Renames a column.
     *
     * @param rewrittenChecks the table's CHECKs with the new name in their text
     */
    public void renameColumn(int tableId, int column, String newName, List<CheckDefinition> rewrittenChecks) {
        schema().renameColumn(tableId, column, newName, rewrittenChecks);
    }

    /** Renames a table or moves it to another schema. */
    public void renameTable(int tableId, TableName newName) {
        schema().renameTable(tableId, newName);
    }

    /** Says who may see and write which rows of a table. */
    public void setRowSecurity(int tableId, RowSecurity security) {
        schema().setRowSecurity(tableId, security);
    }

    /** Sets or (with null) removes the default of a column; existing rows stay as they are. */
    public void setDefault(int tableId, int column, @Nullable String defaultSql) {
        schema().setDefault(tableId, column, defaultSql);
    }

    /**
     * Allows or forbids NULL in a column.
     *
     * @throws dev.merapi.api.error.CodedException NOT_NULL_VIOLATION if it is to be forbidden and a row has it;
     *     INVALID_SCHEMA if it is to be allowed in the primary key
     */
    public void setNullable(int tableId, int column, boolean nullable) {
        schema().setNullable(tableId, column, nullable);
    }

    /**
     * Gives a column another type, and possibly name and nullability, and every row a new form. The commit
     * carries all rows of the table, as inserts.
     *
     * @param newChecks the table's CHECKs as they are to be
     * @param newRow makes a row of the new layout out of one of the old
     */
    public void alterColumnType(
            int tableId, int column, Column newColumn, List<CheckDefinition> newChecks, UnaryOperator<byte[]> newRow) {
        schema().alterColumnType(tableId, column, newColumn, newChecks, newRow);
    }

    /** Adds a primary key over columns without NULL. A unique constraint is a unique index: {@link #createIndex}. */
    public void addPrimaryKey(int tableId, String constraintName, IndexDefinition draft) {
        schema().addPrimaryKey(tableId, constraintName, draft);
    }

    /** Adds a CHECK that all existing rows must pass. */
    public void addCheck(int tableId, CheckDefinition check) {
        schema().addCheck(tableId, check);
    }

    /** Adds a foreign key that all existing rows must satisfy. */
    public void addForeignKey(int tableId, ForeignKey key) {
        schema().addForeignKey(tableId, key);
    }

    /** Renames a CHECK, foreign key, unique constraint or primary key, and the index behind it. */
    public void renameConstraint(int tableId, String name, String newName) {
        schema().renameConstraint(tableId, name, newName);
    }

    /** Drops a CHECK, foreign key, unique constraint or primary key by name. */
    public void dropConstraint(int tableId, String name, boolean cascade) {
        schema().dropConstraint(tableId, name, cascade);
    }

    private SchemaWriter schema() {
        requireOpen();
        return workspace.schema();
    }

    // ---- end

    /**
     * Ends the transaction and keeps its writes. Cannot fail when {@link #endStatement} was called behind the last
     * write; otherwise it may throw what that throws, and the transaction stays open.
     *
     * @return what changed, or null if nothing did: then the offset stays, too
     */
    public @Nullable Commit commit() {
        endStatement();
        over = true;
        return database.commit(this);
    }

    /** Takes back everything, unless committed. Harmless when the transaction is over. */
    @Override
    public void close() {
        if (!over) {
            workspace.backTo(0);
            over = true;
            database.end(this);
        }
    }

    private void requireOpen() {
        if (over) {
            throw new IllegalStateException("the transaction is over");
        }
    }

    /** For tests: the table behind the reader. */
    LiveTable liveTable(int tableId) {
        return tables.table(tableId);
    }
}
