package dev.merapi.query.sql.select;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.expr.RelTypes;
import dev.merapi.query.expr.relation.RecursiveNode;
import dev.merapi.query.sql.ast.Query;
import dev.merapi.query.sql.expression.Coercion;
import dev.merapi.query.sql.expression.Term;
import dev.merapi.query.sql.rel.Cte;
import dev.merapi.query.sql.rel.PendingQuery;
import dev.merapi.query.sql.rel.PendingRelation;
import dev.merapi.query.sql.rel.RecursionRules;
import dev.merapi.query.sql.scope.BindErrors;
import dev.merapi.query.sql.scope.Scope;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.jspecify.annotations.Nullable;

/** One element of WITH RECURSIVE, which need not be recursive: {@code seed UNION [ALL] step}. */
final class RecursionBinder {
    private final @Nullable Scope outer;
    private final Query.CommonTable table;
    private QueryBinder queries;
    private List<String> names = List.of();

    RecursionBinder(QueryBinder queries, @Nullable Scope outer, Query.CommonTable table) {
        this.queries = queries;
        this.outer = outer;
        this.table = table;
    }

    /** The names of the columns, once bound. */
    List<String> names() {
        return names;
    }

    RelNode bind(Query query) {
        Query.With with = query.with();
        WithBinder clauses = with == null ? null : new WithBinder(queries, with, outer);
        if (clauses != null) {
            queries = clauses.inner();
        }
        RelNode rel = query.body() instanceof Query.SetOperation operation
                        && operation.kind() == Query.SetOperation.Kind.UNION
                ? union(operation, query)
                : plain(new Query(null, query.body(), query.orderBy(), query.limit(), false, query.position()));
        return clauses == null ? rel : clauses.wrap(rel);
    }

    private RelNode plain(Query query) {
        PendingQuery pending =
                unaware("a recursive query is a UNION of a start and a step").pending(query, outer);
        names = WithBinder.columnNames(table, pending.names());
        return queries.settled(pending);
    }

    /** A binder to which the name of the expression itself is an error. */
    private QueryBinder unaware(String hint) {
        return queries.with(queries.ctes()
                .without(
                        table.name(),
                        () -> invalid("recursive query refers to itself here").hint(hint)));
    }

    private CodedException invalid(String text) {
        return BindErrors.at(table.position(), ErrorCode.INVALID_RECURSION, text)
                .with("query", table.name());
    }

    private RelNode union(Query.SetOperation operation, Query query) {
        PendingQuery start = unaware("the part before UNION is where it starts").operand(operation.left(), outer);
        names = WithBinder.columnNames(table, start.names());
        RelNode seed = queries.settled(start);
        PendingRelation settledSeed = new PendingRelation(seed, names, operation.position());

        int workingTable = queries.context().newWorkingTable();
        RelDataType rowType = RecursiveNode.nullable(seed);
        Cte self = new Cte(workingTable, rowType, names);
        QueryBinder aware = queries.with(queries.ctes().with(table.name(), self));
        PendingQuery step = aware.operand(operation.right(), outer);
        if (self.uses() == 0) {
            List<RelNode> inputs =
                    new SetOperationBinder(queries, outer).inputs(settledSeed, step, "UNION", operation.position());
            RelNode union = LogicalUnion.create(inputs, operation.all());
            return queries.ordered(new PendingRelation(union, names, query.position()), query, outer)
                    .rel();
        }
        requireAllowed(self, query);
        RelNode next = step(step, rowType, operation);
        String violation = RecursionRules.violation(next, workingTable);
        if (violation != null) {
            throw invalid("recursive query refers to itself in a wrong place").with("place", violation);
        }
        return RecursiveNode.create(seed, next, workingTable, operation.all());
    }

    private void requireAllowed(Cte self, Query query) {
        if (self.uses() > 1) {
            throw invalid("recursive query refers to itself more than once");
        }
        if (!query.orderBy().isEmpty() || !query.limit().isNone()) {
            throw invalid("recursive query has ORDER BY, LIMIT or OFFSET")
                    .hint("put them into the query that reads it");
        }
    }

    /** The step with the column types of the seed. */
    private RelNode step(PendingQuery step, RelDataType rowType, Query.SetOperation operation) {
        List<Term> outputs = step.outputs();
        if (outputs.size() != rowType.getFieldCount()) {
            throw BindErrors.at(
                            operation.position(),
                            ErrorCode.SYNTAX_ERROR,
                            "both sides must have the same number of columns")
                    .with("left", rowType.getFieldCount())
                    .with("right", outputs.size());
        }
        Coercion coercion = new Coercion(queries.context());
        List<ColumnType> types = new ArrayList<>();
        for (RelDataTypeField field : rowType.getFieldList()) {
            ColumnType type = RelTypes.columnType(field.getType());
            Term output = outputs.get(types.size());
            Term start = new Term.Value(
                    queries.context().rex().makeInputRef(field.getType(), field.getIndex()), operation.position());
            ColumnType common = coercion.common(List.of(start, output), "WITH RECURSIVE");
            if (!common.equals(type)) {
                throw BindErrors.at(output.position(), ErrorCode.TYPE_MISMATCH, "step has another type than the start")
                        .with("column", names.get(types.size()))
                        .with("start", type.sqlName())
                        .with("together", common.sqlName())
                        .hint("cast the column where it starts: (…)::" + common.sqlName());
            }
            types.add(type);
        }
        return step.finish((term, column) -> coercion.to(term, types.get(column)));
    }
}
