package dev.merapi.query.sql.bind;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.CheckDefinition;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.ForeignKey;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.PrimaryKey;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.TableName;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.expr.Casts;
import dev.merapi.query.expr.function.StandardFunctions;
import dev.merapi.query.sql.BoundDdl;
import dev.merapi.query.sql.BoundDdl.AlterAction;
import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.Name;
import dev.merapi.query.sql.ast.Statement.AlterTable;
import dev.merapi.query.sql.ast.Statement.AlterTable.Action;
import dev.merapi.query.sql.ast.Statement.ConstraintSpec;
import dev.merapi.query.sql.ast.Statement.ConstraintSpec.Rule;
import dev.merapi.query.sql.ast.Statement.SourceExpr;
import dev.merapi.query.sql.expression.TypeNames;
import dev.merapi.query.sql.parse.ScriptParser;
import dev.merapi.query.sql.policy.PolicyUses;
import dev.merapi.query.sql.scope.BindErrors;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** ALTER TABLE: each action is bound against the table as the actions before it leave it. */
final class AlterBinder {
    private final ObjectNames names;
    private final ColumnBinder columns;
    private final ConstraintBinder constraints;
    private final StoredExpressions expressions;
    private final List<AlterAction> bound = new ArrayList<>();

    AlterBinder(ObjectNames names, ColumnBinder columns, ConstraintBinder constraints, StoredExpressions expressions) {
        this.names = names;
        this.columns = columns;
        this.constraints = constraints;
        this.expressions = expressions;
    }

    BoundDdl bind(AlterTable alter) {
        if (alter.ifExists() && names.find(alter.table()) == null) {
            return new BoundDdl.NoOperation("ALTER TABLE", "table does not exist, skipped: " + alter.table());
        }
        TableSchema table = names.get(alter.table());
        TableDraft draft = new TableDraft(table);
        for (Action action : alter.actions()) {
            bind(draft, action, alter.table());
        }
        return new BoundDdl.AlterTable(table, bound);
    }

    private void bind(TableDraft draft, Action action, Name table) {
        switch (action) {
            case Action.AddColumn add -> addColumn(draft, add);
            case Action.DropColumn drop -> dropColumn(draft, drop);
            case Action.RenameColumn rename -> renameColumn(draft, rename);
            case Action.RenameTable rename -> renameTable(draft, rename, table);
            case Action.RenameConstraint rename -> renameConstraint(draft, rename);
            case Action.AddConstraint add -> addConstraint(draft, add.constraint(), List.of());
            case Action.DropConstraint drop -> dropConstraint(draft, drop);
            case Action.SetDefault set -> setDefault(draft, set);
            case Action.SetNotNull set -> setNotNull(draft, set);
            case Action.SetType set -> setType(draft, set);
            case Action.SecureRows secure -> bound.add(secureRows(secure));
        }
    }

    private void requireNoPolicy(TableDraft draft, Action.SetType set) {
        TableSchema table = names.catalog().find(draft.name());
        int column = table == null ? -1 : table.indexOf(set.column().last());
        List<PolicyUses.Owned> policies =
                table == null || column < 0 ? List.of() : names.policies().ofColumn(table, column);
        if (!policies.isEmpty()) {
            throw BindErrors.unsupported(
                            set.column().position(),
                            "another type for a column that a policy is about",
                            "drop the policy, change the type, and create it again")
                    .with("policy", policies.getFirst().policy().name());
        }
    }

    private static AlterAction secureRows(Action.SecureRows secure) {
        return switch (secure.to()) {
            case ENABLE -> new AlterAction.SecureRows(true, null);
            case DISABLE -> new AlterAction.SecureRows(false, null);
            case FORCE -> new AlterAction.SecureRows(null, true);
            case NO_FORCE -> new AlterAction.SecureRows(null, false);
        };
    }

