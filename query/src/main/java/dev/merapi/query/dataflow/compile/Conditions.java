package dev.merapi.query.dataflow.compile;

import dev.merapi.api.schema.ScalarType;
import dev.merapi.query.expr.RelTypes;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Makes conditions. */
final class Conditions {
    private static final RexBuilder REX = new RexBuilder(RelTypes.standard().factory());
    private static final RelDataType TRUTH = RelTypes.standard().of(ScalarType.BOOL, true);

    private Conditions() {}

    static RexNode equal(RexNode left, RexNode right) {
        return of(SqlStdOperatorTable.EQUALS, left, right);
    }

    static RexNode same(RexNode left, RexNode right) {
        return of(SqlStdOperatorTable.IS_NOT_DISTINCT_FROM, left, right);
    }

    static RexNode isNull(RexNode node) {
        return of(SqlStdOperatorTable.IS_NULL, node);
    }

    static RexNode isNotNull(RexNode node) {
        return of(SqlStdOperatorTable.IS_NOT_NULL, node);
    }

    static RexNode not(RexNode node) {
        return of(SqlStdOperatorTable.NOT, node);
    }

    /** Whether a truth value is TRUE or NULL. */
    static RexNode isNotFalse(RexNode node) {
        return of(SqlStdOperatorTable.IS_NOT_FALSE, node);
    }

    static RexNode and(List<RexNode> nodes) {
        return nodes.size() == 1 ? nodes.getFirst() : of(SqlStdOperatorTable.AND, nodes.toArray(RexNode[]::new));
    }

    /** A comparison of this kind. */
    static RexNode comparison(SqlKind kind, RexNode left, RexNode right) {
        SqlOperator operator = switch (kind) {
            case NOT_EQUALS -> SqlStdOperatorTable.NOT_EQUALS;
            case LESS_THAN -> SqlStdOperatorTable.LESS_THAN;
            case LESS_THAN_OR_EQUAL -> SqlStdOperatorTable.LESS_THAN_OR_EQUAL;
            case GREATER_THAN -> SqlStdOperatorTable.GREATER_THAN;
            case GREATER_THAN_OR_EQUAL -> SqlStdOperatorTable.GREATER_THAN_OR_EQUAL;
            default -> SqlStdOperatorTable.EQUALS;
        };
        return of(operator, left, right);
    }

    static RexNode or(RexNode left, RexNode right) {
        return of(SqlStdOperatorTable.OR, left, right);
    }

    /** CASE with conditions and values in turn, and a value at the end. */
    static RexNode choice(RexNode... operands) {
        return of(SqlStdOperatorTable.CASE, operands);
    }

    static RexNode truth(boolean value) {
        return REX.makeLiteral(value);
    }

    static RexNode unknown() {
        return REX.makeNullLiteral(TRUTH);
    }

    static RelDataType truthType() {
        return TRUTH;
    }

    private static RexNode of(SqlOperator operator, RexNode... operands) {
        return REX.makeCall(TRUTH, operator, List.of(operands));
    }
}
