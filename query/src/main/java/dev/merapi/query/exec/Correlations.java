package dev.merapi.query.exec;

import dev.merapi.query.expr.relation.TableNode;
import dev.merapi.query.expr.relation.WorkingTableNode;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.jspecify.annotations.Nullable;

/** What a relational tree depends on outside itself, and whether it reads tables. Sub-queries belong to the tree. */
final class Correlations {
    private final Set<Integer> used = new HashSet<>();
    private final Set<Integer> defined = new HashSet<>();
    private final Set<Integer> workingTables = new HashSet<>();
    private final Set<Column> columns = new LinkedHashSet<>();
    private boolean readsTables;
    private boolean isVolatile;
    private boolean usesWholeRows;

    private Correlations() {}

    /** A column of an enclosing row. */
    record Column(int correlation, int column) {}

    static Correlations of(RelNode tree) {
        Correlations correlations = new Correlations();
        correlations.visit(tree);
        return correlations;
    }

    /** The enclosing rows an expression without queries in it looks at. */
    static Set<Integer> used(RexNode node) {
        Correlations correlations = new Correlations();
        node.accept(correlations.visitor());
        return correlations.used;
    }

    /** The enclosing rows it looks at. */
    Set<Integer> free() {
        Set<Integer> free = new HashSet<>(used);
        free.removeAll(defined);
        return free;
    }

    /** The columns of enclosing rows that decide what it gives, besides tables; null if there is more that decides. */
    @Nullable
    List<Column> deciding() {
        return isVolatile || usesWholeRows
                ? null
                : columns.stream()
                        .filter(column -> !defined.contains(column.correlation()))
                        .toList();
    }

    /** The working tables it reads. */
    Set<Integer> workingTables() {
        return workingTables;
    }

    boolean readsTables() {
        return readsTables;
    }

    private void visit(RelNode node) {
        if (node instanceof TableNode) {
            readsTables = true;
        } else if (node instanceof WorkingTableNode table) {
            workingTables.add(table.workingTable());
        } else if (node instanceof Correlate correlate) {
            defined.add(correlate.getCorrelationId().getId());
        }
        for (CorrelationId id : node.getVariablesSet()) {
            defined.add(id.getId());
        }
        node.accept(visitor());
        node.getInputs().forEach(this::visit);
    }

    private RexShuttle visitor() {
        return new RexShuttle() {
            @Override
            public RexNode visitCorrelVariable(RexCorrelVariable variable) {
                used.add(variable.id.getId());
                usesWholeRows = true;
                return variable;
            }

            @Override
            public RexNode visitFieldAccess(RexFieldAccess access) {
                if (access.getReferenceExpr() instanceof RexCorrelVariable variable) {
                    int correlation = variable.id.getId();
                    used.add(correlation);
                    columns.add(new Column(correlation, access.getField().getIndex()));
                    return access;
                }
                return super.visitFieldAccess(access);
            }

            @Override
            public RexNode visitCall(RexCall call) {
                isVolatile |= !call.getOperator().isDeterministic();
                return super.visitCall(call);
            }

            @Override
            public RexNode visitSubQuery(RexSubQuery subquery) {
                visit(subquery.rel);
                return super.visitSubQuery(subquery);
            }
        };
    }
}
