package dev.merapi.query.sql.bind;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.Name;
import dev.merapi.query.sql.ast.Query;
import dev.merapi.query.sql.expression.ExpressionBinder;
import dev.merapi.query.sql.expression.NoCalls;
import dev.merapi.query.sql.expression.Subqueries;
import dev.merapi.query.sql.scope.BindContext;
import dev.merapi.query.sql.scope.BindErrors;
import dev.merapi.query.sql.scope.Scope;
import dev.merapi.query.sql.scope.TableScope;
import dev.merapi.store.Catalog;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;

/** Checks and defaults: expressions by themselves, without queries and parameters. */
final class TableExpressions implements StoredExpressions {
    private final Catalog catalog;
    private final String schema;

    TableExpressions(Catalog catalog, String schema) {
        this.catalog = catalog;
        this.schema = schema;
    }

    /** A CHECK or DEFAULT holds no query: it is evaluated where there is nothing but the row. */
    private record NoQueries(String clause) implements Subqueries {
        @Override
        public RelNode bind(Query query, Scope outer) {
            throw BindErrors.unsupported(
                    query.position(), "sub-query in " + clause, "a stored expression sees nothing but its row");
        }
    }

    @Override
    public void requireCheck(TableSchema table, Expr condition) {
        check(table, condition);
    }

    RexNode check(TableSchema table, Expr condition) {
        BindContext context = new BindContext(catalog, schema);
        Scope scope = TableScope.of(context, table);
        RexNode node = new ExpressionBinder(context, scope, new NoQueries("CHECK"), new NoCalls("CHECK"))
                .condition(condition, "CHECK");
        requireNoParameters(context, condition, "CHECK");
        return node;
    }

    @Override
    public RexNode bindDefault(ColumnType type, Expr value) {
        BindContext context = new BindContext(catalog, schema);
        RexNode node = bindDefault(context, type, value, "?");
        requireNoParameters(context, value, "DEFAULT");
        return node;
    }

    @Override
    public RexNode bindChange(TableSchema table, ColumnType type, Expr value, String column) {
        BindContext context = new BindContext(catalog, schema);
        Scope scope = TableScope.of(context, table);
        ExpressionBinder binder = new ExpressionBinder(context, scope, new NoQueries("USING"), new NoCalls("USING"));
        RexNode node = binder.coercion().assign(binder.bind(value), type, column);
        requireNoParameters(context, value, "USING");
        return node;
    }

    /** The default of a column, or NULL if it has none. */
    static RexNode bindDefault(BindContext context, ColumnType type, Expr value, String column) {
        List<Name> references = ColumnReferences.of(value);
        if (!references.isEmpty()) {
            throw BindErrors.at(references.get(0), ErrorCode.UNSUPPORTED_SQL, "DEFAULT refers to a column")
                    .with("column", references.get(0));
        }
        Scope scope = Scope.empty(context, null);
        ExpressionBinder binder =
                new ExpressionBinder(context, scope, new NoQueries("DEFAULT"), new NoCalls("DEFAULT"));
        return binder.coercion().assign(binder.bind(value), type, column);
    }

    private static void requireNoParameters(BindContext context, Expr expr, String clause) {
        if (!context.parameters().isEmpty()) {
            throw BindErrors.at(expr.position(), ErrorCode.UNKNOWN_PARAMETER, "parameter in a stored expression")
                    .with("clause", clause)
                    .hint("write the value itself");
        }
    }
}
