package dev.merapi.query.sql.bind;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.CheckDefinition;
import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.ForeignKey;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.PrimaryKey;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.schema.VarcharType;
import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.Name;
import dev.merapi.query.sql.ast.Statement.ConstraintSpec;
import dev.merapi.query.sql.ast.Statement.ConstraintSpec.Rule;
import dev.merapi.query.sql.scope.BindErrors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Primary keys, unique constraints, checks and foreign keys, bound against a draft and added to it. */
final class ConstraintBinder {
    /** PostgreSQL's limit too; keys are compared column by column. */
    private static final int MAX_KEY_COLUMNS = 32;

    private final ObjectNames names;
    private final StoredExpressions expressions;

    ConstraintBinder(ObjectNames names, StoredExpressions expressions) {
        this.names = names;
        this.expressions = expressions;
    }

    IndexDefinition addPrimaryKey(TableDraft table, ConstraintSpec spec, List<Integer> columns) {
        if (table.hasPrimaryKey()) {
            throw BindErrors.at(
                            spec.position(),
                            ErrorCode.INVALID_TABLE_DEFINITION,
                            "table cannot have several primary keys")
                    .with("table", table.name());
        }
        columns.forEach(column -> table.setNullable(column, false));
        String base = table.name().table();
        IndexDefinition index = addUnique(table, spec, columns, base, "pkey");
        table.setPrimaryKey(new PrimaryKey(index.name(), index.indexId()));
        return index;
    }

    IndexDefinition addUnique(TableDraft table, ConstraintSpec spec, List<Integer> columns) {
        return addUnique(table, spec, columns, table.name().table() + "_" + columnNames(table, columns), "key");
    }

    private IndexDefinition addUnique(
            TableDraft table, ConstraintSpec spec, List<Integer> columns, String base, String suffix) {
        requireKeyWidth(spec.position(), columns);
        String given = spec.name();
        String name = given == null ? names.indexName(table, base, suffix) : requireFree(table, given, spec.position());
        IndexDefinition index =
                new IndexDefinition(table.nextIndexId(), name, columns, true, kindOfKey(columns.size()));
        table.indexes().add(index);
        return index;
    }

    /** One column is looked up by equality; of several, the first ones alone are worth a range. */
    private static IndexDefinition.Kind kindOfKey(int columns) {
        return columns == 1 ? IndexDefinition.Kind.HASH : IndexDefinition.Kind.ORDERED;
    }

    static void requireKeyWidth(int position, List<Integer> columns) {
        if (columns.size() > MAX_KEY_COLUMNS) {
            throw BindErrors.at(position, ErrorCode.STATEMENT_LIMIT, "key has too many columns")
                    .with("columns", columns.size())
                    .with("limit", MAX_KEY_COLUMNS);
        }
    }

    CheckDefinition addCheck(TableDraft table, ConstraintSpec spec, Rule.Check check) {
        Expr condition = check.condition().expression();
        expressions.requireCheck(table.schema(), condition);
        Set<String> used = new LinkedHashSet<>();
        for (Name column : ColumnReferences.of(condition)) {
            used.add(column.last());
        }
        String base =
                table.name().table() + (used.size() == 1 ? "_" + used.iterator().next() : "");
        String given = spec.name();
        String name =
                given == null ? names.indexName(table, base, "check") : requireFree(table, given, spec.position());
        CheckDefinition definition = new CheckDefinition(name, check.condition().sql());
        table.checks().add(definition);
        return definition;
    }

