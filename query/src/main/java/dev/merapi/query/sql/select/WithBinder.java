package dev.merapi.query.sql.select;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.expr.relation.WithNode;
import dev.merapi.query.sql.ast.Query;
import dev.merapi.query.sql.ast.Statement;
import dev.merapi.query.sql.expression.Term;
import dev.merapi.query.sql.rel.Cte;
import dev.merapi.query.sql.rel.Inlining;
import dev.merapi.query.sql.rel.PendingQuery;
import dev.merapi.query.sql.rel.Rels;
import dev.merapi.query.sql.rel.WorkingTables;
import dev.merapi.query.sql.scope.BindErrors;
import dev.merapi.query.sql.scope.Scope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.jspecify.annotations.Nullable;

/**
 * WITH: each common table expression is bound once and read through a working table. One that is read once, where that
 * is no more work, moves to the place where it is read; one that is never read goes away.
 */
final class WithBinder {
    /** A common table expression and the rows it stands for. */
    private record Definition(Cte cte, RelNode rel) {}

    private final @Nullable Scope outer;
    private final List<Definition> definitions = new ArrayList<>();
    private QueryBinder inner;

    WithBinder(QueryBinder queries, Query.With with, @Nullable Scope outer) {
        this.outer = outer;
        this.inner = queries;
        Set<String> names = new HashSet<>();
        for (Query.CommonTable table : with.tables()) {
            if (!names.add(table.name())) {
                throw BindErrors.at(table.position(), ErrorCode.DUPLICATE_ALIAS, "WITH defines a name twice")
                        .with("name", table.name());
            }
            add(table, with.recursive());
        }
    }

    /** The binder for queries that see these common table expressions. */
    QueryBinder inner() {
        return inner;
    }

    private void add(Query.CommonTable table, boolean recursive) {
        if (!(table.statement() instanceof Statement.QueryStatement(Query query))) {
            WithWrites.Written written = inner.requireWrites(table).bind(table, inner.nested(), this::wrap);
            List<String> names = columnNames(table, written.names());
            Cte cte = new Cte(written.workingTable(), written.rowType(), names);
            inner = inner.with(inner.ctes().with(table.name(), cte));
            return;
        }
        RelNode rel;
        List<String> names;
        if (recursive) {
            RecursionBinder recursion = new RecursionBinder(inner.nested(), outer, table);
            rel = recursion.bind(query);
            names = recursion.names();
        } else {
            PendingQuery pending = inner.nested().pending(query, outer);
            rel = inner.settled(pending);
            names = columnNames(table, pending.names());
        }
        Cte cte = new Cte(inner.context().newWorkingTable(), Rels.renamed(rel, names), names);
        definitions.add(new Definition(cte, rel));
        inner = inner.with(inner.ctes().with(table.name(), cte));
    }

    /** The query's names with those of {@code name(a, b)} in front. */
    static List<String> columnNames(Query.CommonTable table, List<String> names) {
        if (table.columns().size() > names.size()) {
            throw BindErrors.at(table.position(), ErrorCode.INVALID_COLUMN_REFERENCE, "WITH names too many columns")
                    .with("name", table.name())
                    .with("columns there", names.size())
                    .with("columns named", table.columns().size());
        }
        List<String> result = new ArrayList<>(table.columns());
        result.addAll(names.subList(table.columns().size(), names.size()));
        return result;
    }

    /** The query with the definitions it needs around it. */
    PendingQuery around(PendingQuery body) {
        return new PendingQuery() {
            @Override
            public List<String> names() {
                return body.names();
            }

            @Override
            public List<Term> outputs() {
                return body.outputs();
            }

            @Override
            public RelNode finish(ColumnCoercion coercion) {
                return wrap(body.finish(coercion));
            }
        };
    }

    RelNode wrap(RelNode body) {
        RelNode result = body;
        // Later definitions may read earlier ones, so these come further out.
        for (int i = definitions.size() - 1; i >= 0; i--) {
            Definition definition = definitions.get(i);
            Cte cte = definition.cte();
            if (cte.uses() > 0 && WorkingTables.reads(result, cte.workingTable())) {
                RelNode inlined =
                        cte.uses() == 1 ? Inlining.inline(result, cte.workingTable(), definition.rel()) : null;
                result = inlined == null ? WithNode.create(definition.rel(), result, cte.workingTable()) : inlined;
            }
        }
        return result;
    }
}
