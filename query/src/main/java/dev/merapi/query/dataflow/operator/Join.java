package dev.merapi.query.dataflow.operator;

import dev.merapi.query.dataflow.arrange.Arrangement;
import dev.merapi.query.dataflow.expression.Expression;
import dev.merapi.query.dataflow.expression.Key;
import dev.merapi.query.dataflow.zset.Bag;
import dev.merapi.query.dataflow.zset.Delta;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An inner join of any number of inputs, with its conditions and the projection above it. It holds nothing: a change of
 * one input is looked up in the arrangements of all others, one after the other.
 *
 * <p>Multilinear. With A' = A + dA for the state after a commit, the change is
 *
 * <pre>
 * d(A ⋈ B)     = dA ⋈ B + A' ⋈ dB
 * d(A ⋈ B ⋈ C) = dA ⋈ B ⋈ C + A' ⋈ dB ⋈ C + A' ⋈ B' ⋈ dC
 * </pre>
 *
 * and so on: the change of input i meets the new state of the inputs before it and the old state of those behind it.
 */
public final class Join extends Operator {
    /**
     * One look-up: the partners, in one input, of the rows found so far.
     *
     * @param probe the key of the rows found so far under which {@code arrangement} holds the partners
     * @param conditions what can be asked as soon as the partner is there
     */
    public record Lookup(int input, Arrangement arrangement, Key probe, List<Expression> conditions) {}

    /** The way of one input's change through the arrangements of all others. */
    public record Path(Delta delta, List<Lookup> lookups) {}

    /** Where the columns of the joined row come from: column i from column {@code columns[i]} of an input. */
    public record Layout(int inputCount, List<Integer> inputs, List<Integer> columns) {
        CombinedRow newRow() {
            return new CombinedRow(
                    inputCount,
                    inputs.stream().mapToInt(Integer::intValue).toArray(),
                    columns.stream().mapToInt(Integer::intValue).toArray());
        }
    }

    private final List<Path> paths;
    private final CombinedRow joined;
    private final Expression[] outputs;
    private final EvalContext constants;

    /** Makes the operator; path i is that of input i. */
    public Join(List<Path> paths, Layout layout, List<Expression> outputs, EvalContext constants) {
        this.paths = List.copyOf(paths);
        this.joined = layout.newRow();
        this.outputs = outputs.toArray(Expression[]::new);
        this.constants = constants;
    }

    @Override
    public void step() {
        for (int input = 0; input < paths.size(); input++) {
            Path path = paths.get(input);
            if (!path.delta().isEmpty() && canMatch(path, input)) {
                change(path, input);
            }
        }
    }

    /** Whether there is a row to meet in every other input. */
    private static boolean canMatch(Path path, int input) {
        for (Lookup lookup : path.lookups()) {
            boolean seesChange = lookup.input() < input && !lookup.arrangement().isUnchanged();
            if (lookup.arrangement().wasEmpty() && !seesChange) {
                return false;
            }
        }
        return true;
    }

    private void change(Path path, int input) {
        Delta delta = path.delta();
        for (int i = 0; i < delta.size(); i++) {
            joined.set(input, delta.row(i));
            extend(path, input, 0, delta.weight(i));
        }
    }

    private void extend(Path path, int changed, int depth, int weight) {
        if (depth == path.lookups().size()) {
            emit(Project.row(outputs, joined, constants), weight);
            return;
        }
        Lookup lookup = path.lookups().get(depth);
        Object key = lookup.probe().of(joined, constants);
        if (key == null) {
            return;
        }
        extend(lookup.arrangement().before(key), path, changed, depth, weight);
        if (lookup.input() < changed) {
            extend(lookup.arrangement().change(key), path, changed, depth, weight);
        }
    }

    private void extend(Bag.@Nullable Entry first, Path path, int changed, int depth, int weight) {
        Lookup lookup = path.lookups().get(depth);
        for (Bag.Entry partner = first; partner != null; partner = partner.next()) {
            tick();
            Row row = partner.row();
            joined.set(lookup.input(), row);
            if (holds(lookup.conditions())) {
                extend(path, changed, depth + 1, Math.multiplyExact(weight, partner.weight()));
            }
        }
    }

    private boolean holds(List<Expression> conditions) {
        for (int i = 0; i < conditions.size(); i++) {
            if (!conditions.get(i).isTrue(joined, constants)) {
                return false;
            }
        }
        return true;
    }
}
