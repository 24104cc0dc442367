package dev.merapi.query.dataflow.compile;

import dev.merapi.query.dataflow.expression.Expression;
import dev.merapi.query.dataflow.expression.Key;
import dev.merapi.query.dataflow.operator.AntiJoin;
import dev.merapi.query.dataflow.operator.Distinct;
import dev.merapi.query.dataflow.operator.Join;
import dev.merapi.query.dataflow.operator.MatchJoin;
import dev.merapi.query.dataflow.operator.Union;
import dev.merapi.query.expr.relation.Columns;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * Joins that are not inner ones. A semi-join by keys is an inner join with the distinct keys of its right side; other
 * semi- and all anti-joins look for partners; an outer join is the inner one and, filled up with NULLs, the rows
 * without partner.
 */
final class OuterJoins {
    private final TreeCompiler compiler;
    private final PlanBuilder plan;

    OuterJoins(TreeCompiler compiler, PlanBuilder plan) {
        this.compiler = compiler;
        this.plan = plan;
    }

    /** The left rows with a partner; {@code terms} see the left row, then the right one. */
    Cluster semi(Cluster left, Flow right, List<RexNode> terms, @Nullable Scope scope) {
        int width = left.outputs().size();
        List<RexNode> ofLeft = new ArrayList<>();
        List<RexNode> ofRight = new ArrayList<>();
        Combination sides = new Combination(List.of(dummy(left), dummy(right)), null, -1, compiler.evaluators());
        for (RexNode term : terms) {
            Equality equality = Equality.of(term, 1, sides);
            boolean plain = equality != null
                    && !equality.nullsMatch()
                    && compiler.needs(List.of(equality.own()), scope) == null;
            if (equality == null || !plain) {
                Flow leftFlow = compiler.flow(left, scope);
                return Cluster.of(join(leftFlow, right, terms, JoinRelType.SEMI, scope));
            }
            ofLeft.add(equality.other());
            ofRight.add(Columns.shift(equality.own(), -width));
        }
        Flow keys = distinct(compiler.flow(Cluster.of(right).select(ofRight), scope));
        List<RexNode> on = new ArrayList<>();
        for (int i = 0; i < ofLeft.size(); i++) {
            RexNode key = new RexInputRef(width + i, keys.columns().get(i));
            on.add(equal(ofLeft.get(i), key));
        }
        Cluster joined = left.with(Cluster.of(keys)).where(on);
        return joined.select(Rex.references(left.outputTypes()));
    }

    private static RexNode equal(RexNode left, RexNode right) {
        return Conditions.equal(left, right);
    }

    private static Flow dummy(Cluster cluster) {
        return new Flow(-1, null, cluster.outputTypes());
    }

    private static Flow dummy(Flow flow) {
        return new Flow(-1, null, flow.columns());
    }

    /** Each row of a flow once. */
    Flow distinct(Flow flow) {
        Key key = key(flow);
        int input = flow.stage();
        int stage = plan.stage(
                PlanBuilder.Doing.of("Distinct", List.of(flow), List.of()),
                assembly -> new Distinct(assembly.delta(input), key, assembly.constants()));
        return new Flow(stage, flow.scope(), flow.columns());
    }

    /** All columns of a flow's rows, the tag included. */
    static Key key(Flow flow) {
        List<Key.Part> parts = new ArrayList<>();
        for (int i = 0; i < flow.tags(); i++) {
            parts.add(Key.Part.tag(i));
        }
        for (int i = flow.tags(); i < flow.tags() + flow.width(); i++) {
            parts.add(Key.Part.of(Expression.column(i), flow.types().get(i), true));
        }
        return new Key(parts);
    }

