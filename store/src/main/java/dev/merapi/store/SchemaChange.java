package dev.merapi.store;

import dev.merapi.api.schema.TableSchema;

/**
 * One step of the schema, complete enough to be repeated on the same data with the same result. Immutable.
 */
public sealed interface SchemaChange {
    /** A new namespace for tables. */
    record SchemaCreated(String name) implements SchemaChange {}

    /** A namespace went away; it was empty by then. */
    record SchemaDropped(String name) implements SchemaChange {}

    /** A new, empty table. */
    record TableCreated(TableSchema table) implements SchemaChange {}

    /** A table and all its rows went away; its rows are not listed in the commit. */
    record TableDropped(int tableId) implements SchemaChange {}

    /**
     * A table got a new description. Indexes the old description lacks are built from the rows, those the new one
     * lacks are dropped; rows are rewritten as said.
     *
     * @param table the table as it is from now on
     */
    record TableAltered(TableSchema table, RowRewrite rewrite) implements SchemaChange {}

    /** How each stored row follows a change of its table's columns. */
    sealed interface RowRewrite {
        /** The rows stay as they are. */
        RowRewrite NONE = new Keep();

        /** The rows stay as they are. */
        record Keep() implements RowRewrite {}

        /**
         * A column was added behind the others.
         *
         * @param encoded its value in every existing row, as encoded in a row (option tag included)
         */
        record AppendColumn(byte[] encoded) implements RowRewrite {}

        /** The column at this position was dropped. */
        record CutColumn(int column) implements RowRewrite {}

        /** The column at this position now allows NULL, or no longer does: its option tag comes or goes. */
        record ChangeNullability(int column, boolean nullable) implements RowRewrite {}

        /**
         * The rows are taken out. The commit's delta inserts them again under the same row ids, in a form that cannot
         * be derived from the old one: the type of a column was changed by an expression.
         */
        record Refill() implements RowRewrite {}
    }
}
