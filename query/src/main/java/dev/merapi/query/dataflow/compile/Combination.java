package dev.merapi.query.dataflow.compile;

import dev.merapi.query.dataflow.expression.Expression;
import dev.merapi.query.dataflow.operator.Join;
import dev.merapi.query.expr.eval.EvaluatorCompiler;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Several flows side by side. Expressions see their own columns one after the other, and behind these the tag of the
 * scope, which one of the flows, the carrier, brings along.
 */
final class Combination {
    private final List<Flow> flows;
    private final @Nullable Scope scope;
    private final int carrier;
    private final int[] offsets;
    /** Where each flow's own tag stands in the row of all flows: behind the carrier's. */
    private final int[] tags;

    private final int width;
    private final EvaluatorCompiler evaluators;

    /**
     * Puts flows side by side.
     *
     * @param scope the innermost of the flows' scopes
     * @param carrier the number of the first flow of that scope; -1 without scope
     */
    Combination(List<Flow> flows, @Nullable Scope scope, int carrier, EvaluatorCompiler evaluators) {
        this.flows = List.copyOf(flows);
        this.scope = scope;
        this.carrier = carrier;
        this.evaluators = evaluators;
        this.offsets = new int[flows.size()];
        int offset = 0;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = offset;
            offset += flows.get(i).width();
        }
        this.width = offset;
        this.tags = new int[offsets.length];
        offset += scope == null ? 0 : scope.width();
        for (int i = 0; i < tags.length; i++) {
            tags[i] = offset;
            offset += flows.get(i).tags();
        }
    }

    Flow flow(int number) {
        return flows.get(number);
    }

    List<Flow> flows() {
        return flows;
    }

    int size() {
        return flows.size();
    }

    int carrier() {
        return carrier;
    }

    @Nullable
    Scope scope() {
        return scope;
    }

    /** The flows without which an expression cannot be evaluated. */
    BitSet inputs(RexNode node) {
        BitSet inputs = new BitSet();
        Rex.columns(node).stream().forEach(column -> inputs.set(owner(column)));
        if (carrier >= 0 && (Rex.readsParameters(node) || !Rex.outerFields(node).isEmpty())) {
            inputs.set(carrier);
        }
        return inputs;
    }

    private int owner(int column) {
        int owner = flows.size() - 1;
        while (offsets[owner] > column || flows.get(owner).width() == 0) {
            owner--;
        }
        return owner;
    }

    /** An expression over all flows. */
    Expression overAll(RexNode node) {
        return compile(placed(node, column -> column, width), width, evaluators);
    }

    /** An expression over one flow's rows as they are, the tag in front. */
    Expression overOne(RexNode node, int number) {
        return compile(inRow(node, number), 0, evaluators);
    }

    /** The same, before it is compiled: two of these that are equal are the same expression over the same rows. */
    RexNode inRow(RexNode node, int number) {
        int shift = flows.get(number).tags() - offsets[number];
        return placed(node, column -> column + shift, 0);
    }

    /** A column of the tag, for an expression over all flows. */
    Expression tag(int column) {
        return Expression.column(width + column);
    }

    /** A column of the tag of any of these flows that has it. */
    Expression tagOf(BitSet among, int column) {
        for (int i = among.nextSetBit(0); i >= 0; i = among.nextSetBit(i + 1)) {
            if (flows.get(i).tags() > column) {
                return Expression.column(tags[i] + column);
            }
        }
        throw new IllegalStateException("no flow has column " + column + " of the tag");
    }

    Join.Layout layout() {
        List<Integer> inputs = new ArrayList<>();
        List<Integer> columns = new ArrayList<>();
        for (int i = 0; i < flows.size(); i++) {
            for (int column = 0; column < flows.get(i).width(); column++) {
                inputs.add(i);
                columns.add(flows.get(i).tags() + column);
            }
        }
        for (int column = 0; scope != null && column < scope.width(); column++) {
            inputs.add(carrier);
            columns.add(column);
        }
        for (int i = 0; i < flows.size(); i++) {
            for (int column = 0; column < flows.get(i).tags(); column++) {
                inputs.add(i);
                columns.add(column);
            }
        }
        return new Join.Layout(flows.size(), List.copyOf(inputs), List.copyOf(columns));
    }

    private RexNode placed(RexNode node, IntUnaryOperator place, int tag) {
        return node.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                return new RexInputRef(place.applyAsInt(ref.getIndex()), ref.getType());
            }

            @Override
            public RexNode visitFieldAccess(RexFieldAccess access) {
                Scope.OuterField field = Rex.outerField(access);
                Scope knowing = scope == null ? null : scope.knowing(field);
                Integer column = knowing == null ? null : knowing.outer().get(field);
                if (column == null) {
                    throw new UnsupportedQuery("a look at a row further out than the query around");
                }
                return new RexInputRef(tag + column, access.getType());
            }
        });
    }

    /** Compiles an expression over a row whose tag begins at a column. */
    static Expression compile(RexNode node, int tag, EvaluatorCompiler evaluators) {
        boolean[] parameters = {false};
        node.accept(new RexShuttle() {
            @Override
            public RexNode visitDynamicParam(RexDynamicParam parameter) {
                parameters[0] = true;
                return parameter;
            }
        });
        return new Expression(evaluators.compile(node), parameters[0] ? tag : Expression.NOBODY);
    }
}
