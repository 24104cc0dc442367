package dev.merapi.query.sql.select;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.FromItem;
import dev.merapi.query.sql.expression.NoCalls;
import dev.merapi.query.sql.rel.FromResult;
import dev.merapi.query.sql.rel.Rels;
import dev.merapi.query.sql.rel.RowChange;
import dev.merapi.query.sql.scope.BindErrors;
import dev.merapi.query.sql.scope.Relation;
import dev.merapi.query.sql.scope.Relation.ScopeColumn;
import dev.merapi.query.sql.scope.Scope;
import dev.merapi.query.sql.token.SqlLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/** Joins of all kinds; a right side that looks at the left one (LATERAL) becomes a correlate. */
final class JoinBinder {
    private final QueryBinder queries;
    private final FromBinder from;
    private final @Nullable Scope outer;

    JoinBinder(QueryBinder queries, FromBinder from, @Nullable Scope outer) {
        this.queries = queries;
        this.from = from;
        this.outer = outer;
    }

    private RexBuilder rex() {
        return queries.context().rex();
    }

    /** What a comma in FROM means. */
    FromResult cross(FromResult left, FromItem item) {
        Scope lateral = left.scope(queries.context(), outer);
        FromResult right = from.bind(item, lateral);
        for (Relation relation : right.relations()) {
            Scope.requireDistinct(left.relations(), relation, item.position());
        }
        return combine(left, right, JoinRelType.INNER, lateral, null, Set.of());
    }

    FromResult bind(FromItem.Join join, @Nullable Scope lateral) {
        FromResult left = from.bind(join.left(), lateral);
        Scope leftScope = left.scope(queries.context(), lateral);
        FromResult right = from.bind(join.right(), leftScope);
        for (Relation relation : right.relations()) {
            Scope.requireDistinct(left.relations(), relation, join.right().position());
        }
        JoinRelType type = type(join.kind());
        FromResult result = join.natural() || !join.using().isEmpty()
                ? new MergedColumns(queries, left, right, join).bind(this, leftScope, type)
                : on(left, right, join, type, leftScope);
        FromItem.Alias alias = join.alias();
        return alias == null ? result : renamed(result, alias, join.position());
    }

    private static JoinRelType type(FromItem.Join.Kind kind) {
        return switch (kind) {
            case INNER -> JoinRelType.INNER;
            case LEFT -> JoinRelType.LEFT;
            case RIGHT -> JoinRelType.RIGHT;
            case FULL -> JoinRelType.FULL;
        };
    }

    private FromResult on(FromResult left, FromResult right, FromItem.Join join, JoinRelType type, Scope leftScope) {
        Expr on = join.on();
        if (on == null) {
            return combine(left, right, type, leftScope, null, Set.of());
        }
        Scope both = scope(left, right);
        RexNode condition = queries.expressions(both, new NoCalls("JOIN ON")).condition(on, "JOIN ON");
        return combine(left, right, type, leftScope, condition, both.takeCorrelation());
    }

    /** The scope of a join condition: the columns of both sides, as they are before NULLs are put in. */
    Scope scope(FromResult left, FromResult right) {
        List<ScopeColumn> columns = new ArrayList<>(left.columns());
        columns.addAll(Relation.map(right.columns(), node -> shift(node, left.width())));
        List<Relation> relations = new ArrayList<>(left.relations());
        right.relations().forEach(r -> relations.add(r.map(node -> shift(node, left.width()))));
        return new Scope(queries.context(), outer, rowType(left, right), columns, relations);
    }

    private RelDataType rowType(FromResult left, FromResult right) {
        RelDataTypeFactory.Builder builder =
                queries.context().cluster().getTypeFactory().builder();
        for (FromResult side : List.of(left, right)) {
            for (RelDataTypeField field : side.rel().getRowType().getFieldList()) {
                builder.add(field);
            }
        }
        return builder.build();
    }

