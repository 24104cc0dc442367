package dev.merapi.query.sql.bind;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.query.expr.RelTypes;
import dev.merapi.query.expr.relation.WorkingTableNode;
import dev.merapi.query.sql.BoundInsert;
import dev.merapi.query.sql.OnConflict;
import dev.merapi.query.sql.Returning;
import dev.merapi.query.sql.WithWrite;
import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.Name;
import dev.merapi.query.sql.ast.Query;
import dev.merapi.query.sql.ast.Statement;
import dev.merapi.query.sql.expression.ExpressionBinder;
import dev.merapi.query.sql.policy.RowPolicies.Demand;
import dev.merapi.query.sql.rel.FromResult;
import dev.merapi.query.sql.rel.PendingQuery;
import dev.merapi.query.sql.rel.Rels;
import dev.merapi.query.sql.scope.BindErrors;
import dev.merapi.query.sql.scope.Relation;
import dev.merapi.query.sql.select.QueryBinder;
import dev.merapi.query.sql.select.ValuesBinder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** INSERT. */
final class InsertBinder extends WriteBinder {
    private final boolean outermost;
    private final Set<Integer> explicitSequences = new TreeSet<>();

    InsertBinder(QueryBinder queries, ObjectNames names, List<WithWrite> with, UnaryOperator<RelNode> enclosing) {
        super(queries, names, with, enclosing);
        this.outermost = queries.isOutermost();
    }

    BoundInsert bind(Statement.Insert insert) {
        QueryBinder.Statements statement = open(insert.with());
        TargetTable target = target(insert.table(), insert.alias());
        Query query = insert.query();
        RelNode source;
        if (query == null) {
            source = defaultsOnly(target);
        } else if (plainValues(query) instanceof Query.Values values) {
            source = values(statement.queries(), target, insert, values);
        } else {
            source = query(statement.queries(), target, insert, query);
        }
        // In the order of the text: parameters get their types from where they come up first.
        OnConflict conflict =
                insert.conflict() == null ? null : new ConflictBinder(this, statement, target).bind(insert.conflict());
        if (conflict != null && conflict.update() != null && RowVersions.namesOld(insert.returning())) {
            throw BindErrors.unsupported(
                    insert.table().position(), "RETURNING old with DO UPDATE", "read the row in WITH before");
        }
        Returning returning = returning(statement, target, insert.returning());
        // To name a key is to read it, as in PostgreSQL: whether a row has it could be found out otherwise.
        boolean namesKey = insert.conflict() != null && insert.conflict().target() != null;
        List<Demand> demands =
                namesKey || returningReads() ? List.of(Demand.INSERTED, Demand.READABLE) : List.of(Demand.INSERTED);
        return new BoundInsert(
                with(outermost),
                target.schema(),
                around(statement, source),
                List.copyOf(explicitSequences),
                conflict,
                policies().checks(target.schema(), source, 0, demands),
                returning,
                context().parameters().types());
    }

    /** The VALUES of an INSERT that has nothing else: only there DEFAULT can stand for a value. */
    private static Query.@Nullable Body plainValues(Query query) {
        boolean plain = query.with() == null
                && query.orderBy().isEmpty()
                && query.limit().isNone();
        if (!plain) {
            return null;
        }
        return query.body() instanceof Query.Nested nested ? plainValues(nested.query()) : query.body();
    }

    private RelNode defaultsOnly(TargetTable target) {
        Defaults defaults = new Defaults(context(), target);
        List<RexNode> row = new ArrayList<>();
        for (int i = 0; i < target.width(); i++) {
            row.add(defaults.of(i));
        }
        return ValuesBinder.node(context().cluster(), target.columnNames(), List.of(row));
    }

    /** The columns the statement gives values for: those it names, or the first ones of the table. */
    private static List<Integer> columns(TargetTable target, Statement.Insert insert, int given, int position) {
        List<Integer> columns = new ArrayList<>();
        for (Name name : insert.columns()) {
            int index = target.indexOf(name);
            if (columns.contains(index)) {
                throw BindErrors.at(name, ErrorCode.DUPLICATE_COLUMN, "column is named twice")
                        .with("column", name);
            }
            columns.add(index);
        }
        if (columns.isEmpty()) {
            for (int i = 0; i < Math.min(given, target.width()); i++) {
                columns.add(i);
            }
        }
        if (columns.size() != given) {
            throw BindErrors.at(position, ErrorCode.SYNTAX_ERROR, "numbers of columns and values differ")
                    .with("columns", columns.size())
                    .with("values", given);
        }
        return columns;
    }

