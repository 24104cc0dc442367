package dev.merapi.query.sql.rel;

import java.util.function.IntFunction;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/**
 * Replaces the fields of one correlation variable in queries inside expressions: when the row around them changes shape
 * (by grouping, say), what they see of it has to be named anew.
 */
public final class Correlations extends RexShuttle {
    private final CorrelationId variable;
    private final IntFunction<RexNode> replacement;

    private final RelHomogeneousShuttle relations = new RelHomogeneousShuttle() {
        @Override
        public RelNode visit(RelNode other) {
            return super.visit(other).accept(Correlations.this);
        }
    };

    private Correlations(CorrelationId variable, IntFunction<RexNode> replacement) {
        this.variable = variable;
        this.replacement = replacement;
    }

    /** The query with each {@code variable.field} replaced by what the function says for the field's index. */
    public static RexSubQuery replace(RexSubQuery query, CorrelationId variable, IntFunction<RexNode> replacement) {
        Correlations correlations = new Correlations(variable, replacement);
        return query.clone(query.rel.accept(correlations.relations));
    }

    @Override
    public RexNode visitFieldAccess(RexFieldAccess access) {
        boolean ours = access.getReferenceExpr() instanceof RexCorrelVariable correl && correl.id.equals(variable);
        return ours ? replacement.apply(access.getField().getIndex()) : super.visitFieldAccess(access);
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery query) {
        RexSubQuery visited = (RexSubQuery) super.visitSubQuery(query);
        return visited.clone(visited.rel.accept(relations));
    }
}
