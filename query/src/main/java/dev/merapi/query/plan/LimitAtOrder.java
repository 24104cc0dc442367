package dev.merapi.query.plan;

import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalSort;
import org.jspecify.annotations.Nullable;

/** Puts LIMIT where ORDER BY is, if that is further in: {@code SELECT … FROM (… ORDER BY x) LIMIT 3}. */
public final class LimitAtOrder {
    private LimitAtOrder() {}

    /** The same tree with the LIMIT at its top moved, or as it is if that is not to be moved. */
    public static RelNode move(RelNode node) {
        RelNode moved = node instanceof Sort limit ? moved(limit) : null;
        return moved == null ? node : moved;
    }

    /** The tree without this LIMIT at its top, which is further in; null if it stays. */
    public static @Nullable RelNode moved(Sort limit) {
        boolean bare =
                isLimited(limit) && limit.getCollation().getFieldCollations().isEmpty();
        return bare ? limited(limit.getInput(), limit) : null;
    }

    public static boolean isLimited(Sort sort) {
        return sort.fetch != null || sort.offset != null;
    }

    private static @Nullable RelNode limited(RelNode node, Sort limit) {
        if (node instanceof Sort order && !isLimited(order)) {
            return order.getCollation().getFieldCollations().isEmpty()
                    ? limited(order.getInput(), limit)
                    : LogicalSort.create(order.getInput(), order.getCollation(), limit.offset, limit.fetch);
        }
        if (node instanceof Project project
                && project.getProjects().stream().noneMatch(Conjuncts::hasQuery)
                && project.getProjects().stream().noneMatch(Conjuncts::isVolatile)) {
            RelNode below = limited(project.getInput(), limit);
            return below == null ? null : project.copy(project.getTraitSet(), List.of(below));
        }
        return null;
    }
}
