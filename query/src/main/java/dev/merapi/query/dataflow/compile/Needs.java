package dev.merapi.query.dataflow.compile;

import dev.merapi.query.expr.relation.WorkingTableNode;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.jspecify.annotations.Nullable;

/** Finds out which scope expressions and trees depend on: the innermost of all that they look at. */
final class Needs {
    private final @Nullable Scope scope;
    private final Map<Integer, Flow> workingTables;
    private @Nullable Scope innermost;

    /**
     * Starts with no needs.
     *
     * @param scope where the expressions stand
     */
    Needs(@Nullable Scope scope, Map<Integer, Flow> workingTables) {
        this.scope = scope;
        this.workingTables = workingTables;
    }

    /** The innermost scope needed, null for none. */
    @Nullable
    Scope innermost() {
        return innermost;
    }

    void scope(@Nullable Scope needed) {
        innermost = Scope.inner(innermost, needed);
    }

    void expression(RexNode node) {
        node.accept(visitor());
    }

    void tree(RelNode node) {
        if (node instanceof WorkingTableNode table) {
            Flow flow = workingTables.get(table.workingTable());
            scope(flow == null ? null : flow.scope());
        }
        node.accept(visitor());
        node.getInputs().forEach(this::tree);
    }

    private RexShuttle visitor() {
        return new RexShuttle() {
            @Override
            public RexNode visitDynamicParam(RexDynamicParam parameter) {
                Scope subscribers = scope == null ? null : scope.subscribers();
                if (subscribers == null) {
                    throw new UnsupportedQuery("parameter out of reach");
                }
                scope(subscribers);
                return parameter;
            }

            @Override
            public RexNode visitFieldAccess(RexFieldAccess access) {
                // A field of a row that is further in belongs to a scope not made yet.
                scope(scope == null ? null : scope.knowing(Rex.outerField(access)));
                return access;
            }

            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
                tree(query.rel);
                return super.visitSubQuery(query);
            }
        };
    }
}
