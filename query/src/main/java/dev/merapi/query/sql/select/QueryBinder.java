package dev.merapi.query.sql.select;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.sql.ast.Query;
import dev.merapi.query.sql.expression.Calls;
import dev.merapi.query.sql.expression.Coercion;
import dev.merapi.query.sql.expression.ExpressionBinder;
import dev.merapi.query.sql.expression.NoCalls;
import dev.merapi.query.sql.expression.Subqueries;
import dev.merapi.query.sql.policy.RowPolicies;
import dev.merapi.query.sql.rel.PendingQuery;
import dev.merapi.query.sql.rel.PendingRelation;
import dev.merapi.query.sql.scope.BindContext;
import dev.merapi.query.sql.scope.BindErrors;
import dev.merapi.query.sql.scope.Scope;
import java.util.List;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelNode;
import org.jspecify.annotations.Nullable;

/** Binds queries of every form, with the common table expressions that are in sight. */
public final class QueryBinder implements Subqueries {
    private final BindContext context;
    private final Ctes ctes;
    private final @Nullable WithWrites writes;
    private final Coercion coercion;

    private QueryBinder(BindContext context, Ctes ctes, @Nullable WithWrites writes) {
        this.context = context;
        this.ctes = ctes;
        this.writes = writes;
        this.coercion = new Coercion(context);
    }

    /** A binder for the outermost query of a statement; {@code writes} binds the parts of its WITH that write. */
    public static QueryBinder of(BindContext context, WithWrites writes) {
        return new QueryBinder(context, Ctes.NONE, writes);
    }

    /** A binder for an expression that stands by itself. */
    public static QueryBinder of(BindContext context) {
        return new QueryBinder(context, Ctes.NONE, null);
    }

    /** The policies of the tables a statement is about. Their queries see no WITH clause of the statement. */
    public static RowPolicies policies(BindContext context) {
        return new RowPolicies(
                context,
                (condition, row) ->
                        of(context).expressions(row, new NoCalls("POLICY")).condition(condition, "POLICY"));
    }

    QueryBinder with(Ctes more) {
        return new QueryBinder(context, more, writes);
    }

    /** A binder for queries inside this one: their WITH clauses may not write. */
    QueryBinder nested() {
        return writes == null ? this : new QueryBinder(context, ctes, null);
    }

    /** Whether this is the binder of a statement that is no part of another one. */
    public boolean isOutermost() {
        return writes != null;
    }

    WithWrites requireWrites(Query.CommonTable table) {
        if (writes == null) {
            throw BindErrors.unsupported(
                    table.position(),
                    "INSERT, UPDATE or DELETE in an inner WITH",
                    "move it to the WITH clause of the whole statement");
        }
        return writes;
    }

    public BindContext context() {
        return context;
    }

    Ctes ctes() {
        return ctes;
    }

    /** A binder for expressions over the columns of a scope. */
    public ExpressionBinder expressions(Scope scope, Calls calls) {
        return new ExpressionBinder(context, scope, this, calls);
    }

    @Override
    public RelNode bind(Query query, Scope outer) {
        return settled(nested().pending(query, outer));
    }

    /** Completes a query whose columns of unknown type become text. */
    public RelNode settled(PendingQuery query) {
        return query.finish((term, column) -> coercion.settled(term));
    }

    /** Binds a query up to the types of its output. */
    public PendingQuery pending(Query query, @Nullable Scope outer) {
        Query.With with = query.with();
        if (with == null) {
            return body(query, outer);
        }
        WithBinder clauses = new WithBinder(this, with, outer);
        PendingQuery body = clauses.inner().body(query, outer);
        return clauses.around(body);
    }

    /** Reads the WITH clause of a writing statement: what is in sight in it, and what to put around its trees. */
    public Statements statement(Query.@Nullable With with) {
        return new Statements(this, with);
    }

    /** The WITH clause of a statement that is no query. */
    public static final class Statements {
        private final QueryBinder queries;
        private final @Nullable WithBinder clauses;

        private Statements(QueryBinder binder, Query.@Nullable With with) {
            clauses = with == null ? null : new WithBinder(binder, with, null);
            queries = clauses == null ? binder : clauses.inner();
        }

        /** The binder for the statement's queries and expressions. */
        public QueryBinder queries() {
            return queries;
        }

        /** A tree of the statement with the definitions it reads around it. */
        public RelNode around(RelNode rel) {
            return clauses == null ? rel : clauses.wrap(rel);
        }
    }

    private PendingQuery body(Query query, @Nullable Scope outer) {
        return switch (query.body()) {
            case Query.Nested nested -> pending(merge(query, nested.query()), outer);
            case Query.Select select -> new SelectBinder(this, outer).bind(select, query.orderBy(), query.limit());
            case Query.SetOperation operation ->
                ordered(new SetOperationBinder(this, outer).bind(operation), query, outer);
            case Query.Values values -> {
                PendingQuery pending = new ValuesBinder(this, outer).bind(values);
                boolean plain = query.orderBy().isEmpty() && query.limit().isNone();
                yield plain ? pending : ordered(settledRelation(pending, query.position()), query, outer);
            }
        };
    }

    /** An operand of a set operation, or a query in parentheses. */
    PendingQuery operand(Query.Body body, @Nullable Scope outer) {
        return switch (body) {
            case Query.Nested nested -> nested().pending(nested.query(), outer);
            case Query.Select select -> new SelectBinder(this, outer).bind(select, List.of(), Query.Limit.NONE);
            case Query.SetOperation operation -> new SetOperationBinder(this, outer).bind(operation);
            case Query.Values values -> new ValuesBinder(this, outer).bind(values);
        };
    }

    private PendingRelation settledRelation(PendingQuery query, int position) {
        return new PendingRelation(settled(query), query.names(), position);
    }

    /** ORDER BY and LIMIT over rows whose input is out of sight: output columns are all they can name. */
    PendingRelation ordered(PendingRelation query, Query clauses, @Nullable Scope outer) {
        RelCollation order = new Ordering(query.names(), query.outputs()).byOutput(clauses.orderBy());
        RelNode sorted = new LimitBinder(this, outer).apply(query.rel(), order, clauses.limit());
        return new PendingRelation(sorted, query.names(), query.position());
    }

    /**
     * Clauses behind a query in parentheses belong to it, unless it has such clauses itself: {@code (SELECT …) LIMIT
     * 1}.
     */
    private static Query merge(Query outer, Query inner) {
        if (outer.with() != null && inner.with() != null) {
            throw twice("WITH", outer);
        }
        if (!outer.orderBy().isEmpty() && !inner.orderBy().isEmpty()) {
            throw twice("ORDER BY", outer);
        }
        if (outer.limit().count() != null && inner.limit().count() != null) {
            throw twice("LIMIT", outer);
        }
        if (outer.limit().offset() != null && inner.limit().offset() != null) {
            throw twice("OFFSET", outer);
        }
        Query.Limit limit = new Query.Limit(
                outer.limit().count() == null
                        ? inner.limit().count()
                        : outer.limit().count(),
                outer.limit().offset() == null
                        ? inner.limit().offset()
                        : outer.limit().offset(),
                outer.limit().withTies() || inner.limit().withTies());
        return new Query(
                inner.with(),
                inner.body(),
                outer.orderBy().isEmpty() ? inner.orderBy() : outer.orderBy(),
                limit,
                outer.locking() || inner.locking(),
                inner.position());
    }

    private static RuntimeException twice(String clause, Query query) {
        return BindErrors.at(query.position(), ErrorCode.SYNTAX_ERROR, "clause is given inside and outside parentheses")
                .with("clause", clause);
    }
}
