package dev.merapi.query.sql.ast;

import dev.merapi.api.schema.ForeignKey;
import dev.merapi.api.schema.PolicyDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement as written. Positions are offsets in its own text, counted from 0. */
public sealed interface Statement {
    /** SELECT, VALUES, TABLE. */
    record QueryStatement(Query query) implements Statement {}

    /**
     * INSERT.
     *
     * @param columns empty when none were written
     * @param query null: DEFAULT VALUES
     */
    record Insert(
            Query.@Nullable With with,
            Name table,
            @Nullable String alias,
            List<Name> columns,
            Overriding overriding,
            @Nullable Query query,
            @Nullable Conflict conflict,
            List<Query.Item> returning)
            implements Statement {
        /** OVERRIDING … VALUE. */
        public enum Overriding {
            NONE,
            SYSTEM,
            USER
        }
    }

    /**
     * ON CONFLICT.
     *
     * @param target null when none was written
     * @param assignments null: DO NOTHING
     */
    record Conflict(
            @Nullable Target target,
            @Nullable List<Assignment> assignments,
            @Nullable Expr where,
            int position) {
        /** The columns, or the constraint, whose conflicts are meant. */
        public record Target(
                List<Expr> columns,
                @Nullable Expr predicate,
                @Nullable Name constraint,
                int position) {}
    }

    /** {@code a = value}, or {@code (a, b) = value} where the value is a row or a query. */
    record Assignment(List<Name> columns, boolean multiple, Expr value) {}

    /** UPDATE. */
    record Update(
            Query.@Nullable With with,
            Name table,
            @Nullable String alias,
            List<Assignment> assignments,
            List<FromItem> from,
            @Nullable Expr where,
            List<Query.Item> returning)
            implements Statement {}

    /** DELETE. */
    record Delete(
            Query.@Nullable With with,
            Name table,
            @Nullable String alias,
            List<FromItem> using,
            @Nullable Expr where,
            List<Query.Item> returning)
            implements Statement {}

    /** MERGE: the statements that its WHEN clauses mean, all of them reading the tables as they were before. */
    record Merge(List<Statement> parts, int position) implements Statement {}

    /** CREATE TABLE with columns. */
    record CreateTable(Name name, boolean ifNotExists, List<ColumnSpec> columns, List<ConstraintSpec> constraints)
            implements Statement {}

    /** CREATE TABLE … AS. */
    record CreateTableAs(Name name, boolean ifNotExists, List<String> columns, Query query, boolean withData)
            implements Statement {}

    /** A column of CREATE TABLE or ADD COLUMN. */
    record ColumnSpec(String name, TypeName type, List<ConstraintSpec> constraints, int position) {}

    /** A constraint of a column or a table, with its name if it has one. */
    record ConstraintSpec(@Nullable String name, Rule rule, int position) {
        /** What is demanded. Lists of columns are empty for a constraint of one column. */
        public sealed interface Rule {
            record NotNull() implements Rule {}

            record Nullable() implements Rule {}

            record Default(SourceExpr value) implements Rule {}

            record Identity(boolean always) implements Rule {}

            record Check(SourceExpr condition) implements Rule {}

            record PrimaryKey(List<Name> columns) implements Rule {}

            record Unique(List<Name> columns) implements Rule {}

            record References(
                    List<Name> columns,
                    Name table,
                    List<Name> referencedColumns,
                    ForeignKey.Action onDelete,
                    ForeignKey.Action onUpdate)
                    implements Rule {}
        }
    }

    /** An expression that is kept as text: the source it was read from, and its tree. */
    record SourceExpr(String sql, Expr expression) {}

    /** CREATE INDEX. */
    record CreateIndex(
            @Nullable String name,
            boolean ifNotExists,
            Name table,
            boolean unique,
            @Nullable String method,
            List<Name> columns,
            int position)
            implements Statement {}

    /** ALTER TABLE. */
    record AlterTable(Name table, boolean ifExists, List<Action> actions) implements Statement {
        /** One change. */
        public sealed interface Action {
            record AddColumn(ColumnSpec column, boolean ifNotExists) implements Action {}

            record DropColumn(Name column, boolean ifExists, boolean cascade) implements Action {}

            record RenameColumn(Name column, String newName) implements Action {}

            record RenameTable(String newName) implements Action {}

            record RenameConstraint(Name constraint, String newName) implements Action {}

            record AddConstraint(ConstraintSpec constraint) implements Action {}

            record DropConstraint(Name constraint, boolean ifExists, boolean cascade) implements Action {}

            record SetDefault(Name column, @Nullable SourceExpr value) implements Action {}

            record SetNotNull(Name column, boolean notNull) implements Action {}

            /** ENABLE, DISABLE, FORCE or NO FORCE ROW LEVEL SECURITY. */
            record SecureRows(RowSecuritySwitch to) implements Action {}

            /** TYPE; without USING the value is null and the column is cast. */
            record SetType(
                    Name column, TypeName type, @Nullable Expr value) implements Action {}
        }
    }

    /** What ALTER TABLE does to row level security. */
    enum RowSecuritySwitch {
        ENABLE,
        DISABLE,
        FORCE,
        NO_FORCE
    }

    /**
     * Whom a policy concerns.
     *
     * @param everybody whether PUBLIC is among them, or nobody is named
     * @param caller whether the role of whoever makes the policy is among them
     */
    record PolicyRoles(List<String> names, boolean everybody, boolean caller) {}

    /** CREATE POLICY. */
    record CreatePolicy(
            Name name,
            Name table,
            boolean permissive,
            PolicyDefinition.Command command,
            PolicyRoles roles,
            @Nullable SourceExpr using,
            @Nullable SourceExpr check)
            implements Statement {}

    /** ALTER POLICY … RENAME TO. */
    record RenamePolicy(Name name, Name table, String newName) implements Statement {}

    /** ALTER POLICY; null is what stays as it is. */
    record AlterPolicy(
            Name name,
            Name table,
            @Nullable PolicyRoles roles,
            @Nullable SourceExpr using,
            @Nullable SourceExpr check) implements Statement {}

    /** DROP POLICY. */
    record DropPolicy(Name name, Name table, boolean ifExists) implements Statement {}

    /** DROP TABLE, INDEX or SCHEMA. */
    record Drop(Kind kind, List<Name> names, boolean ifExists, boolean cascade) implements Statement {
        /** What is dropped. */
        public enum Kind {
            TABLE,
            INDEX,
            SCHEMA
        }
    }

    record CreateSchema(Name name, boolean ifNotExists) implements Statement {}

    record Truncate(List<Name> tables, boolean restartIdentity, boolean cascade) implements Statement {}

    record Explain(Statement statement, boolean analyze, boolean live) implements Statement {}

    /** BEGIN, COMMIT, ROLLBACK. */
    record TransactionControl(Verb verb) implements Statement {
        /** Which one. */
        public enum Verb {
            BEGIN,
            COMMIT,
            ROLLBACK
        }
    }

    /** SAVEPOINT, ROLLBACK TO and RELEASE. */
    record SavepointControl(Step step, String name) implements Statement {
        /** Which one. */
        public enum Step {
            SAVEPOINT,
            ROLLBACK,
            RELEASE
        }
    }

    /** SET and RESET; no values mean the default. {@code local}: until the end of the transaction. */
    record SetSetting(Name name, List<String> values, boolean local) implements Statement {}

    record ShowSetting(Name name) implements Statement {}
}
