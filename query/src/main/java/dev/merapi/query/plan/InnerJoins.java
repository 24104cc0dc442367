package dev.merapi.query.plan;

import dev.merapi.query.expr.relation.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * A cluster of inner joins: all their conditions together decide what joins what. Inputs are joined in the order in
 * which they are written, except that one which nothing connects to those before it waits until something does: a
 * product is made only when the query asks for one.
 */
final class InnerJoins {
    /** An input with the place of its columns in the row as written. */
    private record Part(RelNode rel, int offset, List<RexNode> terms) {
        int width() {
            return rel.getRowType().getFieldCount();
        }

        ImmutableBitSet columns() {
            return ImmutableBitSet.range(offset, offset + width());
        }
    }

    private final Pushdown pushdown;
    private final List<Part> parts = new ArrayList<>();
    private final List<RexNode> terms = new ArrayList<>();

    InnerJoins(Pushdown pushdown) {
        this.pushdown = pushdown;
    }

    RelNode push(LogicalJoin join, List<RexNode> above) {
        collect(join, 0);
        terms.addAll(above);
        List<RexNode> joining = new ArrayList<>();
        List<RexNode> last = new ArrayList<>();
        for (RexNode term : terms) {
            Part owner = owner(Conjuncts.columns(term));
            if (owner != null && !Conjuncts.isVolatile(term)) {
                owner.terms().add(Columns.shift(term, -owner.offset()));
            } else if (Conjuncts.hasQuery(term) || Conjuncts.isVolatile(term)) {
                last.add(term);
            } else {
                joining.add(term);
            }
        }
        RelNode joined = join(joining);
        return Conjuncts.filter(joined, last);
    }

    private void collect(RelNode rel, int offset) {
        boolean inner = rel instanceof LogicalJoin join
                && join.getJoinType() == JoinRelType.INNER
                && join.getVariablesSet().isEmpty();
        if (!inner) {
            parts.add(new Part(rel, offset, new ArrayList<>()));
            return;
        }
        LogicalJoin join = (LogicalJoin) rel;
        collect(join.getLeft(), offset);
        collect(join.getRight(), offset + join.getLeft().getRowType().getFieldCount());
        Conjuncts.of(join.getCondition()).forEach(term -> terms.add(Columns.shift(term, offset)));
    }

    private @Nullable Part owner(ImmutableBitSet columns) {
        if (columns.isEmpty()) {
            return null;
        }
        return parts.stream()
                .filter(part -> part.columns().contains(columns))
                .findFirst()
                .orElse(null);
    }

    private RelNode join(List<RexNode> joining) {
        List<Part> waiting = new ArrayList<>(parts);
        Joined joined = new Joined(waiting.remove(0));
        while (!waiting.isEmpty()) {
            Part next = next(joined, waiting, joining);
            waiting.remove(next);
            joined.add(next, joining);
        }
        return joined.inWrittenOrder();
    }

    /** The first that a condition connects to what is joined already; if there is none, the first. */
    private static Part next(Joined joined, List<Part> waiting, List<RexNode> joining) {
        for (Part part : waiting) {
            ImmutableBitSet reach = joined.columns.union(part.columns());
            boolean connected = joining.stream()
                    .map(Conjuncts::columns)
                    .anyMatch(columns -> columns.intersects(part.columns())
                            && columns.intersects(joined.columns)
                            && reach.contains(columns));
            if (connected) {
                return part;
            }
        }
        return waiting.get(0);
    }

    /** What has been joined so far, and where its columns have come to stand. */
    private final class Joined {
        private RelNode rel;
        private ImmutableBitSet columns;
        /** The columns as written, in the order in which they stand now. */
        private final List<Integer> order = new ArrayList<>();

        Joined(Part first) {
            rel = pushdown.push(first.rel(), first.terms());
            columns = first.columns();
            order.addAll(first.columns().asList());
        }

        void add(Part part, List<RexNode> joining) {
            RelNode right = pushdown.push(part.rel(), part.terms());
            columns = columns.union(part.columns());
            order.addAll(part.columns().asList());
            List<RexNode> on = new ArrayList<>();
            for (RexNode term : List.copyOf(joining)) {
                if (columns.contains(Conjuncts.columns(term))) {
                    joining.remove(term);
                    on.add(Columns.replace(term, index -> reference(right, index)));
                }
            }
            RexBuilder rex = rel.getCluster().getRexBuilder();
            rel = LogicalJoin.create(rel, right, List.of(), Conjuncts.and(rex, on), Set.of(), JoinRelType.INNER);
        }

        /** A column as written, as a column of what is joined so far and the next input. */
        private RexNode reference(RelNode right, int written) {
            int index = order.indexOf(written);
            int width = rel.getRowType().getFieldCount();
            RexBuilder rex = rel.getCluster().getRexBuilder();
            RelNode side = index < width ? rel : right;
            return rex.makeInputRef(
                    side.getRowType()
                            .getFieldList()
                            .get(index < width ? index : index - width)
                            .getType(),
                    index);
        }

        RelNode inWrittenOrder() {
            boolean same = true;
            List<RexNode> references = new ArrayList<>();
            List<String> names = new ArrayList<>();
            for (int i = 0; i < order.size(); i++) {
                int index = order.indexOf(i);
                same &= index == i;
                references.add(rel.getCluster().getRexBuilder().makeInputRef(rel, index));
                names.add("$" + i);
            }
            return same ? rel : LogicalProject.create(rel, List.of(), references, names, Set.of());
        }
    }
}
