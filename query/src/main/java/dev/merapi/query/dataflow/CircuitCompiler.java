package dev.merapi.query.dataflow;

import dev.merapi.query.dataflow.compile.TreeCompiler;
import dev.merapi.query.dataflow.compile.UnsupportedQuery;
import org.apache.calcite.rel.RelNode;

/** From an optimised tree to a circuit. Stateless and safe for any thread. */
public final class CircuitCompiler {
    private CircuitCompiler() {}

    /** What became of a tree. */
    public sealed interface Compiled {
        /** Circuits can maintain it. */
        record Maintained(CircuitTemplate template) implements Compiled {}

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
     * @param optimised what {@link dev.merapi.query.plan.Optimizer} made of a bound query
     * @param parameterCount how many parameters each subscriber will give
     */
    public static Compiled compile(RelNode optimised, int parameterCount) {
        try {
            return new Compiled.Maintained(new CircuitTemplate(TreeCompiler.plan(optimised), parameterCount));
        } catch (UnsupportedQuery e) {
            return new Compiled.Unsupported(e.reason());
        }
    }
}
