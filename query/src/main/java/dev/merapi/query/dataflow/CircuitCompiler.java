package dev.merapi.query.dataflow;

import dev.merapi.query.dataflow.compile.Plan;
import dev.merapi.query.dataflow.compile.SettledOrder;
import dev.merapi.query.dataflow.compile.TreeCompiler;
import dev.merapi.query.dataflow.compile.UnsupportedQuery;
import dev.merapi.query.plan.Optimizer;
import org.apache.calcite.rel.RelNode;

/** From a tree to a circuit. Stateless and safe for any thread. */
public final class CircuitCompiler {
    private CircuitCompiler() {}

    /** What became of a tree. */
    public sealed interface Compiled {
        /**
         * Circuits can maintain it.
         *
         * @param settled the tree with every order said that its result shows: asked once, it gives the same rows
         */
        record Maintained(CircuitTemplate template, RelNode settled) implements Compiled {}

        /**
         * Circuits cannot maintain it.
         *
         * @param reason what it is that they cannot, such as "window function"
         */
        record Unsupported(String reason) implements Compiled {}
    }

    /**
     * Compiles a tree.
     *
     * @param tree a bound query
     * @param parameterCount how many parameters each subscriber will give
     */
    public static Compiled compile(RelNode tree, int parameterCount) {
        try {
            RelNode settled = SettledOrder.of(tree);
            Plan plan = TreeCompiler.plan(Optimizer.optimise(settled));
            return new Compiled.Maintained(new CircuitTemplate(plan, parameterCount), settled);
        } catch (UnsupportedQuery e) {
            return new Compiled.Unsupported(e.reason());
        }
    }
}
