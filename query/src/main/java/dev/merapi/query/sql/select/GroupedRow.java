package dev.merapi.query.sql.select;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.expr.Constants;
import dev.merapi.query.sql.rel.Correlations;
import dev.merapi.query.sql.rel.Placeholders;
import dev.merapi.query.sql.scope.BindContext;
import dev.merapi.query.sql.scope.BindErrors;
import dev.merapi.query.sql.scope.Relation;
import dev.merapi.query.sql.scope.Relation.ScopeColumn;
import dev.merapi.query.sql.scope.Scope;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites expressions over the rows before grouping to expressions over the groups: what equals a grouping expression
 * is its column, a stand-in for an aggregate is that aggregate's column, and any other column is an error, unless the
 * primary key of its table is grouped by: then it follows from the key and is grouped by too.
 *
 * <p>Runs twice: once without a node to find the columns that follow, once for real.
 */
final class GroupedRow extends RexShuttle {
    private final BindContext context;
    private final Scope scope;
    private final List<RexNode> keys;
    private final boolean keysDetermine;
    private final @Nullable CorrelationId before;
    private final @Nullable CorrelationId after;
    private @Nullable RelNode grouped;
    private @Nullable GroupStage stage;
    private int position;

    /**
     * Makes a rewriter.
     *
     * @param keys the grouping expressions; columns that follow from them are added to the list
     * @param keysDetermine whether all keys are in every grouping set, so that columns may follow from them
     * @param before the variable through which queries in the expressions see the row before grouping
     * @param after the one through which they are to see the grouped row
     */
    GroupedRow(
            BindContext context,
            Scope scope,
            List<RexNode> keys,
            boolean keysDetermine,
            @Nullable CorrelationId before,
            @Nullable CorrelationId after) {
        this.context = context;
        this.scope = scope;
        this.keys = keys;
        this.keysDetermine = keysDetermine;
        this.before = before;
        this.after = after;
    }

    /** From here on references are to this node. */
    void settle(RelNode node, GroupStage builder) {
        grouped = node;
        stage = builder;
    }

    /** Rewrites an expression; errors point to {@code at}. */
    RexNode rewrite(RexNode node, int at) {
        position = at;
        // A constant that is grouped by is NULL in the sets without it; one inside an expression stays what it is.
        int index = Constants.isConstant(node) ? keys.indexOf(node) : -1;
        return index >= 0 ? key(index) : node.accept(this);
    }

    private RexNode key(int index) {
        RelNode node = grouped;
        return node == null ? keys.get(index) : context.rex().makeInputRef(node, index);
    }

    @Override
    public RexNode visitInputRef(RexInputRef ref) {
        if (Placeholders.isAggregate(ref)) {
            GroupStage builder = stage;
            RelNode node = grouped;
            return builder == null || node == null
                    ? ref
                    : builder.result(node, ref.getIndex() - Placeholders.AGGREGATE);
        }
        return Placeholders.containsAny(ref) ? ref : key(indexOf(ref));
    }

    private int indexOf(RexNode column) {
        int index = keys.indexOf(column);
        if (index >= 0) {
            return index;
        }
        if (!follows(column)) {
            throw ungrouped(column);
        }
        keys.add(column);
        return keys.size() - 1;
    }

    @Override
    public RexNode visitCall(RexCall call) {
        int index = keys.indexOf(call);
        return index >= 0 ? key(index) : super.visitCall(call);
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery query) {
        int index = keys.indexOf(query);
        if (index >= 0) {
            return key(index);
        }
        RexSubQuery visited = (RexSubQuery) super.visitSubQuery(query);
        CorrelationId variable = before;
        return variable == null ? visited : Correlations.replace(visited, variable, this::outer);
    }

    /** A column of this query as a query inside an expression sees it. */
    private RexNode outer(int column) {
        int index = indexOf(context.rex()
                .makeInputRef(scope.rowType().getFieldList().get(column).getType(), column));
        RelNode node = grouped;
        CorrelationId variable = after;
        if (node == null || variable == null) {
            return context.rex()
                    .makeFieldAccess(context.rex().makeCorrel(scope.rowType(), correlationBefore()), column);
        }
        return context.rex().makeFieldAccess(context.rex().makeCorrel(node.getRowType(), variable), index);
    }

    private CorrelationId correlationBefore() {
        CorrelationId variable = before;
        if (variable == null) {
            throw new IllegalStateException("no correlation");
        }
        return variable;
    }

    @Override
    public RexNode visitFieldAccess(RexFieldAccess access) {
        assert access.getReferenceExpr() instanceof RexCorrelVariable;
        return access; // of an enclosing query: the same for all rows of this one
    }

    /** Whether a column belongs to a table whose whole primary key is grouped by. */
    private boolean follows(RexNode column) {
        if (!keysDetermine) {
            return false;
        }
        for (Relation relation : scope.relations()) {
            boolean owns = relation.columns().stream().anyMatch(c -> c.node().equals(column));
            if (owns && keyIsGrouped(relation)) {
                return true;
            }
        }
        return false;
    }

    private boolean keyIsGrouped(Relation relation) {
        TableSchema table = relation.table();
        IndexDefinition primaryKey =
                table == null ? null : table.primaryKeyIndex().orElse(null);
        if (primaryKey == null) {
            return false;
        }
        List<RexNode> columns = new ArrayList<>();
        primaryKey.columns().forEach(i -> columns.add(relation.columns().get(i).node()));
        return keys.containsAll(columns);
    }

    private CodedException ungrouped(RexNode column) {
        String name = "?";
        for (Relation relation : scope.relations()) {
            for (ScopeColumn candidate : relation.columns()) {
                if (candidate.node().equals(column)) {
                    name = relation.alias().isEmpty() ? candidate.name() : relation.alias() + "." + candidate.name();
                }
            }
        }
        return BindErrors.at(position, ErrorCode.GROUPING_ERROR, "column is neither grouped by nor inside an aggregate")
                .with("column", name)
                .hint("add it to GROUP BY, or use an aggregate such as max(" + name + ")");
    }
}
