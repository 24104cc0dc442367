package dev.merapi.query.dataflow.compile;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.dataflow.expression.Key;
import dev.merapi.query.expr.Casts;
import dev.merapi.query.expr.RelTypes;
import java.util.BitSet;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/** An equality as seen from one input of a join: that input's rows can be found by the value of the other side. */
record Equality(RexNode own, RexNode other, boolean nullsMatch) {
    /** A term that is an equality between one input and others; null if it is not. */
    static @Nullable Equality of(RexNode term, int input, Combination combination) {
        boolean nullsMatch = term.getKind() == SqlKind.IS_NOT_DISTINCT_FROM;
        if (!nullsMatch && term.getKind() != SqlKind.EQUALS) {
            return null;
        }
        List<RexNode> sides = ((RexCall) term).getOperands();
        if (isOf(sides.get(0), sides.get(1), input, combination)) {
            return new Equality(sides.get(0), sides.get(1), nullsMatch);
        }
        if (isOf(sides.get(1), sides.get(0), input, combination)) {
            return new Equality(sides.get(1), sides.get(0), nullsMatch);
        }
        return null;
    }

    private static boolean isOf(RexNode own, RexNode other, int input, Combination combination) {
        BitSet ofOwn = combination.inputs(own);
        return ofOwn.cardinality() == 1
                && ofOwn.get(input)
                && !combination.inputs(other).get(input);
    }

    private ColumnType type() {
        return Casts.base(RelTypes.columnType(own.getType()));
    }

    Key.Part ownPart(Combination combination, int input) {
        return Key.Part.of(combination.overOne(own, input), type(), nullsMatch);
    }

    Key.Part otherPart(Combination combination) {
        return Key.Part.of(combination.overAll(other), type(), nullsMatch);
    }

    Key.Part otherPart(Combination combination, int input) {
        return Key.Part.of(combination.overOne(other, input), type(), nullsMatch);
    }
}
