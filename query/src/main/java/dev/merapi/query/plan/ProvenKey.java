package dev.merapi.query.plan;

import dev.merapi.query.expr.relation.PolicyNode;
import dev.merapi.query.expr.relation.TableNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rex.RexInputRef;

/**
 * Columns by which any two rows of a tree differ, where that follows from the tree: the primary key of a table, both
 * keys of an inner join, what is grouped by, all columns of what is distinct. Such a key lets a changed row be told
 * from one that went and another that came.
 */
public final class ProvenKey {
    private ProvenKey() {}

    /** Positions of the key in the rows of the tree; empty when none is proven. */
    public static List<Integer> of(RelNode node) {
        return switch (node) {
            case TableNode table -> table.schema().primaryKeyColumns();
            case Filter filter -> of(filter.getInput());
            case PolicyNode policy -> of(policy.getInput());
            case Sort sort -> of(sort.getInput());
            case Project project -> of(project);
            case Aggregate aggregate -> of(aggregate);
            case Join join -> of(join);
            case Union union -> union.all ? List.of() : allColumns(union);
            case Intersect intersect -> intersect.all ? List.of() : allColumns(intersect);
            case Minus minus -> minus.all ? List.of() : allColumns(minus);
            default -> List.of();
        };
    }

    private static List<Integer> of(Project project) {
        List<Integer> positions = new ArrayList<>();
        for (int column : of(project.getInput())) {
            int position = IntStream.range(0, project.getProjects().size())
                    .filter(i -> project.getProjects().get(i) instanceof RexInputRef ref && ref.getIndex() == column)
                    .findFirst()
                    .orElse(-1);
            if (position < 0) {
                return List.of();
            }
            positions.add(position);
        }
        return positions;
    }

    /** With several grouping sets a NULL may stand for a value or for a column left out. */
    private static List<Integer> of(Aggregate aggregate) {
        return aggregate.getGroupSets().size() == 1
                ? IntStream.range(0, aggregate.getGroupCount()).boxed().toList()
                : List.of();
    }

    private static List<Integer> of(Join join) {
        List<Integer> left = of(join.getLeft());
        if (join.getJoinType() == JoinRelType.SEMI || join.getJoinType() == JoinRelType.ANTI) {
            return left;
        }
        List<Integer> right = of(join.getRight());
        JoinInfo info = join.analyzeCondition();
        boolean keepsLeft = join.getJoinType() == JoinRelType.INNER || join.getJoinType() == JoinRelType.LEFT;
        if (keepsLeft && !left.isEmpty() && !right.isEmpty() && info.rightKeys.containsAll(right)) {
            // Each row on the left finds one partner at most.
            return left;
        }
        if (join.getJoinType() != JoinRelType.INNER || left.isEmpty() || right.isEmpty()) {
            return List.of();
        }
        int width = join.getLeft().getRowType().getFieldCount();
        List<Integer> both = new ArrayList<>(left);
        right.forEach(column -> both.add(width + column));
        return both;
    }

    private static List<Integer> allColumns(RelNode node) {
        return IntStream.range(0, node.getRowType().getFieldCount()).boxed().toList();
    }
}