    private void addColumn(TableDraft draft, Action.AddColumn add) {
        if (add.ifNotExists() && draft.indexOf(add.column().name()) >= 0) {
            return;
        }
        ColumnDefinition column = columns.bind(draft, add.column());
        bound.add(new AlterAction.AddColumn(column, initialValue(column, add)));
        draft.columns().add(column);
        List<Integer> own = List.of(draft.columns().size() - 1);
        for (ConstraintSpec constraint : add.column().constraints()) {
            addConstraint(draft, constraint, own);
        }
    }

    private @Nullable RexNode initialValue(ColumnDefinition column, Action.AddColumn add) {
        for (ConstraintSpec constraint : add.column().constraints()) {
            if (constraint.rule() instanceof Rule.Default rule && column.defaultSql() != null) {
                return expressions.bindDefault(column.type(), rule.value().expression());
            }
        }
        return null;
    }

    private void addConstraint(TableDraft draft, ConstraintSpec spec, List<Integer> own) {
        switch (spec.rule()) {
            case Rule.PrimaryKey key ->
                bound.add(new AlterAction.AddKey(
                        constraints.addPrimaryKey(draft, spec, ConstraintBinder.columns(draft, key.columns(), own)),
                        true));
            case Rule.Unique unique ->
                bound.add(new AlterAction.AddKey(
                        constraints.addUnique(draft, spec, ConstraintBinder.columns(draft, unique.columns(), own)),
                        false));
            case Rule.Check check -> bound.add(new AlterAction.AddCheck(constraints.addCheck(draft, spec, check)));
            case Rule.References references ->
                bound.add(new AlterAction.AddForeignKey(constraints.addForeignKey(
                        draft, spec, references, ConstraintBinder.columns(draft, references.columns(), own))));
            case Rule.NotNull part -> {}
            case Rule.Nullable part -> {}
            case Rule.Default part -> {}
            case Rule.Identity part -> {}
        }
    }

    private void dropColumn(TableDraft draft, Action.DropColumn drop) {
        if (drop.ifExists() && draft.indexOf(drop.column().last()) < 0) {
            return;
        }
        int column = draft.column(drop.column());
        if (draft.columns().size() == 1) {
            throw BindErrors.at(drop.column(), ErrorCode.INVALID_TABLE_DEFINITION, "a table keeps at least one column")
                    .with("column", drop.column())
                    .hint("drop the table");
        }
        for (CheckDefinition check : List.copyOf(draft.checks())) {
            if (mentions(check, drop.column().last())) {
                bound.add(new AlterAction.DropConstraint(check.name(), false));
                draft.checks().remove(check);
            }
        }
        dropPolicies(draft, drop);
        bound.add(new AlterAction.DropColumn(drop.column().last(), drop.cascade()));
        forgetColumn(draft, column);
    }

    /** Policies that say something about the column go with it, or keep it. */
    private void dropPolicies(TableDraft draft, Action.DropColumn drop) {
        TableSchema table = names.catalog().find(draft.name());
        int column = table == null ? -1 : table.indexOf(drop.column().last());
        if (table == null || column < 0) {
            return;
        }
        for (PolicyUses.Owned owned : names.policies().ofColumn(table, column)) {
            if (!drop.cascade()) {
                throw ObjectNames.neededBy(owned, "column").with("column", drop.column());
            }
            bound.add(new AlterAction.DropPolicy(new BoundDdl.TablePolicy(
                    owned.table().tableId(), owned.policy().name())));
            if (owned.table().tableId() == table.tableId()) {
                draft.dropPolicy(owned.policy().name());
            }
        }
    }

    /** The draft without the column: keys that need it go, positions behind it move up. */
    private static void forgetColumn(TableDraft draft, int column) {
        PrimaryKey key = draft.primaryKey();
        draft.indexes().removeIf(index -> {
            boolean gone = index.columns().contains(column);
            if (gone && key != null && key.indexId() == index.indexId()) {
                draft.setPrimaryKey(null);
            }
            return gone;
        });
        draft.indexes()
                .replaceAll(index -> new IndexDefinition(
                        index.indexId(), index.name(), moved(index.columns(), column), index.unique(), index.kind()));
        int self = draft.schema().tableId();
        draft.foreignKeys()
                .removeIf(reference -> reference.columns().contains(column)
                        || (reference.referencedTableId() == self
                                && reference.referencedColumns().contains(column)));
        draft.foreignKeys()
                .replaceAll(reference -> new ForeignKey(
                        reference.name(),
                        moved(reference.columns(), column),
                        reference.referencedTableId(),
                        reference.referencedTableId() == self
                                ? moved(reference.referencedColumns(), column)
                                : reference.referencedColumns(),
                        reference.onDelete(),
                        reference.onUpdate()));
        draft.columns().remove(column);
    }