    RexNode shift(RexNode node, int by) {
        return node.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                return rex().makeInputRef(ref.getType(), ref.getIndex() + by);
            }
        });
    }

    /**
     * Joins two parts of FROM.
     *
     * @param leftScope the scope through which the right side may have looked at the left one
     * @param condition over both sides; null: no condition
     * @param variables of the queries in the condition
     */
    FromResult combine(
            FromResult left,
            FromResult right,
            JoinRelType type,
            Scope leftScope,
            @Nullable RexNode condition,
            Set<CorrelationId> variables) {
        requireRoom(left, right);
        Set<CorrelationId> lateral = leftScope.takeCorrelation();
        RexNode on = condition == null ? rex().makeLiteral(true) : condition;
        RelNode rel = lateral.isEmpty()
                ? LogicalJoin.create(left.rel(), right.rel(), List.of(), on, variables, type)
                : correlate(left, right, type, lateral.iterator().next(), condition, variables);
        RowChange leftChange = new RowChange(rel, 0);
        RowChange rightChange = new RowChange(rel, left.width());
        FromResult newLeft = left.on(rel, leftChange::moved);
        FromResult newRight = right.on(rel, rightChange::moved);
        List<ScopeColumn> columns = new ArrayList<>(newLeft.columns());
        columns.addAll(newRight.columns());
        List<Relation> relations = new ArrayList<>(newLeft.relations());
        relations.addAll(newRight.relations());
        return new FromResult(rel, columns, relations);
    }

    /** Each join has a row type with all columns so far: without an end that would be memory by the square. */
    private static void requireRoom(FromResult left, FromResult right) {
        int columns = left.width() + right.width();
        if (columns > SqlLimits.JOINED_COLUMNS) {
            throw BindErrors.at(0, ErrorCode.STATEMENT_LIMIT, "joined tables have too many columns")
                    .with("columns", columns)
                    .with("limit", SqlLimits.JOINED_COLUMNS)
                    .hint("select the columns that are needed in sub-queries, and join these");
        }
        int tables = left.relations().size() + right.relations().size();
        if (tables > SqlLimits.JOINED_TABLES) {
            throw BindErrors.at(0, ErrorCode.STATEMENT_LIMIT, "too many tables are joined")
                    .with("tables", tables)
                    .with("limit", SqlLimits.JOINED_TABLES)
                    .hint("join some of them in sub-queries");
        }
    }

    private RelNode correlate(
            FromResult left,
            FromResult right,
            JoinRelType type,
            CorrelationId id,
            @Nullable RexNode condition,
            Set<CorrelationId> variables) {
        if (type != JoinRelType.INNER && type != JoinRelType.LEFT) {
            throw BindErrors.at(0, ErrorCode.INVALID_COLUMN_REFERENCE, "this join cannot be LATERAL")
                    .with("join", type)
                    .hint("use INNER or LEFT JOIN, or swap the sides");
        }
        if (!variables.isEmpty()) {
            throw BindErrors.unsupported(
                    0, "sub-queries in the ON clause of a LATERAL join", "move the condition into the sub-query");
        }
        RelNode inner = right.rel();
        if (condition != null && type == JoinRelType.LEFT) {
            // The condition decides which rows match, so it goes to the right side, where the left row is the variable.
            inner = Rels.filter(inner, asInner(condition, left, id), Set.of());
        }
        ImmutableBitSet required = ImmutableBitSet.range(left.width());
        RelNode rel = LogicalCorrelate.create(left.rel(), inner, List.of(), id, required, type);
        return condition != null && type == JoinRelType.INNER ? Rels.filter(rel, condition, Set.of()) : rel;
    }

    private RexNode asInner(RexNode condition, FromResult left, CorrelationId id) {
        RexNode variable = rex().makeCorrel(left.rel().getRowType(), id);
        return condition.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                return ref.getIndex() < left.width()
                        ? rex().makeFieldAccess(variable, ref.getIndex())
                        : rex().makeInputRef(ref.getType(), ref.getIndex() - left.width());
            }
        });
    }

    /** A join under one name: its parts are out of sight. */
    private static FromResult renamed(FromResult join, FromItem.Alias alias, int position) {
        List<String> names = new ArrayList<>();
        join.columns().forEach(column -> names.add(column.name()));
        FromBinder.rename(names, alias, position);
        List<ScopeColumn> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            columns.add(new ScopeColumn(names.get(i), join.columns().get(i).node()));
        }
        return FromResult.of(join.rel(), new Relation(alias.name(), null, null, columns, false));
    }
}