    /** A join that is not an inner one. */
    Flow join(Flow left, Flow right, List<RexNode> terms, JoinRelType type, @Nullable Scope scope) {
        Scope inner = Scope.inner(Scope.inner(left.scope(), right.scope()), compiler.needs(terms, scope));
        Flow l = compiler.lifted(left, inner);
        if (type == JoinRelType.SEMI || type == JoinRelType.ANTI) {
            return partners(l, right, terms, type == JoinRelType.SEMI);
        }
        List<Flow> parts = new ArrayList<>();
        boolean keepsRight = type == JoinRelType.RIGHT || type == JoinRelType.FULL;
        Flow r = keepsRight ? compiler.lifted(right, inner) : right;
        Flow joined = compiler.flow(Cluster.of(l).with(Cluster.of(r)).where(terms), scope);
        parts.add(joined);
        if (type == JoinRelType.LEFT || type == JoinRelType.FULL) {
            parts.add(filledUp(partners(l, r, terms, false), 0, r.width()));
        }
        if (keepsRight) {
            List<RexNode> swapped = new ArrayList<>();
            for (RexNode term : terms) {
                swapped.add(Columns.replace(
                        term,
                        index -> index < l.width()
                                ? new RexInputRef(index + r.width(), l.columns().get(index))
                                : new RexInputRef(index - l.width(), r.columns().get(index - l.width()))));
            }
            parts.add(filledUp(partners(r, l, swapped, false), l.width(), 0));
        }
        List<RelDataType> columns = new ArrayList<>();
        columns.addAll(l.columns());
        columns.addAll(r.columns());
        return new Flow(sum(parts.stream().map(Flow::stage).toList()), inner, columns);
    }

    /** The same where the pairs that fulfil the condition are known: a row has a partner if it is in a pair. */
    Flow ofPairs(Flow left, Flow right, Flow pairs, JoinRelType type) {
        Flow l = compiler.lifted(left, pairs.scope());
        if (type == JoinRelType.SEMI || type == JoinRelType.ANTI) {
            return partners(l, pairs, same(l, pairs, 0), type == JoinRelType.SEMI);
        }
        List<Flow> parts = new ArrayList<>(List.of(pairs));
        if (type == JoinRelType.LEFT || type == JoinRelType.FULL) {
            parts.add(filledUp(partners(l, pairs, same(l, pairs, 0), false), 0, right.width()));
        }
        if (type == JoinRelType.RIGHT || type == JoinRelType.FULL) {
            Flow r = compiler.lifted(right, pairs.scope());
            parts.add(filledUp(partners(r, pairs, same(r, pairs, left.width()), false), left.width(), 0));
        }
        return new Flow(sum(parts.stream().map(Flow::stage).toList()), pairs.scope(), pairs.columns());
    }

    /** That all columns of a row are those of a pair from one on; the pair stands behind the row. */
    private static List<RexNode> same(Flow row, Flow pairs, int from) {
        List<RexNode> terms = new ArrayList<>();
        for (int i = 0; i < row.width(); i++) {
            terms.add(Conditions.same(
                    new RexInputRef(i, row.columns().get(i)),
                    new RexInputRef(row.width() + from + i, pairs.columns().get(from + i))));
        }
        return terms;
    }

    /** UNION ALL of stages with the same columns. */
    int sum(List<Integer> inputs) {
        return plan.stage(new PlanBuilder.Doing("Union", inputs, List.of()), assembly -> {
            Union union = new Union();
            inputs.forEach(input -> assembly.feed(input, union));
            return union;
        });
    }

    /** Rows with so many NULLs in front and behind. */
    private Flow filledUp(Flow flow, int before, int behind) {
        List<Expression> expressions = new ArrayList<>();
        List<Object> details = new ArrayList<>();
        for (int i = 0; i < flow.tags(); i++) {
            expressions.add(Expression.column(i));
        }
        List<String> names = new ArrayList<>(plan.names(flow.stage()).subList(0, flow.tags()));
        nulls(before, expressions, details);
        names.addAll(Collections.nCopies(before, "NULL"));
        names.addAll(plan.names(flow));
        for (int i = 0; i < flow.width(); i++) {
            expressions.add(Expression.column(flow.tags() + i));
            details.add(new RexInputRef(flow.tags() + i, flow.columns().get(i)));
        }
        nulls(behind, expressions, details);
        names.addAll(Collections.nCopies(behind, "NULL"));
        int stage = compiler.joins().project(flow.stage(), expressions, details, names);
        return new Flow(stage, flow.scope(), flow.columns());
    }

