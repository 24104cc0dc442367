package dev.merapi.query.exec;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.exec.join.HashJoin;
import dev.merapi.query.exec.join.IndexJoin;
import dev.merapi.query.exec.join.JoinCondition;
import dev.merapi.query.exec.join.JoinKeys;
import dev.merapi.query.exec.join.JoinKind;
import dev.merapi.query.exec.join.JoinSides;
import dev.merapi.query.exec.join.KeyExpressions;
import dev.merapi.query.exec.join.NestedLoopJoin;
import dev.merapi.query.exec.join.Orientation;
import dev.merapi.query.exec.operator.Operator;
import dev.merapi.query.exec.scan.AccessPaths;
import dev.merapi.query.exec.scan.ExpressionText;
import dev.merapi.query.exec.scan.IndexKey;
import dev.merapi.query.exec.scan.KeyValue;
import dev.merapi.query.exec.scan.TableScan;
import dev.merapi.query.expr.Casts;
import dev.merapi.query.expr.RelTypes;
import dev.merapi.query.system.SystemTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.jspecify.annotations.Nullable;

/** Chooses how two inputs are joined. Part of a {@link PlanCompiler}. */
final class JoinCompiler {
    private final PlanCompiler compiler;

    JoinCompiler(PlanCompiler compiler) {
        this.compiler = compiler;
    }

    Operator correlate(Correlate node) {
        int correlation = node.getCorrelationId().getId();
        Operator left = compiler.compile(node.getLeft());
        Operator right = compiler.compileBelow(correlation, node.getRight());
        return new dev.merapi.query.exec.join.Correlate(left, right, kind(node.getJoinType()), correlation);
    }

    private static JoinKind kind(JoinRelType type) {
        return switch (type) {
            case INNER -> JoinKind.INNER;
            case LEFT -> JoinKind.LEFT;
            case RIGHT -> JoinKind.RIGHT;
            case FULL -> JoinKind.FULL;
            case SEMI -> JoinKind.SEMI;
            case ANTI -> JoinKind.ANTI;
            default -> throw new CodedException(ErrorCode.INTERNAL, "join cannot be executed").with("kind", type);
        };
    }

    Operator join(Join node) {
        Operator left = compiler.compile(node.getLeft());
        Operator right = compiler.compile(node.getRight());
        return of(node).compile(left, right, node.getJoinType() == JoinRelType.INNER);
    }

    /** The join whose rows come in the order of its left input, which has been compiled already. */
    Operator keepingOrder(Join node, Operator left) {
        return of(node).compile(left, compiler.compile(node.getRight()), false);
    }

    private Ways of(Join node) {
        EquiJoin equi = EquiJoin.of(node);
        String text = text(node);
        return new Ways(
                equi,
                kind(node.getJoinType()),
                condition(conjunction(node, List.of(node.getCondition())), text),
                condition(conjunction(node, equi.rest()), text));
    }

    private static @Nullable RexNode conjunction(Join node, List<RexNode> terms) {
        return RexUtil.composeConjunction(node.getCluster().getRexBuilder(), terms, true);
    }

    private JoinCondition condition(@Nullable RexNode condition, String text) {
        return new JoinCondition(
                condition == null || condition.isAlwaysTrue() ? null : compiler.expression(condition), text);
    }

    private static String text(Join node) {
        List<String> names = new ArrayList<>(node.getLeft().getRowType().getFieldNames());
        names.addAll(node.getRight().getRowType().getFieldNames());
        return node.getCondition().isAlwaysTrue() ? "every pair" : new ExpressionText(names).of(node.getCondition());
    }

    /** The ways to run a join, whichever side is the probing one. */
    private final class Ways {
        private final EquiJoin equi;
        private final JoinKind kind;
        private final JoinCondition whole;
        private final JoinCondition rest;

        Ways(EquiJoin equi, JoinKind kind, JoinCondition whole, JoinCondition rest) {
            this.equi = equi;
            this.kind = kind;
            this.whole = whole;
            this.rest = rest;
        }

        /** The join; {@code turnable}: either input may be read row by row, whichever is better when it runs. */
        Operator compile(Operator left, Operator right, boolean turnable) {
            if (equi.keys().isEmpty()) {
                return new NestedLoopJoin(left, right, kind, whole);
            }
            Operator straight = compile(new JoinSides(left, right, false));
            return turnable ? new Orientation(straight, compile(new JoinSides(right, left, true))) : straight;
        }

        private Operator compile(JoinSides sides) {
            KeyExpressions left =
                    keys(equi.keys().stream().map(EquiJoin.Key::left).toList());
            KeyExpressions right =
                    keys(equi.keys().stream().map(EquiJoin.Key::right).toList());
            JoinKeys keys = sides.crossed() ? new JoinKeys(right, left) : new JoinKeys(left, right);
            HashJoin hash = new HashJoin(sides, kind, keys, rest);
            boolean indexable = kind != JoinKind.RIGHT && kind != JoinKind.FULL && !equi.nullsMatch();
            if (!indexable
                    || !(sides.held() instanceof TableScan table)
                    || SystemTables.isSystem(table.table().tableId())) {
                return hash;
            }
            return indexKey(table.table(), sides.crossed())
                    .<Operator>map(key -> new IndexJoin(sides, table, key, kind, whole, hash))
                    .orElse(hash);
        }

        private KeyExpressions keys(List<RexNode> parts) {
            List<ColumnType> types = parts.stream()
                    .map(part -> Casts.base(RelTypes.columnType(part.getType())))
                    .toList();
            return new KeyExpressions(compiler.expressions(parts), types, equi.nullsMatch());
        }

        /** A key of the index with most columns, all of which are given by the equalities; unique ones first. */
        private Optional<IndexKey> indexKey(TableSchema table, boolean crossed) {
            IndexKey best = null;
            for (IndexDefinition index : table.indexes()) {
                List<KeyValue> values = values(table, index, crossed);
                boolean complete = values.size() == index.columns().size();
                if (complete && (best == null || better(index, best.index()))) {
                    best = new IndexKey(table, index, values);
                }
            }
            return Optional.ofNullable(best);
        }

        private static boolean better(IndexDefinition index, IndexDefinition than) {
            return index.unique() != than.unique()
                    ? index.unique()
                    : index.columns().size() > than.columns().size();
        }

        /** Values for the leading columns of an index, as far as the equalities give them. */
        private List<KeyValue> values(TableSchema table, IndexDefinition index, boolean crossed) {
            List<KeyValue> values = new ArrayList<>();
            for (int column : index.columns()) {
                KeyValue value = value(table, column, crossed);
                if (value == null) {
                    break;
                }
                values.add(value);
            }
            return values;
        }

        private @Nullable KeyValue value(TableSchema table, int column, boolean crossed) {
            ColumnType columnType = table.columns().get(column).type();
            for (EquiJoin.Key key : equi.keys()) {
                RexNode held = crossed ? key.left() : key.right();
                RexNode probe = crossed ? key.right() : key.left();
                ColumnType type = RelTypes.columnType(probe.getType());
                if (AccessPaths.column(held) == column && AccessPaths.isComparable(columnType, type)) {
                    return new KeyValue(compiler.expression(probe), columnType, type);
                }
            }
            return null;
        }
    }
}
