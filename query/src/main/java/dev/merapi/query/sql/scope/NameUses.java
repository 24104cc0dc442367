package dev.merapi.query.sql.scope;

import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.sql.ast.Name;

/** Told what the names in a text turn out to mean, while it is bound. */
public interface NameUses {
    /** Keeps nothing. */
    NameUses IGNORED = new NameUses() {
        @Override
        public void table(Name name, TableSchema table) {}

        @Override
        public void column(Name name, Relation relation, int column) {}

        @Override
        public void allColumns(TableSchema table) {}
    };

    /** A name in FROM is a stored table. */
    void table(Name name, TableSchema table);

    /** A name is a column of a stored table, as FROM has it. */
    void column(Name name, Relation relation, int column);

    /** Every column of a table is used without being named. */
    void allColumns(TableSchema table);
}
