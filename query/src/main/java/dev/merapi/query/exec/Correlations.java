package dev.merapi.query.exec;

import dev.merapi.query.expr.relation.TableNode;
import dev.merapi.query.expr.relation.WorkingTableNode;
import java.util.HashSet;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/** What a relational tree depends on outside itself, and whether it reads tables. Sub-queries belong to the tree. */
final class Correlations {
    private final Set<Integer> used = new HashSet<>();
    private final Set<Integer> defined = new HashSet<>();
    private final Set<Integer> workingTables = new HashSet<>();
    private boolean readsTables;

    private Correlations() {}

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
                return variable;
            }

            @Override
            public RexNode visitSubQuery(RexSubQuery subquery) {
                visit(subquery.rel);
                return super.visitSubQuery(subquery);
            }
        };
    }
}
