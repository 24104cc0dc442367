package dev.merapi.query.expr.relation;

import dev.merapi.query.expr.TableFunction;
import java.util.List;
import org.apache.calcite.rex.RexNode;

/** One call of a table function; the arguments see parameters and correlation variables but no input row. */
public record TableCall(TableFunction function, List<RexNode> arguments) {
    public TableCall {
        arguments = List.copyOf(arguments);
    }

    @Override
    public String toString() {
        return function.name() + arguments;
    }
}
