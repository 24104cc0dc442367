package dev.merapi.query.sql.expression;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** AND and OR as Calcite wants them in a filter: one call over all terms, none of which is such a call itself. */
public final class Junctions {
    private Junctions() {}

    /** All terms have to be true; TRUE if there are none. */
    public static RexNode and(RexBuilder rex, List<RexNode> terms) {
        return terms.isEmpty() ? rex.makeLiteral(true) : of(rex, SqlStdOperatorTable.AND, terms);
    }

    /** One term has to be true; FALSE if there are none. */
    public static RexNode or(RexBuilder rex, List<RexNode> terms) {
        return terms.isEmpty() ? rex.makeLiteral(false) : of(rex, SqlStdOperatorTable.OR, terms);
    }

    private static RexNode of(RexBuilder rex, SqlOperator operator, List<RexNode> terms) {
        List<RexNode> flat = new ArrayList<>();
        for (RexNode term : terms) {
            if (term.getKind() == operator.kind) {
                flat.addAll(((RexCall) term).getOperands()); // made here as well, so it is flat itself
            } else {
                flat.add(term);
            }
        }
        return flat.size() == 1 ? flat.get(0) : rex.makeCall(operator, flat);
    }
}
