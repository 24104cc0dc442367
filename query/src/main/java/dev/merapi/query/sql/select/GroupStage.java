package dev.merapi.query.sql.select;

import com.google.common.collect.ImmutableList;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.query.expr.RelTypes;
import dev.merapi.query.sql.rel.Rels;
import dev.merapi.query.sql.scope.BindContext;
import dev.merapi.query.sql.scope.BindErrors;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Groups: a projection of grouping keys and of what aggregates need, then the aggregation. The result has the keys
 * first, then one column per aggregate.
 */
final class GroupStage {
    private final BindContext context;
    private final Grouping grouping;
    private final List<RexNode> keys;
    private final List<AggregateUse> uses;

    /** The columns of the projection below the aggregation: the keys, then whatever aggregates read. */
    private final List<RexNode> columns;

    /** {@code keys} are those of the grouping, then columns that follow from them. */
    GroupStage(BindContext context, Grouping grouping, List<RexNode> keys, List<AggregateUse> uses) {
        this.context = context;
        this.grouping = grouping;
        this.keys = keys;
        this.uses = uses;
        this.columns = new ArrayList<>(keys);
    }

    /** Builds the nodes; {@code variables} are those of queries in keys and arguments. */
    RelNode build(RelNode input, Set<CorrelationId> variables) {
        List<AggregateCall> calls = new ArrayList<>();
        for (int i = 0; i < uses.size(); i++) {
            calls.add(call(uses.get(i), "$agg" + i));
        }
        RelNode projected = Rels.project(input, columns, Rels.anonymousNames(columns.size()), variables);
        List<RelNode> layers = new ArrayList<>();
        for (Set<ImmutableBitSet> layer : layers()) {
            layers.add(LogicalAggregate.create(
                    projected,
                    List.of(),
                    ImmutableBitSet.range(keys.size()),
                    ImmutableBitSet.ORDERING.immutableSortedCopy(layer),
                    calls));
        }
        return layers.size() == 1 ? layers.get(0) : LogicalUnion.create(layers, true);
    }

    /** Grouping sets that come up twice yield their groups twice; one aggregation computes each set once. */
    private List<Set<ImmutableBitSet>> layers() {
        List<Set<ImmutableBitSet>> layers = new ArrayList<>();
        for (Set<Integer> set : grouping.sets()) {
            ImmutableBitSet bits = ImmutableBitSet.of(set);
            if (grouping.sets().size() == 1) {
                bits = ImmutableBitSet.range(keys.size()); // with the columns that follow from the keys
            }
            ImmutableBitSet wanted = bits;
            layers.stream()
                    .filter(layer -> !layer.contains(wanted))
                    .findFirst()
                    .orElseGet(() -> {
                        Set<ImmutableBitSet> layer = new LinkedHashSet<>();
                        layers.add(layer);
                        return layer;
                    })
                    .add(wanted);
        }
        return layers;
    }

    private AggregateCall call(AggregateUse use, String name) {
        return switch (use) {
            case AggregateUse.Call call -> call(call, name);
            case AggregateUse.Grouping groups -> grouping(groups, name);
        };
    }

    private AggregateCall call(AggregateUse.Call use, String name) {
        List<Integer> arguments = new ArrayList<>();
        use.arguments().forEach(argument -> arguments.add(column(argument)));
        List<RelFieldCollation> order = new ArrayList<>();
        for (AggregateUse.Sorted sorted : use.orderBy()) {
            order.add(collation(column(sorted.node()), sorted));
        }
        int filter = use.filter() == null ? -1 : column(isTrue(use.filter()));
        RelCollation collation = order.isEmpty() ? RelCollations.EMPTY : RelCollations.of(order);
        RelDataType type = RelTypes.standard()
                .of(use.function().resultType(), use.function().nullable());
        return AggregateCall.create(
                SqlParserPos.ZERO,
                use.function().operator(),
                use.distinct(),
                false,
                false,
                ImmutableList.of(),
                arguments,
                filter,
                null,
                collation,
                type,
                name);
    }

    /** GROUPING is a bigint to Calcite; the stand-in's replacement casts it to the integer it is. */
    private AggregateCall grouping(AggregateUse.Grouping use, String name) {
        List<Integer> arguments = new ArrayList<>();
        for (RexNode expression : use.expressions()) {
            int key = keys.indexOf(expression);
            if (key < 0) {
                throw BindErrors.at(0, ErrorCode.GROUPING_ERROR, "arguments of GROUPING must be grouping expressions");
            }
            arguments.add(key);
        }
        return AggregateCall.create(
                SqlParserPos.ZERO,
                SqlStdOperatorTable.GROUPING,
                false,
                false,
                false,
                ImmutableList.of(),
                arguments,
                -1,
                null,
                RelCollations.EMPTY,
                RelTypes.standard().of(ScalarType.I64, false),
                name);
    }

    /** Calcite wants to hear true or false, nothing in between. */
    private RexNode isTrue(RexNode condition) {
        return condition.getType().isNullable()
                ? context.rex().makeCall(SqlStdOperatorTable.IS_TRUE, condition)
                : condition;
    }

    private int column(RexNode node) {
        int index = columns.indexOf(node);
        if (index < 0) {
            index = columns.size();
            columns.add(node);
        }
        return index;
    }

    static RelFieldCollation collation(int column, AggregateUse.Sorted sorted) {
        return new RelFieldCollation(
                column,
                sorted.descending() ? RelFieldCollation.Direction.DESCENDING : RelFieldCollation.Direction.ASCENDING,
                sorted.nullsFirst() ? RelFieldCollation.NullDirection.FIRST : RelFieldCollation.NullDirection.LAST);
    }

    /** What stands for an aggregate over the grouped row. */
    RexNode result(RelNode grouped, int use) {
        RexNode reference = context.rex().makeInputRef(grouped, keys.size() + use);
        return uses.get(use) instanceof AggregateUse.Grouping
                ? context.rex()
                        .makeCall(
                                dev.merapi.query.expr.function.StandardFunctions.casts()
                                        .cast(ScalarType.I64, ScalarType.I32)
                                        .operator(),
                                reference)
                : reference;
    }
}
