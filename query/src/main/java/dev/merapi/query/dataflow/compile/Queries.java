package dev.merapi.query.dataflow.compile;

import dev.merapi.query.dataflow.aggregate.Call;
import dev.merapi.query.dataflow.expression.Expression;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.jspecify.annotations.Nullable;

/**
 * Queries inside expressions, and LATERAL: each becomes a flow that the rows around it are joined with. One that looks
 * at the row around it is computed for each different set of values it looks at, all of them at once: these values are
 * the tag of its scope.
 */
final class Queries {
    private final TreeCompiler compiler;
    private final OuterJoins joins;
    private final Groupings groupings;

    Queries(TreeCompiler compiler, PlanBuilder plan) {
        this.compiler = compiler;
        this.joins = new OuterJoins(compiler, plan);
        this.groupings = new Groupings(compiler, plan);
    }

    /** Expressions without queries over the outputs of a cluster, which begin with those of the one that was given. */
    record Answered(Cluster cluster, List<RexNode> expressions) {}

    /** Joins a cluster with the answers to all queries in expressions over it. */
    Answered answer(Cluster input, List<RexNode> expressions, @Nullable Scope scope) {
        Cluster cluster = input;
        Map<RexSubQuery, RexNode> answers = new HashMap<>();
        for (RexSubQuery query : Rex.queries(expressions)) {
            if (query.getOperands().stream().anyMatch(Rex::hasQuery)) {
                throw new UnsupportedQuery("sub-query on the left of a sub-query");
            }
            cluster = switch (query.getKind()) {
                case EXISTS -> exists(cluster, query, scope, answers);
                case SCALAR_QUERY -> scalar(cluster, query, scope, answers);
                case IN -> in(cluster, query, scope, answers);
                case SOME -> throw new UnsupportedQuery("comparison with ANY or ALL of a query");
                default -> throw new UnsupportedQuery("sub-query as an array");
            };
        }
        List<RexNode> answered = new ArrayList<>();
        for (RexNode expression : expressions) {
            answered.add(expression.accept(new RexShuttle() {
                @Override
                public RexNode visitSubQuery(RexSubQuery query) {
                    RexNode answer = answers.get(query);
                    if (answer == null) {
                        throw new IllegalStateException("a query without answer");
                    }
                    return answer;
                }
            }));
        }
        return new Answered(cluster, answered);
    }

    /**
     * A query's rows beside the rows around it.
     *
     * @param seenFrom the scope from which the query's rows are seen
     * @param ties what the query looks at in the rows around it
     * @param inFront how many columns with these values the query's rows have in front when seen from there
     */
    private record Beside(Flow outer, Flow rows, @Nullable Scope seenFrom, List<RexNode> ties, int inFront) {}

    /** The rows of a tree that may look at the rows of a cluster. */
    private Beside beside(Cluster cluster, RelNode tree, @Nullable Scope scope) {
        Flow outer = compiler.flow(cluster, scope);
        List<Field> fields = fields(tree, scope);
        Scope needed = compiler.needs(tree, scope);
        if (fields.isEmpty()) {
            return new Beside(outer, compiler.flow(tree, scope), null, List.of(), 0);
        }
        outer = compiler.lifted(outer, needed);
        List<RexNode> seen = new ArrayList<>();
        Map<Scope.OuterField, Integer> places = new HashMap<>();
        for (Field field : fields) {
            places.put(field.field(), outer.tags() + seen.size());
            seen.add(new RexInputRef(
                    field.field().field(), outer.columns().get(field.field().field())));
        }
        Flow tags = joins.distinct(compiler.flow(Cluster.of(outer).select(seen), scope));
        Scope inner = new Scope(outer.scope(), tags.stage(), outer.tags() + seen.size(), Map.copyOf(places));
        Flow rows = compiler.flow(tree, inner);
        return new Beside(outer, rows, outer.scope(), seen, rows.scope() == inner ? seen.size() : 0);
    }

    /** A field of the row around, as a query reads it. */
    private record Field(Scope.OuterField field, RelDataType type) {}

    /** The fields a tree reads of rows that are not known in a scope: those of the row right around it. */
    private static List<Field> fields(RelNode tree, @Nullable Scope scope) {
        Set<Field> found = new LinkedHashSet<>();
        Set<Integer> defined = new LinkedHashSet<>();
        new Visitor(found, defined).visit(tree);
        return found.stream()
                .filter(field -> !defined.contains(field.field().correlation()))
                .filter(field -> scope == null || scope.knowing(field.field()) == null)
                .toList();
    }

    private static final class Visitor extends RexShuttle {
        private final Set<Field> found;
        private final Set<Integer> defined;

        Visitor(Set<Field> found, Set<Integer> defined) {
            this.found = found;
            this.defined = defined;
        }

        void visit(RelNode node) {
            node.getVariablesSet().forEach(id -> defined.add(id.getId()));
            if (node instanceof Correlate correlate) {
                defined.add(correlate.getCorrelationId().getId());
            }
            node.accept(this);
            node.getInputs().forEach(this::visit);
        }

        @Override
        public RexNode visitFieldAccess(RexFieldAccess access) {
            found.add(new Field(Rex.outerField(access), access.getType()));
            return access;
        }

        @Override
        public RexNode visitSubQuery(RexSubQuery query) {
            visit(query.rel);
            return super.visitSubQuery(query);
        }
    }

    /** The rows beside those around them, tied to them; {@code rows} are the query's, or one row made of these. */
    private Cluster tied(Beside beside, Flow rows) {
        Flow outer = beside.outer();
        Flow seen = visible(beside, rows);
        return Cluster.of(outer).with(Cluster.of(seen)).where(ties(beside));
    }

