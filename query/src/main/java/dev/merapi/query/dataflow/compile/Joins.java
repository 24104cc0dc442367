package dev.merapi.query.dataflow.compile;

import dev.merapi.query.dataflow.expression.Expression;
import dev.merapi.query.dataflow.expression.Key;
import dev.merapi.query.dataflow.operator.Filter;
import dev.merapi.query.dataflow.operator.Join;
import dev.merapi.query.dataflow.operator.Project;
import dev.merapi.query.exec.scan.ExpressionText;
import dev.merapi.query.expr.eval.EvaluatorCompiler;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** Makes stages of clusters. */
final class Joins {
    private final PlanBuilder plan;
    private final EvaluatorCompiler evaluators;

    Joins(PlanBuilder plan, EvaluatorCompiler evaluators) {
        this.plan = plan;
        this.evaluators = evaluators;
    }

    /**
     * The rows of a cluster.
     *
     * @param scope the innermost scope that the flows or the expressions need
     */
    Flow flow(Cluster cluster, @Nullable Scope scope) {
        List<Flow> flows = new ArrayList<>(cluster.flows());
        int carrier = carrier(flows, scope);
        if (scope != null && carrier < 0) {
            carrier = flows.size();
            flows.add(new Flow(scope.domain(), scope, List.of()));
        }
        Combination unfiltered = new Combination(flows, scope, carrier, evaluators);
        List<RexNode> joining = new ArrayList<>();
        List<List<RexNode>> own = new ArrayList<>();
        flows.forEach(flow -> own.add(new ArrayList<>()));
        for (RexNode term : cluster.terms()) {
            BitSet inputs = unfiltered.inputs(term);
            if (inputs.cardinality() > 1) {
                joining.add(term);
            } else {
                own.get(Math.max(inputs.nextSetBit(0), 0)).add(term);
            }
        }
        for (int i = 0; i < flows.size(); i++) {
            flows.set(i, filtered(unfiltered, i, own.get(i)));
        }
        Combination combination = new Combination(flows, scope, carrier, evaluators);
        if (flows.size() > 1) {
            return new JoinPlan(plan, combination, joining).join(cluster.outputs());
        }
        return cluster.isIdentity() ? flows.getFirst() : projected(combination, cluster.outputs());
    }

    private static int carrier(List<Flow> flows, @Nullable Scope scope) {
        for (int i = 0; i < flows.size(); i++) {
            if (scope != null && flows.get(i).scope() == scope) {
                return i;
            }
        }
        return -1;
    }

    private Flow filtered(Combination combination, int number, List<RexNode> terms) {
        Flow flow = combination.flow(number);
        if (terms.isEmpty()) {
            return flow;
        }
        List<Expression> conditions =
                terms.stream().map(term -> combination.overOne(term, number)).toList();
        List<RexNode> details =
                terms.stream().map(term -> combination.inRow(term, number)).toList();
        int input = flow.stage();
        int stage = plan.stage(new PlanBuilder.Doing("Filter", List.of(input), details), assembly -> {
            Filter filter = new Filter(conditions, assembly.constants());
            assembly.feed(input, filter);
            return filter;
        });
        return new Flow(stage, flow.scope(), flow.columns());
    }

    private Flow projected(Combination combination, List<RexNode> outputs) {
        Flow flow = combination.flow(0);
        List<Expression> expressions = new ArrayList<>();
        List<Object> details = new ArrayList<>();
        for (int i = 0; i < flow.tags(); i++) {
            expressions.add(Expression.column(i));
            details.add("tag");
        }
        for (RexNode output : outputs) {
            expressions.add(combination.overOne(output, 0));
            details.add(combination.inRow(output, 0));
        }
        List<String> names = new ArrayList<>(plan.names(flow.stage()).subList(0, flow.tags()));
        ExpressionText text = new ExpressionText(plan.names(flow));
        outputs.forEach(output -> names.add(text.of(output)));
        int stage = project(flow.stage(), expressions, details, names);
        return new Flow(
                stage, flow.scope(), outputs.stream().map(RexNode::getType).toList());
    }

    /**
     * The stage that computes a row of expressions from each row of another.
     *
     * @param details are compared
     * @param names of the new columns, the tag included
     */
    int project(int input, List<Expression> expressions, List<?> details, List<String> names) {
        PlanBuilder.Names named = new PlanBuilder.Names(plan.names(input), names);
        return plan.stage(new PlanBuilder.Doing("Project", List.of(input), details), named, assembly -> {
            Project project = new Project(expressions, assembly.constants());
            assembly.feed(input, project);
            return project;
        });
    }

    EvaluatorCompiler evaluators() {
        return evaluators;
    }

    /** One join of several flows: the way of each flow's changes through the others. */
    private static final class JoinPlan {
        private final PlanBuilder plan;
        private final Combination combination;
        private final List<RexNode> terms;

        JoinPlan(PlanBuilder plan, Combination combination, List<RexNode> terms) {
            this.plan = plan;
            this.combination = combination;
            this.terms = terms;
        }

        /** A look-up before there are arrangements. */
        private record Step(int input, int arrangement, Key probe, List<Expression> conditions) {}

