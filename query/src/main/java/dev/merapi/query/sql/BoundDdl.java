package dev.merapi.query.sql;

import dev.merapi.api.schema.CheckDefinition;
import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.ForeignKey;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.PolicyDefinition;
import dev.merapi.api.schema.RowSecurity;
import dev.merapi.api.schema.TableSchema;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * A statement about the schema. What IF EXISTS and IF NOT EXISTS let pass has been looked up while binding and has
 * become a {@link NoOperation}; existence is certain for all others.
 */
public sealed interface BoundDdl extends BoundStatement {
    /** What it is, in the words it begins with. */
    String command();

    /**
     * CREATE TABLE.
     *
     * @param draft the table with table id 0; index ids count from 1; a foreign key to table id 0 means the
     *     table itself
     */
    record CreateTable(TableSchema draft) implements BoundDdl {
        @Override
        public String command() {
            return "CREATE TABLE";
        }
    }

    /** CREATE TABLE … AS: {@code source} has the columns of the draft, which has neither keys nor defaults. */
    record CreateTableAs(TableSchema draft, RelNode source, List<ColumnType> parameterTypes) implements BoundDdl {
        @Override
        public String command() {
            return "CREATE TABLE AS";
        }
    }

    /** CREATE INDEX; the draft has index id 0. */
    record CreateIndex(TableSchema table, IndexDefinition draft) implements BoundDdl {
        @Override
        public String command() {
            return "CREATE INDEX";
        }
    }

    /** ALTER TABLE: the actions in the order written; each was bound against the table as the earlier ones leave it. */
    record AlterTable(TableSchema table, List<AlterAction> actions) implements BoundDdl {
        @Override
        public String command() {
            return "ALTER TABLE";
        }
    }

    /**
     * CREATE, ALTER or DROP POLICY.
     *
     * @param security of the table from now on
     */
    record SecureTable(String command, TableSchema table, RowSecurity security) implements BoundDdl {}

    /** A policy of a table. */
    record TablePolicy(int tableId, String policy) {}

    /**
     * DROP TABLE. {@code cascade}: foreign keys that refer to them go too, otherwise they forbid it.
     *
     * @param policies those of other tables that read them and go too
     */
    record DropTables(List<TableSchema> tables, boolean cascade, List<TablePolicy> policies) implements BoundDdl {
        @Override
        public String command() {
            return "DROP TABLE";
        }
    }

    /** DROP INDEX. */
    record DropIndexes(List<TableIndex> indexes) implements BoundDdl {
        @Override
        public String command() {
            return "DROP INDEX";
        }
    }

    /** An index with the table it belongs to. */
    record TableIndex(TableSchema table, IndexDefinition index) {}

    /** CREATE SCHEMA. */
    record CreateSchema(String name) implements BoundDdl {
        @Override
        public String command() {
            return "CREATE SCHEMA";
        }
    }

    /**
     * DROP SCHEMA. {@code cascade}: its tables go too, otherwise they forbid it.
     *
     * @param policies those of tables elsewhere that read its tables and go too
     */
    record DropSchemas(List<String> names, boolean cascade, List<TablePolicy> policies) implements BoundDdl {
        @Override
        public String command() {
            return "DROP SCHEMA";
        }
    }

    /** TRUNCATE. {@code cascade}: tables with a foreign key to these are emptied too, otherwise they forbid it. */
    record Truncate(List<TableSchema> tables, boolean restartIdentity, boolean cascade) implements BoundDdl {
        @Override
        public String command() {
            return "TRUNCATE TABLE";
        }
    }

    /**
     * Nothing to do: the object exists (IF NOT EXISTS) or does not (IF EXISTS). {@code command} as in the command tag.
     */
    record NoOperation(String command, String notice) implements BoundDdl {}

    /** One action of an ALTER TABLE. */
    sealed interface AlterAction {
        /**
         * ADD COLUMN.
         *
         * @param initialValue for the rows that exist: a closed expression of the column's type; null: NULL, or the
         *     next numbers of its sequence when the column is auto-increment
         */
        record AddColumn(ColumnDefinition column, @Nullable RexNode initialValue) implements AlterAction {}

        /** DROP COLUMN. {@code cascade}: constraints of other tables that need it go too. */
        record DropColumn(String column, boolean cascade) implements AlterAction {}

        /**
         * RENAME COLUMN. Texts of checks and defaults that name the column are given as they have to read afterwards.
         */
        record RenameColumn(String column, String newName, List<CheckDefinition> checks) implements AlterAction {}

        /** RENAME TO. */
        record RenameTable(String newName) implements AlterAction {}

        /** RENAME CONSTRAINT. */
        record RenameConstraint(String name, String newName) implements AlterAction {}

        /** ADD PRIMARY KEY or ADD UNIQUE; columns of a primary key become NOT NULL. */
        record AddKey(IndexDefinition draft, boolean primary) implements AlterAction {}

        /** ADD CHECK. */
        record AddCheck(CheckDefinition check) implements AlterAction {}

        /** ADD FOREIGN KEY. */
        record AddForeignKey(ForeignKey key) implements AlterAction {}

        /** DROP CONSTRAINT. */
        record DropConstraint(String name, boolean cascade) implements AlterAction {}

        /** ALTER COLUMN … SET DEFAULT, or DROP DEFAULT when null. */
        record SetDefault(String column, @Nullable String defaultSql) implements AlterAction {}

        /** ALTER COLUMN … SET NOT NULL or DROP NOT NULL. */
        record SetNullable(String column, boolean nullable) implements AlterAction {}

        /** ENABLE, DISABLE, FORCE or NO FORCE ROW LEVEL SECURITY; null is what stays as it is. */
        record SecureRows(
                @Nullable Boolean enabled, @Nullable Boolean forced) implements AlterAction {}

        /** A policy, of this table or another, that says something about what is dropped goes too. */
        record DropPolicy(TablePolicy policy) implements AlterAction {}

        /** A policy, of this table or another, gets texts with the new name of what is renamed. */
        record RewritePolicy(int tableId, PolicyDefinition policy) implements AlterAction {}

        /**
         * ALTER COLUMN … TYPE.
         *
         * @param value the new value of the column, over the row as it was
         */
        record SetType(String column, ColumnType type, RexNode value) implements AlterAction {}
    }
}