    private static Flow visible(Beside beside, Flow rows) {
        List<RelDataType> front = beside.ties().subList(0, beside.inFront()).stream()
                .map(RexNode::getType)
                .toList();
        return beside.inFront() == 0 ? rows : rows.seenFrom(beside.seenFrom(), front);
    }

    private static List<RexNode> ties(Beside beside) {
        List<RexNode> ties = new ArrayList<>();
        for (int i = 0; i < beside.inFront(); i++) {
            RexNode own = beside.ties().get(i);
            ties.add(Conditions.same(own, new RexInputRef(beside.outer().width() + i, own.getType())));
        }
        return ties;
    }

    private Cluster exists(Cluster input, RexSubQuery query, @Nullable Scope scope, Map<RexSubQuery, RexNode> answers) {
        Beside beside = beside(input, query.rel, scope);
        Flow any = anyRow(beside.rows(), List.of(Call.rowCount()), "whether there are rows");
        Cluster joined = tied(beside, any);
        answers.put(query, new RexInputRef(beside.outer().width() + beside.inFront(), Conditions.truthType()));
        return joined;
    }

    /** For each tag one row that says of each count whether it is above 0. */
    private Flow anyRow(Flow rows, List<Call> counts, String what) {
        List<RelDataType> columns =
                counts.stream().map(count -> Conditions.truthType()).toList();
        Flow counted = groupings.perTag(rows, counts, columns, what);
        List<Expression> expressions = new ArrayList<>();
        for (int i = 0; i < counted.tags(); i++) {
            expressions.add(Expression.column(i));
        }
        for (int i = 0; i < counts.size(); i++) {
            int column = counted.tags() + i;
            expressions.add(
                    new Expression((row, context) -> row.get(column) instanceof Long n && n > 0, Expression.NOBODY));
        }
        int stage = compiler.joins().project(counted.stage(), expressions, List.of("above 0"));
        return new Flow(stage, counted.scope(), columns);
    }

    private Cluster scalar(Cluster input, RexSubQuery query, @Nullable Scope scope, Map<RexSubQuery, RexNode> answers) {
        Beside beside = beside(input, query.rel, scope);
        Flow rows = beside.rows();
        Flow single = groupings.perTag(
                rows, List.of(Call.singleValue(rows.tags())), List.of(query.getType()), "the only value");
        Cluster joined = tied(beside, single);
        answers.put(query, new RexInputRef(beside.outer().width() + beside.inFront(), query.getType()));
        return joined;
    }

    /**
     * {@code x IN (query)}: TRUE where x is among the query's values, else NULL where it might be but for a NULL, else
     * FALSE.
     */
    private Cluster in(Cluster input, RexSubQuery query, @Nullable Scope scope, Map<RexSubQuery, RexNode> answers) {
        if (query.getOperands().size() != 1) {
            throw new UnsupportedQuery("IN over several columns that may be NULL");
        }
        Beside beside = beside(input, query.rel, scope);
        Flow rows = beside.rows();
        RexNode value = Rex.references(rows.columns()).getFirst();
        Flow values =
                joins.distinct(compiler.flow(Cluster.of(rows).where(List.of(Conditions.isNotNull(value))), scope));
        List<RexNode> on = new ArrayList<>(ties(beside));
        int outerWidth = beside.outer().width();
        int found = outerWidth + beside.inFront();
        RexNode operand = query.getOperands().getFirst();
        on.add(Conditions.equal(operand, new RexInputRef(found, value.getType())));
        Flow matched = joins.join(beside.outer(), visible(beside, values), on, JoinRelType.LEFT, scope);

        Flow nulls = compiler.flow(Cluster.of(rows).select(List.of(Conditions.isNull(value))), scope);
        List<Call> counts = List.of(Call.rowCount(), Call.rowCountWhere(nulls.tags()));
        Flow any = anyRow(nulls, counts, "whether there are rows, and NULLs");
        Beside second = new Beside(matched, any, beside.seenFrom(), beside.ties(), beside.inFront());
        int facts = matched.width() + second.inFront();
        RexNode hasRows = new RexInputRef(facts, Conditions.truthType());
        RexNode hasNulls = new RexInputRef(facts + 1, Conditions.truthType());
        answers.put(
                query,
                Conditions.choice(
                        Conditions.isNotNull(new RexInputRef(found, value.getType())),
                        Conditions.truth(true),
                        Conditions.not(hasRows),
                        Conditions.truth(false),
                        Conditions.or(Conditions.isNull(operand), hasNulls),
                        Conditions.unknown(),
                        Conditions.truth(false)));
        return tied(second, any);
    }

    /** LATERAL: the left rows, each with the right rows computed for it. */
    Cluster lateral(Correlate node, @Nullable Scope scope) {
        Beside beside = beside(compiler.cluster(node.getLeft(), scope), node.getRight(), scope);
        Flow outer = beside.outer();
        Flow right = visible(beside, beside.rows());
        List<RexNode> ties = ties(beside);
        JoinRelType type = node.getJoinType();
        if (!type.projectsRight()) {
            return Cluster.of(joins.join(outer, right, ties, type, scope));
        }
        Cluster joined = type == JoinRelType.INNER
                ? tied(beside, beside.rows())
                : Cluster.of(joins.join(outer, right, ties, type, scope));
        List<RexNode> shown = new ArrayList<>();
        List<RexNode> all = Rex.references(joined.outputTypes());
        for (int i = 0; i < all.size(); i++) {
            if (i < outer.width() || i >= outer.width() + beside.inFront()) {
                shown.add(all.get(i));
            }
        }
        return joined.select(shown);
    }
}
