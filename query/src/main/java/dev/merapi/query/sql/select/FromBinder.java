package dev.merapi.query.sql.select;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.TableName;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.expr.relation.ValuesNode;
import dev.merapi.query.sql.ast.FromItem;
import dev.merapi.query.sql.ast.Name;
import dev.merapi.query.sql.rel.Cte;
import dev.merapi.query.sql.rel.FromResult;
import dev.merapi.query.sql.rel.PendingQuery;
import dev.merapi.query.sql.scope.BindContext;
import dev.merapi.query.sql.scope.BindErrors;
import dev.merapi.query.sql.scope.Nearest;
import dev.merapi.query.sql.scope.Relation;
import dev.merapi.query.sql.scope.Relation.ScopeColumn;
import dev.merapi.query.sql.scope.Scope;
import dev.merapi.query.system.SystemTables;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.jspecify.annotations.Nullable;

/** The FROM clause: tables, common table expressions, sub-queries and functions; joins go on to {@link JoinBinder}. */
public final class FromBinder {
    private final QueryBinder queries;
    private final BindContext context;
    private final @Nullable Scope outer;
    private final JoinBinder joins;

    /** {@code outer} is what the columns of enclosing queries are seen through. */
    public FromBinder(QueryBinder queries, @Nullable Scope outer) {
        this.queries = queries;
        this.context = queries.context();
        this.outer = outer;
        this.joins = new JoinBinder(queries, this, outer);
    }

    /** Binds a whole clause; without elements it is one row without columns. */
    public FromResult bind(List<FromItem> items) {
        if (items.isEmpty()) {
            return new FromResult(ValuesNode.oneEmptyRow(context.cluster()), List.of(), List.of());
        }
        return continued(null, items);
    }

    /** Binds elements to the right of what is there already. */
    public FromResult continued(@Nullable FromResult first, List<FromItem> items) {
        FromResult result = first;
        for (FromItem item : items) {
            result = result == null ? bind(item, outer) : joins.cross(result, item);
        }
        if (result == null) {
            throw new IllegalStateException("nothing to bind");
        }
        return result;
    }

    /** Binds one element; {@code lateral} is what LATERAL ones may see, at least the enclosing queries. */
    FromResult bind(FromItem item, @Nullable Scope lateral) {
        return switch (item) {
            case FromItem.Table table -> table(table);
            case FromItem.SubQuery query -> subQuery(query, lateral);
            case FromItem.Functions functions -> new FromFunctions(queries, lateral).bind(functions);
            case FromItem.Join join -> joins.bind(join, lateral);
        };
    }

    private FromResult table(FromItem.Table item) {
        Name name = item.name();
        if (name.isSimple()) {
            Cte cte = queries.ctes().find(name.last());
            if (cte != null) {
                RelNode rel = cte.read(context.cluster());
                return aliased(rel, name.last(), null, null, cte.names(), item.alias(), name.position());
            }
        }
        TableSchema table = table(name);
        context.uses().table(name, table);
        RelNode rel = QueryBinder.policies(context).readable(table);
        return table(rel, table, item.alias(), name.position());
    }

    /** Rows of a stored table; what is behind its columns, no name reaches. */
    public FromResult table(RelNode rel, TableSchema table, FromItem.@Nullable Alias alias, int position) {
        List<String> names =
                table.columns().stream().map(column -> column.name()).toList();
        return aliased(rel, table.name().table(), alias == null ? table.name() : null, table, names, alias, position);
    }

    /** The table with a name: with its schema, or in the current schema, or among the system tables. */
    public TableSchema table(Name name) {
        if (name.parts().size() > 2) {
            throw BindErrors.unsupported(name.position(), "reference to another database", "connect to that database");
        }
        TableName full =
                new TableName(name.isSimple() ? context.schema() : name.parts().get(0), name.last());
        TableSchema table = context.catalog().find(full);
        if (table == null) {
            table = SystemTables.find(full);
        }
        if (table == null && name.isSimple()) {
            table = SystemTables.find(new TableName(SystemTables.CATALOG_SCHEMA, name.last()));
        }
        if (table == null) {
            throw unknown(name, full);
        }
        return table;
    }

    private RuntimeException unknown(Name name, TableName full) {
        var error = BindErrors.at(name, ErrorCode.UNKNOWN_TABLE, "table does not exist")
                .with("table", full);
        List<String> known = context.catalog().tables().stream()
                .map(TableSchema::name)
                .filter(other -> other.schema().equals(full.schema()))
                .map(TableName::table)
                .toList();
        String nearest = Nearest.of(name.last(), known);
        return nearest == null ? error : error.hint("did you mean " + nearest + "?");
    }

    private FromResult subQuery(FromItem.SubQuery item, @Nullable Scope lateral) {
        PendingQuery query = queries.nested().pending(item.query(), item.lateral() ? lateral : outer);
        RelNode rel = queries.settled(query);
        String alias = item.alias() == null ? "" : item.alias().name();
        return aliased(rel, alias, null, null, query.names(), item.alias(), item.position());
    }

    /** A relation under its alias, its first columns under the names the alias gives them. */
    static FromResult aliased(
            RelNode rel,
            String name,
            @Nullable TableName fullName,
            @Nullable TableSchema table,
            List<String> columnNames,
            FromItem.@Nullable Alias alias,
            int position) {
        List<String> names = new ArrayList<>(columnNames);
        if (alias != null) {
            rename(names, alias, position);
        }
        List<ScopeColumn> columns = FromResult.columnsOf(rel, names);
        String visible = alias == null || alias.name().isEmpty() ? name : alias.name();
        return FromResult.of(rel, new Relation(visible, fullName, table, columns, false));
    }

    static void rename(List<String> names, FromItem.Alias alias, int position) {
        if (!alias.definitions().isEmpty()) {
            throw BindErrors.at(
                            position, ErrorCode.SYNTAX_ERROR, "only functions that return records take column types")
                    .with("alias", alias.name());
        }
        if (alias.columns().size() > names.size()) {
            throw BindErrors.at(position, ErrorCode.INVALID_COLUMN_REFERENCE, "alias has too many columns")
                    .with("alias", alias.name())
                    .with("columns there", names.size())
                    .with("columns named", alias.columns().size());
        }
        for (int i = 0; i < alias.columns().size(); i++) {
            names.set(i, alias.columns().get(i));
        }
    }
}