    ForeignKey addForeignKey(TableDraft table, ConstraintSpec spec, Rule.References rule, List<Integer> columns) {
        boolean toItself = names.qualify(rule.table()).equals(table.name());
        TableSchema referenced = toItself ? table.schema() : names.get(rule.table());
        List<Integer> wanted = rule.referencedColumns().isEmpty()
                ? referenced.primaryKeyColumns()
                : new TableDraft(referenced).columns(rule.referencedColumns());
        if (wanted.isEmpty()) {
            throw BindErrors.at(rule.table(), ErrorCode.INVALID_FOREIGN_KEY, "referenced table has no primary key")
                    .with("table", referenced.name())
                    .hint("name the referenced columns");
        }
        if (wanted.size() != columns.size()) {
            throw BindErrors.at(
                            spec.position(),
                            ErrorCode.INVALID_FOREIGN_KEY,
                            "numbers of referencing and referenced columns differ")
                    .with("referencing", columns.size())
                    .with("referenced", wanted.size());
        }
        requireSameTypes(table, columns, referenced, wanted, spec.position());
        IndexDefinition key = uniqueKey(referenced, wanted, rule.table());
        // Pairs are put into the order of the key they are looked up in.
        List<Integer> ordered = key.columns().stream()
                .map(column -> columns.get(wanted.indexOf(column)))
                .toList();
        String base = table.name().table() + "_" + columnNames(table, columns);
        String given = spec.name();
        String name = given == null ? names.indexName(table, base, "fkey") : requireFree(table, given, spec.position());
        requireActions(table, ordered, rule, spec.position());
        ForeignKey foreignKey =
                new ForeignKey(name, ordered, referenced.tableId(), key.columns(), rule.onDelete(), rule.onUpdate());
        table.foreignKeys().add(foreignKey);
        return foreignKey;
    }

    private static void requireActions(TableDraft table, List<Integer> columns, Rule.References rule, int position) {
        boolean setsNull =
                rule.onDelete() == ForeignKey.Action.SET_NULL || rule.onUpdate() == ForeignKey.Action.SET_NULL;
        boolean allNullable =
                columns.stream().allMatch(column -> table.columns().get(column).nullable());
        if (setsNull && !allNullable) {
            throw BindErrors.at(position, ErrorCode.INVALID_FOREIGN_KEY, "SET NULL needs columns that allow NULL")
                    .hint("leave NOT NULL out, or use CASCADE");
        }
    }

    private static IndexDefinition uniqueKey(TableSchema referenced, List<Integer> wanted, Name at) {
        Set<Integer> set = new HashSet<>(wanted);
        Optional<IndexDefinition> key = referenced.indexes().stream()
                .filter(index ->
                        index.unique() && index.columns().size() == wanted.size() && set.containsAll(index.columns()))
                .findFirst();
        return key.orElseThrow(
                () -> BindErrors.at(at, ErrorCode.INVALID_FOREIGN_KEY, "referenced columns have no unique constraint")
                        .with("table", referenced.name())
                        .hint("make them the primary key, or add UNIQUE"));
    }

    /** Keys are compared by their bytes: types must be equal but for the width of integers and the length of texts. */
    private static void requireSameTypes(
            TableDraft table, List<Integer> columns, TableSchema referenced, List<Integer> wanted, int position) {
        for (int i = 0; i < columns.size(); i++) {
            ColumnDefinition from = table.columns().get(columns.get(i));
            ColumnDefinition to = referenced.columns().get(wanted.get(i));
            boolean fits = from.type().equals(to.type())
                    || (isText(from.type()) && isText(to.type()))
                    || (isInteger(from.type()) && isInteger(to.type()));
            if (!fits) {
                throw BindErrors.at(position, ErrorCode.TYPE_MISMATCH, "foreign key columns have different types")
                        .with("column", from.name() + " " + from.type().sqlName())
                        .with("references", to.name() + " " + to.type().sqlName())
                        .hint("give both the same type");
            }
        }
    }

    private static boolean isInteger(ColumnType type) {
        return type instanceof ScalarType scalar && scalar.isInteger();
    }

    private static boolean isText(ColumnType type) {
        return type == ScalarType.TEXT || type instanceof VarcharType;
    }

    private String requireFree(TableDraft table, String name, int position) {
        ObjectNames.requireValid(name, position);
        if (names.isTaken(table, name)) {
            throw BindErrors.at(position, ErrorCode.DUPLICATE_OBJECT, "name is taken by another constraint or index")
                    .with("name", name);
        }
        return name;
    }

    /** Names of one column rules apply to, or of the listed ones. */
    static List<Integer> columns(TableDraft table, List<Name> listed, List<Integer> ownColumn) {
        return listed.isEmpty() ? ownColumn : table.columns(listed);
    }

    static String columnNames(TableDraft table, List<Integer> columns) {
        return new ArrayList<>(columns)
                .stream().map(column -> table.columns().get(column).name()).collect(Collectors.joining("_"));
    }
}