    private static List<Integer> moved(List<Integer> positions, int removed) {
        return positions.stream()
                .map(position -> position > removed ? position - 1 : position)
                .toList();
    }

    private static boolean mentions(CheckDefinition check, String column) {
        return ColumnReferences.of(ScriptParser.expression(check.sql())).stream()
                .anyMatch(name -> name.last().equals(column));
    }

    private void renameColumn(TableDraft draft, Action.RenameColumn rename) {
        int column = draft.column(rename.column());
        ObjectNames.requireValid(rename.newName(), rename.column().position());
        if (draft.indexOf(rename.newName()) >= 0) {
            throw BindErrors.at(rename.column(), ErrorCode.DUPLICATE_COLUMN, "column exists already")
                    .with("column", rename.newName());
        }
        List<CheckDefinition> renamed = new ArrayList<>();
        for (CheckDefinition check : draft.checks()) {
            renamed.add(new CheckDefinition(
                    check.name(),
                    ColumnRenaming.rename(check.sql(), rename.column().last(), rename.newName())));
        }
        draft.checks().clear();
        draft.checks().addAll(renamed);
        TableSchema before = draft.schema();
        draft.renameColumn(column, rename.newName());
        bound.add(new AlterAction.RenameColumn(rename.column().last(), rename.newName(), renamed));
        rewrite(names.policies().withColumnRenamed(before, column, draft.schema()));
    }

    private void rewrite(List<PolicyUses.Owned> policies) {
        for (PolicyUses.Owned owned : policies) {
            bound.add(new AlterAction.RewritePolicy(owned.table().tableId(), owned.policy()));
        }
    }

    private void renameTable(TableDraft draft, Action.RenameTable rename, Name table) {
        ObjectNames.requireValid(rename.newName(), table.position());
        TableName newName = new TableName(draft.name().schema(), rename.newName());
        if (names.isRelation(newName)) {
            throw BindErrors.at(table, ErrorCode.DUPLICATE_TABLE, "table exists already")
                    .with("table", newName);
        }
        TableSchema before = draft.schema();
        draft.rename(newName);
        bound.add(new AlterAction.RenameTable(rename.newName()));
        rewrite(names.policies().withTableRenamed(before, draft.schema()));
    }

    private void renameConstraint(TableDraft draft, Action.RenameConstraint rename) {
        String name = rename.constraint().last();
        requireConstraint(draft, rename.constraint());
        ObjectNames.requireValid(rename.newName(), rename.constraint().position());
        if (names.isTaken(draft, rename.newName())) {
            throw BindErrors.at(
                            rename.constraint(),
                            ErrorCode.DUPLICATE_OBJECT,
                            "name is taken by another constraint or index")
                    .with("name", rename.newName());
        }
        bound.add(new AlterAction.RenameConstraint(name, rename.newName()));
    }

    private void dropConstraint(TableDraft draft, Action.DropConstraint drop) {
        String name = drop.constraint().last();
        if (drop.ifExists() && !draft.takenNames().contains(name)) {
            return;
        }
        requireConstraint(draft, drop.constraint());
        PrimaryKey key = draft.primaryKey();
        if (key != null && key.constraintName().equals(name)) {
            draft.setPrimaryKey(null);
        }
        draft.indexes().removeIf(index -> index.name().equals(name));
        draft.checks().removeIf(check -> check.name().equals(name));
        draft.foreignKeys().removeIf(reference -> reference.name().equals(name));
        bound.add(new AlterAction.DropConstraint(name, drop.cascade()));
    }

