package dev.merapi.query.sql.select;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.expr.relation.ValuesNode;
import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.Query;
import dev.merapi.query.sql.expression.Coercion;
import dev.merapi.query.sql.expression.ExpressionBinder;
import dev.merapi.query.sql.expression.NoCalls;
import dev.merapi.query.sql.expression.Term;
import dev.merapi.query.sql.rel.PendingQuery;
import dev.merapi.query.sql.scope.BindErrors;
import dev.merapi.query.sql.scope.Scope;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** VALUES. */
public final class ValuesBinder {
    private final QueryBinder queries;
    private final @Nullable Scope outer;

    public ValuesBinder(QueryBinder queries, @Nullable Scope outer) {
        this.queries = queries;
        this.outer = outer;
    }

    PendingQuery bind(Query.Values values) {
        List<List<Term>> rows = new ArrayList<>();
        ExpressionBinder binder = binder();
        int width = values.rows().get(0).size();
        for (List<Expr> row : values.rows()) {
            if (row.size() != width) {
                throw BindErrors.at(row.get(0).position(), ErrorCode.SYNTAX_ERROR, "VALUES lists differ in length")
                        .with("first", width)
                        .with("this", row.size());
            }
            rows.add(binder.bind(row));
        }
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= width; i++) {
            names.add("column" + i);
        }
        return new Pending(names, rows, values.position());
    }

    /** A binder for expressions that see no row. */
    public ExpressionBinder binder() {
        return queries.expressions(Scope.empty(queries.context(), outer), new NoCalls("VALUES"));
    }

    /** A node with these rows; nullable are the columns that are so in some row. */
    public static ValuesNode node(RelOptCluster cluster, List<String> names, List<List<RexNode>> rows) {
        RelDataTypeFactory types = cluster.getTypeFactory();
        List<RelDataType> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            boolean nullable = false;
            for (List<RexNode> row : rows) {
                nullable |= row.get(i).getType().isNullable();
            }
            columns.add(types.createTypeWithNullability(rows.get(0).get(i).getType(), nullable));
        }
        return ValuesNode.create(cluster, types.createStructType(columns, names), rows);
    }

    private final class Pending implements PendingQuery {
        private final List<String> names;
        private final List<List<Term>> rows;
        private final int position;

        Pending(List<String> names, List<List<Term>> rows, int position) {
            this.names = names;
            this.rows = rows;
            this.position = position;
        }

        @Override
        public List<String> names() {
            return names;
        }

        /** One row stands for itself; the columns of several have the type their values have in common. */
        @Override
        public List<Term> outputs() {
            if (rows.size() == 1) {
                return rows.get(0);
            }
            List<Term> outputs = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                List<Term> column = column(i);
                boolean unknown = column.stream().allMatch(term -> term.type() == null);
                outputs.add(
                        unknown
                                ? new Term.UnknownNull(position)
                                : new Term.Value(
                                        queries.context()
                                                .rex()
                                                .makeInputRef(
                                                        dev.merapi.query.expr.RelTypes.standard()
                                                                .of(common(column), true),
                                                        i),
                                        position));
            }
            return outputs;
        }

        private List<Term> column(int index) {
            List<Term> column = new ArrayList<>();
            rows.forEach(row -> column.add(row.get(index)));
            return column;
        }

        private ColumnType common(List<Term> column) {
            return new Coercion(queries.context()).common(column, "VALUES");
        }

        @Override
        public RelNode finish(ColumnCoercion coercion) {
            List<List<RexNode>> typed = new ArrayList<>();
            rows.forEach(row -> typed.add(new ArrayList<>()));
            Coercion coerce = new Coercion(queries.context());
            for (int i = 0; i < names.size(); i++) {
                List<Term> column = column(i);
                boolean unknown = column.stream().allMatch(term -> term.type() == null);
                ColumnType common = unknown ? null : common(column);
                for (int r = 0; r < rows.size(); r++) {
                    Term term = column.get(r);
                    Term met = common == null ? term : new Term.Value(coerce.to(term, common), term.position());
                    typed.get(r).add(coercion.apply(met, i));
                }
            }
            return node(queries.context().cluster(), names, typed);
        }
    }
}