        Flow join(List<RexNode> outputs) {
            List<List<Step>> paths = new ArrayList<>();
            List<Integer> inputs = new ArrayList<>();
            for (int i = 0; i < combination.size(); i++) {
                paths.add(path(i));
                inputs.add(combination.flow(i).stage());
            }
            List<Expression> expressions = new ArrayList<>();
            for (int i = 0;
                    combination.scope() != null && i < combination.scope().width();
                    i++) {
                expressions.add(combination.tag(i));
            }
            outputs.forEach(output -> expressions.add(combination.overAll(output)));
            Join.Layout layout = combination.layout();
            List<Object> details = new ArrayList<>(List.of("on", terms, "give", outputs));
            if (combination.carrier() >= 0) {
                details.add("per #" + inputs.get(combination.carrier()));
            }
            PlanBuilder.Doing doing = PlanBuilder.Doing.of("Join", combination.flows(), details);
            int stage = plan.stage(doing, names(outputs), assembly -> {
                List<Join.Path> made = new ArrayList<>();
                for (int i = 0; i < paths.size(); i++) {
                    List<Join.Lookup> lookups = paths.get(i).stream()
                            .map(step -> new Join.Lookup(
                                    step.input(),
                                    assembly.arrangement(step.arrangement()),
                                    step.probe(),
                                    step.conditions()))
                            .toList();
                    made.add(new Join.Path(assembly.delta(inputs.get(i)), lookups));
                }
                return new Join(made, layout, expressions, assembly.constants());
            });
            return new Flow(
                    stage,
                    combination.scope(),
                    outputs.stream().map(RexNode::getType).toList());
        }

        private PlanBuilder.Names names(List<RexNode> outputs) {
            List<String> read = new ArrayList<>();
            combination.flows().forEach(flow -> read.addAll(plan.names(flow)));
            ExpressionText text = new ExpressionText(read);
            List<String> made = new ArrayList<>();
            Scope scope = combination.scope();
            if (scope != null) {
                made.addAll(plan.names(scope.domain()).subList(0, scope.width()));
            }
            outputs.forEach(output -> made.add(text.of(output)));
            return new PlanBuilder.Names(read, made);
        }

        private List<Step> path(int start) {
            BitSet found = new BitSet();
            found.set(start);
            List<RexNode> open = new ArrayList<>(terms);
            List<Step> steps = new ArrayList<>();
            while (found.cardinality() < combination.size()) {
                int next = next(found, open);
                steps.add(step(next, found, open));
            }
            return steps;
        }

        /** The input that the most equalities tie to what is found; without any, the first. */
        private int next(BitSet found, List<RexNode> open) {
            int best = -1;
            int most = -1;
            for (int input = found.nextClearBit(0); input < combination.size(); input = found.nextClearBit(input + 1)) {
                int ties = sharedTags(input, found);
                for (RexNode term : open) {
                    ties += equality(term, input, found) == null ? 0 : 1;
                }
                if (ties > most) {
                    best = input;
                    most = ties;
                }
            }
            return best;
        }

        private @Nullable Equality equality(RexNode term, int input, BitSet found) {
            Equality equality = Equality.of(term, input, combination);
            return equality != null && isFound(combination.inputs(equality.other()), found) ? equality : null;
        }

        private static boolean isFound(BitSet inputs, BitSet found) {
            BitSet missing = (BitSet) inputs.clone();
            missing.andNot(found);
            return missing.isEmpty();
        }

        private Step step(int input, BitSet found, List<RexNode> open) {
            List<Key.Part> own = new ArrayList<>();
            List<Key.Part> probe = new ArrayList<>();
            List<Object> details = new ArrayList<>();
            addTags(input, found, own, probe, details);
            for (RexNode term : List.copyOf(open)) {
                Equality equality = equality(term, input, found);
                if (equality != null) {
                    own.add(equality.ownPart(combination, input));
                    probe.add(equality.otherPart(combination));
                    details.add(combination.inRow(equality.own(), input));
                    if (equality.nullsMatch()) {
                        details.add("or NULL");
                    }
                    open.remove(term);
                }
            }
            found.set(input);
            List<Expression> conditions = new ArrayList<>();
            for (RexNode term : List.copyOf(open)) {
                if (isFound(combination.inputs(term), found)) {
                    conditions.add(combination.overAll(term));
                    open.remove(term);
                }
            }
            int arrangement = plan.arrangement(combination.flow(input).stage(), new Key(own), details);
            return new Step(input, arrangement, new Key(probe), conditions);
        }

        /** How many columns of its tag an input has in common with what is found. */
        private int sharedTags(int input, BitSet found) {
            int shared = 0;
            for (int other = found.nextSetBit(0); other >= 0; other = found.nextSetBit(other + 1)) {
                int both = Math.min(
                        combination.flow(input).tags(), combination.flow(other).tags());
                shared = Math.max(shared, both);
            }
            return shared;
        }

        /**
         * Rows belong together only if their tags agree. The input whose tag has most in common with this one's is
         * asked, for the carrier may not be found yet.
         */
        private void addTags(int input, BitSet found, List<Key.Part> own, List<Key.Part> probe, List<Object> details) {
            int shared = sharedTags(input, found);
            for (int column = 0; column < shared; column++) {
                own.add(Key.Part.tag(column));
                probe.add(Key.Part.tag(combination.tagOf(found, column)));
                details.add("tag " + column);
            }
        }
    }
}