    private RelNode values(QueryBinder queries, TargetTable target, Statement.Insert insert, Query.Values values) {
        ExpressionBinder binder = new ValuesBinder(queries, null).binder();
        Defaults defaults = new Defaults(context(), target);
        List<List<RexNode>> rows = new ArrayList<>();
        int width = values.rows().get(0).size();
        for (List<Expr> row : values.rows()) {
            if (row.size() != width) {
                throw BindErrors.at(row.get(0).position(), ErrorCode.SYNTAX_ERROR, "VALUES lists differ in length")
                        .with("first", width)
                        .with("this", row.size());
            }
            List<Integer> columns =
                    columns(target, insert, row.size(), row.get(0).position());
            rows.add(row(target, insert, columns, row, binder, defaults));
        }
        return ValuesBinder.node(context().cluster(), target.columnNames(), rows);
    }

    private List<RexNode> row(
            TargetTable target,
            Statement.Insert insert,
            List<Integer> columns,
            List<Expr> row,
            ExpressionBinder binder,
            Defaults defaults) {
        List<RexNode> result = new ArrayList<>();
        for (int i = 0; i < target.width(); i++) {
            int given = columns.indexOf(i);
            Expr value = given < 0 ? null : row.get(given);
            if (value == null || value instanceof Expr.Default || usesDefault(target, insert, i, value.position())) {
                result.add(defaults.of(i));
            } else {
                ColumnDefinition column = target.column(i);
                result.add(binder.coercion().assign(binder.bind(value), column.type(), column.name()));
            }
        }
        return result;
    }

    /** Whether a value given for an identity column is passed over, as OVERRIDING USER VALUE says. */
    private boolean usesDefault(TargetTable target, Statement.Insert insert, int index, int position) {
        ColumnDefinition column = target.column(index);
        if (!column.autoIncrement()) {
            return false;
        }
        if (insert.overriding() == Statement.Insert.Overriding.USER) {
            return true;
        }
        boolean always = column.identity() == ColumnDefinition.Identity.ALWAYS;
        if (always && insert.overriding() != Statement.Insert.Overriding.SYSTEM) {
            throw BindErrors.at(position, ErrorCode.GENERATED_ALWAYS, "column takes no value from an INSERT")
                    .with("column", column.name())
                    .hint("leave it out, or write OVERRIDING SYSTEM VALUE");
        }
        explicitSequences.add(index);
        return false;
    }

    private RelNode query(QueryBinder queries, TargetTable target, Statement.Insert insert, Query query) {
        PendingQuery pending = queries.pending(query, null);
        List<Integer> columns = columns(target, insert, pending.names().size(), query.position());
        List<Integer> passedOver = new ArrayList<>();
        for (int column : columns) {
            if (usesDefault(target, insert, column, query.position())) {
                passedOver.add(column);
            }
        }
        ExpressionBinder binder = new ValuesBinder(queries, null).binder();
        RelNode rel = pending.finish((term, i) -> {
            ColumnDefinition column = target.column(columns.get(i));
            return binder.coercion().assign(term, column.type(), column.name());
        });
        Defaults defaults = new Defaults(context(), target);
        List<RexNode> row = new ArrayList<>();
        for (int i = 0; i < target.width(); i++) {
            int given = passedOver.contains(i) ? -1 : columns.indexOf(i);
            row.add(given < 0 ? defaults.of(i) : context().rex().makeInputRef(rel, given));
        }
        return Rels.project(rel, row, target.columnNames(), Set.of());
    }

    private @Nullable Returning returning(
            QueryBinder.Statements statement, TargetTable target, List<Query.Item> items) {
        if (items.isEmpty()) {
            return null;
        }
        int workingTable = context().newWorkingTable();
        RelNode rel = WorkingTableNode.create(
                context().cluster(),
                workingTable,
                RelTypes.standard().row(target.schema().rowType()));
        FromResult rows = RowVersions.in(
                tableRows(rel, target, target.visibleName(), 0),
                RowVersions.nothingBefore(context().rex(), target),
                RowVersions.after(rel, target));
        return returning(statement, target, items, workingTable, rows);
    }

    /** The columns of the target in a node, from some column on, under a name. */
    static FromResult tableRows(RelNode rel, TargetTable target, String alias, int from) {
        List<Relation.ScopeColumn> columns = new ArrayList<>();
        List<RexNode> references = Rels.references(rel, from, from + target.width());
        for (int i = 0; i < target.width(); i++) {
            columns.add(new Relation.ScopeColumn(target.column(i).name(), references.get(i)));
        }
        boolean named = target.alias() == null && alias.equals(target.visibleName());
        Relation relation = new Relation(alias, named ? target.schema().name() : null, target.schema(), columns, false);
        return new FromResult(rel, columns, List.of(relation));
    }
}