    private static void nulls(int count, List<Expression> expressions, List<Object> details) {
        for (int i = 0; i < count; i++) {
            expressions.add(new Expression((row, context) -> null, Expression.NOBODY));
            details.add("NULL");
        }
    }

    /** The left rows with ({@code wanted}) or without a partner. The left flow is of the innermost scope. */
    private Flow partners(Flow left, Flow right, List<RexNode> terms, boolean wanted) {
        Combination sides = new Combination(
                List.of(left, right), left.scope(), left.scope() == null ? -1 : 0, compiler.evaluators());
        List<Key.Part> ofLeft = new ArrayList<>();
        List<Key.Part> ofRight = new ArrayList<>();
        List<Object> leftDetails = new ArrayList<>();
        List<Object> rightDetails = new ArrayList<>();
        for (int i = 0; i < right.tags(); i++) {
            ofLeft.add(Key.Part.tag(i));
            ofRight.add(Key.Part.tag(i));
            leftDetails.add("tag " + i);
            rightDetails.add("tag " + i);
        }
        List<RexNode> rest = new ArrayList<>();
        for (RexNode term : terms) {
            Equality equality = Equality.of(term, 1, sides);
            BitSet other = equality == null ? new BitSet() : sides.inputs(equality.other());
            if (equality == null || other.get(1)) {
                rest.add(term);
                continue;
            }
            ofRight.add(equality.ownPart(sides, 1));
            ofLeft.add(equality.otherPart(sides, 0));
            rightDetails.add(sides.inRow(equality.own(), 1));
            leftDetails.add(sides.inRow(equality.other(), 0));
            if (equality.nullsMatch()) {
                rightDetails.add("or NULL");
                leftDetails.add("or NULL");
            }
        }
        int byLeft = plan.arrangement(left.stage(), new Key(ofLeft), leftDetails);
        int byRight = plan.arrangement(right.stage(), new Key(ofRight), rightDetails);
        int stage = rest.isEmpty() && !wanted
                ? anti(new Sides(left, right, byLeft, byRight), leftDetails)
                : match(new Sides(left, right, byLeft, byRight), sides, rest, wanted, leftDetails);
        return new Flow(stage, left.scope(), left.columns());
    }

    private record Sides(Flow left, Flow right, int byLeft, int byRight) {
        List<Integer> stages() {
            return List.of(left.stage(), right.stage());
        }

        /** Which also says how many columns are the tag. */
        List<Integer> arrangements() {
            return List.of(byLeft, byRight);
        }
    }

    private int anti(Sides sides, List<?> details) {
        return plan.stage(
                new PlanBuilder.Doing("Anti Join", sides.stages(), List.of("by", details), sides.arrangements()),
                assembly -> new AntiJoin(
                        assembly.delta(sides.left().stage()),
                        assembly.arrangement(sides.byLeft()),
                        assembly.arrangement(sides.byRight())));
    }

    private int match(Sides sides, Combination both, List<RexNode> rest, boolean wanted, List<Object> leftDetails) {
        List<Expression> terms = rest.stream().map(both::overAll).toList();
        Join.Layout layout = both.layout();
        List<Object> details = List.of("where", rest, "among the same", leftDetails);
        List<Integer> unsaid = new ArrayList<>(sides.arrangements());
        unsaid.addAll(List.of(sides.left().tags(), sides.right().tags()));
        List<String> read = new ArrayList<>(plan.names(sides.left()));
        read.addAll(plan.names(sides.right()));
        return plan.stage(
                new PlanBuilder.Doing(wanted ? "Semi Join" : "Anti Join", sides.stages(), details, unsaid),
                new PlanBuilder.Names(read, plan.names(sides.left().stage())),
                assembly -> new MatchJoin(
                        new MatchJoin.Side(assembly.delta(sides.left().stage()), assembly.arrangement(sides.byLeft())),
                        new MatchJoin.Side(
                                assembly.delta(sides.right().stage()), assembly.arrangement(sides.byRight())),
                        new MatchJoin.Condition(layout, terms),
                        wanted,
                        assembly.constants()));
    }
}
