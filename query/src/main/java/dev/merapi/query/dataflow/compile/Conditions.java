package dev.merapi.query.dataflow.compile;

import dev.merapi.api.schema.ScalarType;
import dev.merapi.query.expr.RelTypes;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
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
