package dev.merapi.query.dataflow.compile;

import dev.merapi.query.dataflow.expression.Expression;
import dev.merapi.query.dataflow.expression.Key;
import dev.merapi.query.dataflow.operator.Operator;
import dev.merapi.query.expr.row.Row;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a circuit is made of. Immutable.
 *
 * @param stages each reads only from those before it
 * @param arrangements what stages look rows up in
 * @param tables the stages of each table read, by table id: one with its rows, one with their ids, too
 * @param parameters the stage of the parameter relation
 */
public record Plan(
        List<Stage> stages,
        List<Arranged> arrangements,
        Map<Integer, List<Integer>> tables,
        int parameters,
        Output output) {
    public Plan {
        stages = List.copyOf(stages);
        arrangements = List.copyOf(arrangements);
        tables = Map.copyOf(tables);
    }

    /** The table whose rows a stage passes on, or null when they are computed. */
    public @Nullable Integer tableOf(int stage) {
        for (Map.Entry<Integer, List<Integer>> table : tables.entrySet()) {
            if (table.getValue().contains(stage)) {
                return table.getKey();
            }
        }
        return null;
    }

    /** Makes the operator of a stage for one circuit. */
    @FunctionalInterface
    public interface Maker {
        Operator make(Assembly assembly);
    }

    /**
     * One operator.
     *
     * @param text for people
     */
    public record Stage(String text, List<Integer> inputs, Maker maker) {}

    /**
     * The rows of a stage by a key.
     *
     * @param by the key for people; empty when all rows are found by the same
     */
    public record Arranged(int stage, Key key, String by) {
        /** For people. */
        public String text() {
            return "#" + stage + " by (" + by + ")";
        }
    }

    /** The last stage, whose rows begin with the subscriber; what is given out of them and in which order. */
    public record Output(
            int stage, List<Expression> columns, @Nullable Comparator<Row> order) {}
}
