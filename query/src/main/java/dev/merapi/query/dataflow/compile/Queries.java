package dev.merapi.query.dataflow.compile;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.dataflow.aggregate.Call;
import dev.merapi.query.dataflow.aggregate.Calls;
import dev.merapi.query.dataflow.expression.Expression;
import dev.merapi.query.expr.RelTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
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
        for (RexSubQuery written : Rex.queries(expressions)) {
            RexSubQuery query = written;
            if (written.getOperands().stream().anyMatch(Rex::hasQuery)) {
                Answered operands = answer(cluster, written.getOperands(), scope);
                cluster = operands.cluster();
                query = written.clone(written.getType(), operands.expressions());
            }
            cluster = switch (query.getKind()) {
                case EXISTS -> exists(cluster, query, scope, answers);
                case SCALAR_QUERY -> scalar(cluster, query, scope, answers);
                case ARRAY_QUERY_CONSTRUCTOR -> array(cluster, query, scope, answers);
                case IN -> in(cluster, query, scope, answers);
                case SOME -> some(cluster, query, scope, answers);
                default -> throw new UnsupportedQuery("sub-query of kind " + query.getKind());
            };
            RexNode answer = answers.get(query);
            if (answer != null) {
                answers.put(written, answer);
            }
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
    private record Beside(Flow outer, Flow rows, @Nullable Scope seenFrom, List<RexNode> ties, int inFront) {
        /** The same with more columns behind those of the rows around, and other rows of the query's scope. */
        Beside around(Flow extended, Flow others) {
            return new Beside(extended, others, seenFrom, ties, inFront);
        }
    }

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
        return facts(groupings.perTag(rows, counts, columns, what), counts.size());
    }

    /** The same rows, the first columns of which are counts, with truth values instead: whether they are above 0. */
    private Flow facts(Flow counted, int counts) {
        List<Expression> expressions = new ArrayList<>();
        List<RelDataType> columns = new ArrayList<>();
        for (int i = 0; i < counted.tags(); i++) {
            expressions.add(Expression.column(i));
        }
        List<String> names = compiler.names(counted.stage());
        for (int i = 0; i < counted.width(); i++) {
            int column = counted.tags() + i;
            expressions.add(
                    i < counts
                            ? new Expression((row, c) -> row.get(column) instanceof Long n && n > 0, Expression.NOBODY)
                            : Expression.column(column));
            columns.add(i < counts ? Conditions.truthType() : counted.columns().get(i));
        }
        List<?> details = List.of("first " + counts + " columns above 0");
        int stage = compiler.joins().project(counted.stage(), expressions, details, names);
        return new Flow(stage, counted.scope(), columns);
    }

    /** Whether a tree has one row whatever there is: an aggregate over everything, or what is computed of it. */
    private static boolean isOneRow(RelNode rel) {
        return switch (rel) {
            case Aggregate aggregate ->
                aggregate.getGroupSets().size() == 1 && aggregate.getGroupSet().isEmpty();
            case Project project ->
                project.getProjects().stream().noneMatch(Rex::hasQuery) && isOneRow(project.getInput());
            default -> false;
        };
    }

    private Cluster scalar(Cluster input, RexSubQuery query, @Nullable Scope scope, Map<RexSubQuery, RexNode> answers) {
        Beside beside = beside(input, query.rel, scope);
        Flow rows = beside.rows();
        Flow single = isOneRow(query.rel)
                ? rows
                : groupings.perTag(
                        rows, List.of(Call.singleValue(rows.tags())), List.of(query.getType()), "the only value");
        Cluster joined = tied(beside, single);
        answers.put(query, new RexInputRef(beside.outer().width() + beside.inFront(), query.getType()));
        return joined;
    }

    /** {@code ARRAY(query)}: the values in the order that the query's last step says. */
    private Cluster array(Cluster input, RexSubQuery query, @Nullable Scope scope, Map<RexSubQuery, RexNode> answers) {
        int value = 0;
        RelNode rows = query.rel;
        if (rows instanceof Project project
                && project.getInput() instanceof Sort
                && project.getProjects().getFirst() instanceof RexInputRef ref) {
            value = ref.getIndex();
            rows = project.getInput();
        }
        List<RelFieldCollation> order =
                rows instanceof Sort sort ? sort.getCollation().getFieldCollations() : List.of();
        Beside beside = beside(input, rows, scope);
        Call call = Calls.array(beside.rows().types(), beside.rows().tags(), value, order);
        Flow single =
                groupings.perTag(beside.rows(), List.of(call), List.of(query.getType()), "all values by " + order);
        Cluster joined = tied(beside, single);
        answers.put(query, new RexInputRef(beside.outer().width() + beside.inFront(), query.getType()));
        return joined;
    }

    /**
     * {@code x IN (query)}: TRUE where x is among the query's values, else NULL where it might be but for a NULL, else
     * FALSE.
     */
    private Cluster in(Cluster input, RexSubQuery query, @Nullable Scope scope, Map<RexSubQuery, RexNode> answers) {
        Beside beside = beside(input, query.rel, scope);
        Flow matched = matched(beside, query.getOperands(), scope);
        int columns = query.getOperands().size();
        RexNode isFound = Conditions.isNotNull(
                Rex.references(matched.columns()).get(beside.outer().width() + beside.inFront()));
        if (columns > 1) {
            return unlessUnknown(matched, beside, query, isFound, scope, answers);
        }
        RexNode value = Rex.references(beside.rows().columns()).getFirst();
        Flow nulls = compiler.flow(Cluster.of(beside.rows()).select(List.of(Conditions.isNull(value))), scope);
        List<Call> counts = List.of(Call.rowCount(), Call.rowCountWhere(nulls.tags()));
        Flow any = anyRow(nulls, counts, "whether there are rows, and NULLs");
        Beside second = beside.around(matched, any);
        int facts = matched.width() + second.inFront();
        RexNode hasRows = new RexInputRef(facts, Conditions.truthType());
        RexNode hasNulls = new RexInputRef(facts + 1, Conditions.truthType());
        RexNode operand = query.getOperands().getFirst();
        answers.put(
                query,
                Conditions.choice(
                        isFound,
                        Conditions.truth(true),
                        Conditions.not(hasRows),
                        Conditions.truth(false),
                        Conditions.or(Conditions.isNull(operand), hasNulls),
                        Conditions.unknown(),
                        Conditions.truth(false)));
        return tied(second, any);
    }

    /** The rows around a query, each with the query's row that equals its operands, or with NULLs. */
    private Flow matched(Beside beside, List<RexNode> operands, @Nullable Scope scope) {
        List<RexNode> values = Rex.references(beside.rows().columns()).subList(0, operands.size());
        List<RexNode> complete = values.stream().map(Conditions::isNotNull).toList();
        Flow members = joins.distinct(
                compiler.flow(Cluster.of(beside.rows()).where(complete).select(values), scope));
        List<RexNode> on = new ArrayList<>(ties(beside));
        on.addAll(equalities(beside, operands));
        return joins.join(beside.outer(), visible(beside, members), on, JoinRelType.LEFT, scope);
    }

    private static List<RexNode> equalities(Beside beside, List<RexNode> operands) {
        int first = beside.outer().width() + beside.inFront();
        List<RexNode> equalities = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            RelDataType type = beside.rows().columns().get(i);
            equalities.add(Conditions.equal(operands.get(i), new RexInputRef(first + i, type)));
        }
        return equalities;
    }

    /** Several columns: it is unknown whether a row is in where another would be equal but for NULLs. */
    private Cluster unlessUnknown(
            Flow matched,
            Beside beside,
            RexSubQuery query,
            RexNode isFound,
            @Nullable Scope scope,
            Map<RexSubQuery, RexNode> answers) {
        Beside second = beside.around(matched, beside.rows());
        List<RexNode> on = new ArrayList<>(ties(second));
        on.add(Conditions.isNotFalse(Conditions.and(equalities(second, query.getOperands()))));
        Flow right = visible(second, second.rows());
        List<Flow> parts = new ArrayList<>();
        for (JoinRelType type : List.of(JoinRelType.SEMI, JoinRelType.ANTI)) {
            Flow part = joins.join(matched, right, on, type, scope);
            List<RexNode> shown = Rex.references(part.columns());
            shown.add(Conditions.truth(type == JoinRelType.SEMI));
            parts.add(compiler.flow(Cluster.of(part).select(shown), scope));
        }
        Flow all = new Flow(
                joins.sum(parts.stream().map(Flow::stage).toList()),
                parts.getFirst().scope(),
                parts.getFirst().columns());
        RexNode mayBe = new RexInputRef(all.width() - 1, Conditions.truthType());
        answers.put(
                query,
                Conditions.choice(
                        isFound, Conditions.truth(true), mayBe, Conditions.unknown(), Conditions.truth(false)));
        return Cluster.of(all);
    }

    /**
     * {@code x < ANY (query)} and the like, of which ALL is the negation of the contrary: only the least and the
     * greatest value matter, and whether there is a NULL.
     */
    private Cluster some(Cluster input, RexSubQuery query, @Nullable Scope scope, Map<RexSubQuery, RexNode> answers) {
        SqlKind kind = ((SqlQuantifyOperator) query.getOperator()).comparisonKind;
        if (kind == SqlKind.EQUALS) {
            return in(input, query, scope, answers);
        }
        Beside beside = beside(input, query.rel, scope);
        RexNode value = Rex.references(beside.rows().columns()).getFirst();
        Flow rows = compiler.flow(Cluster.of(beside.rows()).select(List.of(value, Conditions.isNull(value))), scope);
        ColumnType type = RelTypes.columnType(value.getType());
        List<Call> calls = List.of(
                Call.rowCount(),
                Call.rowCountWhere(rows.tags() + 1),
                Call.extreme(rows.tags(), type, false),
                Call.extreme(rows.tags(), type, true));
        List<RelDataType> columns =
                List.of(Conditions.truthType(), Conditions.truthType(), value.getType(), value.getType());
        Flow extremes = facts(groupings.perTag(rows, calls, columns, "extremes, rows and NULLs"), 2);
        int first = beside.outer().width() + beside.inFront();
        RexNode operand = query.getOperands().getFirst();
        RexNode least = new RexInputRef(first + 2, value.getType());
        RexNode greatest = new RexInputRef(first + 3, value.getType());
        answers.put(
                query,
                Conditions.choice(
                        Conditions.not(new RexInputRef(first, Conditions.truthType())),
                        Conditions.truth(false),
                        Conditions.or(
                                Conditions.comparison(kind, operand, least),
                                Conditions.comparison(kind, operand, greatest)),
                        Conditions.truth(true),
                        Conditions.or(Conditions.isNull(operand), new RexInputRef(first + 1, Conditions.truthType())),
                        Conditions.unknown(),
                        Conditions.truth(false)));
        return tied(beside, extremes);
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
