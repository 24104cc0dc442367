package dev.merapi.query.dataflow.compile;

import dev.merapi.query.expr.ScalarFunction;
import dev.merapi.query.expr.TableFunction;
import dev.merapi.query.expr.Volatility;
import dev.merapi.query.expr.relation.RecursiveNode;
import dev.merapi.query.expr.relation.TableFunctionNode;
import dev.merapi.query.expr.relation.TableNode;
import dev.merapi.query.system.SystemTables;
import java.util.Locale;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/** Looks through a whole tree, queries inside expressions included, for what circuits do not maintain. */
final class Maintainable extends RexShuttle {
    /**
     * Refuses what cannot be maintained.
     *
     * @throws UnsupportedQuery naming the first thing found
     */
    static void require(RelNode node) {
        new Maintainable().visit(node);
    }

    private void visit(RelNode node) {
        switch (node) {
            case RecursiveNode recursion -> throw new UnsupportedQuery("recursion");
            case TableFunctionNode functions -> functions.calls().forEach(call -> require(call.function()));
            case TableNode table -> {
                if (SystemTables.isSystem(table.schema().tableId())) {
                    throw new UnsupportedQuery("system table");
                }
            }
            default -> {}
        }
        node.accept(this);
        node.getInputs().forEach(this::visit);
    }

    private static void require(TableFunction function) {
        require(function.volatility(), function.name());
    }

    private static void require(Volatility volatility, String function) {
        if (volatility != Volatility.IMMUTABLE) {
            throw new UnsupportedQuery(volatility.name().toLowerCase(Locale.ROOT) + " function " + function);
        }
    }

    @Override
    public RexNode visitCall(RexCall call) {
        ScalarFunction function = ScalarFunction.of(call.getOperator());
        if (function != null) {
            require(function.volatility(), function.name());
        }
        return super.visitCall(call);
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery query) {
        visit(query.rel);
        return super.visitSubQuery(query);
    }
}