    private static void requireConstraint(TableDraft draft, Name constraint) {
        boolean plainIndex =
                draft.indexes().stream().anyMatch(index -> index.name().equals(constraint.last()) && !index.unique());
        if (plainIndex || !draft.takenNames().contains(constraint.last())) {
            throw BindErrors.at(constraint, ErrorCode.UNKNOWN_OBJECT, "constraint does not exist")
                    .with("constraint", constraint)
                    .with("table", draft.name());
        }
    }

    private void setDefault(TableDraft draft, Action.SetDefault set) {
        int column = draft.column(set.column());
        ColumnDefinition old = draft.columns().get(column);
        if (old.autoIncrement()) {
            throw BindErrors.at(set.column(), ErrorCode.SYNTAX_ERROR, "column numbers its rows by itself")
                    .with("column", set.column());
        }
        SourceExpr value = set.value();
        String sql = null;
        if (value != null) {
            expressions.bindDefault(old.type(), value.expression());
            sql = value.expression() instanceof Expr.NullLiteral ? null : value.sql();
        }
        draft.columns().set(column, new ColumnDefinition(old.column(), sql, old.identity()));
        bound.add(new AlterAction.SetDefault(old.name(), sql));
    }

    private void setNotNull(TableDraft draft, Action.SetNotNull set) {
        int column = draft.column(set.column());
        PrimaryKey key = draft.primaryKey();
        boolean inPrimaryKey = key != null
                && draft.indexes().stream()
                        .anyMatch(index -> index.indexId() == key.indexId()
                                && index.columns().contains(column));
        boolean mustStay = inPrimaryKey || draft.columns().get(column).autoIncrement();
        if (!set.notNull() && mustStay) {
            throw BindErrors.at(set.column(), ErrorCode.INVALID_TABLE_DEFINITION, "column must stay NOT NULL")
                    .with("column", set.column())
                    .hint("it belongs to the primary key or numbers its rows");
        }
        draft.setNullable(column, !set.notNull());
        bound.add(new AlterAction.SetNullable(set.column().last(), !set.notNull()));
    }

    private void setType(TableDraft draft, Action.SetType set) {
        int column = draft.column(set.column());
        ColumnDefinition old = draft.columns().get(column);
        ColumnType type = TypeNames.resolve(set.type());
        requireNoPolicy(draft, set);
        boolean wholeNumber = type instanceof ScalarType scalar && scalar.isInteger() && scalar.fixedWidth() <= 8;
        if (old.autoIncrement() && !wholeNumber) {
            throw BindErrors.at(set.column(), ErrorCode.INVALID_ARGUMENT, "identity needs an integer column")
                    .with("column", old.name())
                    .with("type", type.sqlName());
        }
        Expr value = set.value() == null ? new Expr.ColumnRef(set.column()) : set.value();
        RexNode newValue = expressions.bindChange(draft.schema(), type, value, old.name());
        String defaultSql = old.defaultSql();
        if (defaultSql != null) {
            requireCastOfDefault(set, old.type(), type);
            expressions.bindDefault(type, ScriptParser.expression(defaultSql));
        }
        Column changed = new Column(old.name(), type, old.nullable());
        draft.columns().set(column, new ColumnDefinition(changed, defaultSql, old.identity()));
        for (CheckDefinition check : draft.checks()) {
            expressions.requireCheck(draft.schema(), ScriptParser.expression(check.sql()));
        }
        bound.add(new AlterAction.SetType(old.name(), type, newValue));
    }

    /** USING says nothing about the default: it has to become one of the new type by itself. */
    private static void requireCastOfDefault(Action.SetType set, ColumnType from, ColumnType to) {
        Casts casts = StandardFunctions.casts();
        if (casts.needed(from, to) && !casts.assignment(from, to)) {
            throw BindErrors.at(set.column(), ErrorCode.TYPE_MISMATCH, "default of the column has no cast to the type")
                    .with("column", set.column())
                    .with("from", from.sqlName())
                    .with("to", to.sqlName())
                    .hint("drop the default first and set another one afterwards");
        }
    }
}
