package dev.merapi.query.live.condition;

import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.live.condition.ColumnTest.OneOf;
import dev.merapi.query.live.condition.ColumnTest.Order;
import dev.merapi.query.live.condition.ColumnTest.Start;
import dev.merapi.query.live.tree.ParameterLifting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** The branches of a condition: itself, or those of an OR in it when each of them can be answered by an index. */
final class Branches {
    /** More branches than this cost more to ask than a predicate. */
    private static final int MAX_BRANCHES = 16;

    private static final int BOTH_SIDES = 3;

    private final TableSchema table;
    private final RexBuilder rexBuilder;

    Branches(TableSchema table, RexBuilder rexBuilder) {
        this.table = table;
        this.rexBuilder = rexBuilder;
    }

    /** Each branch as terms that all have to be true. */
    List<List<RexNode>> of(List<RexNode> terms) {
        if (hasKey(terms)) {
            return List.of(terms);
        }
        for (RexNode term : terms) {
            if (term.getKind() == SqlKind.OR) {
                Optional<List<List<RexNode>>> branches = branches(term, without(terms, term));
                if (branches.isPresent()) {
                    return branches.get();
                }
            }
        }
        return List.of(terms);
    }

    private static List<RexNode> without(List<RexNode> terms, RexNode term) {
        return terms.stream().filter(other -> !other.equals(term)).toList();
    }

    private Optional<List<List<RexNode>>> branches(RexNode or, List<RexNode> others) {
        List<List<RexNode>> branches = new ArrayList<>();
        boolean hashed = true;
        boolean found = true;
        for (RexNode branch : equalitiesTogether(RelOptUtil.disjunctions(or))) {
            List<RexNode> terms = new ArrayList<>(RelOptUtil.conjunctions(branch));
            hashed &= hasKey(terms);
            found &= hasKey(terms) || hasRange(terms) || isForAll(terms);
            terms.addAll(others);
            branches.add(terms);
        }
        boolean better = hashed || (found && !hasRange(others));
        return better && branches.size() <= MAX_BRANCHES ? Optional.of(branches) : Optional.empty();
    }

    /** Makes {@code a = 1 OR b = 2 OR a = 3} two branches, however many values there are. */
    private List<RexNode> equalitiesTogether(List<RexNode> alternatives) {
        Map<Object, RexNode> branches = new LinkedHashMap<>();
        for (RexNode alternative : alternatives) {
            Object place = ColumnTest.of(alternative, table) instanceof OneOf one ? (Object) one.column() : alternative;
            branches.merge(place, alternative, this::or);
        }
        return List.copyOf(branches.values());
    }

    private RexNode or(RexNode one, RexNode other) {
        return rexBuilder.makeCall(SqlStdOperatorTable.OR, one, other);
    }

    private boolean hasKey(List<RexNode> terms) {
        return terms.stream().anyMatch(term -> ColumnTest.of(term, table) instanceof OneOf);
    }

    private boolean hasRange(List<RexNode> terms) {
        return rangeColumn(terms, Set.of()) >= 0;
    }

    /** Without constants a branch is asked once: either all want the row by it or nobody. */
    private boolean isForAll(List<RexNode> terms) {
        ParameterLifting lifting = ParameterLifting.anew(rexBuilder);
        terms.forEach(lifting::lift);
        return lifting.lifted().isEmpty();
    }

    /**
     * The column with the narrowest bounds: a prefix or bounds from both sides before one bound; -1 when there is none.
     *
     * @param taken columns that are out of the question
     */
    int rangeColumn(List<RexNode> terms, Set<Integer> taken) {
        Map<Integer, Integer> sides = new LinkedHashMap<>();
        for (RexNode term : terms) {
            ColumnTest test = ColumnTest.of(term, table);
            if (test != null && !taken.contains(test.column())) {
                switch (test) {
                    case OneOf one -> {}
                    case Start start -> sides.merge(start.column(), BOTH_SIDES, (one, other) -> one | other);
                    case Order order ->
                        sides.merge(order.column(), order.isLower() ? 1 : 2, (one, other) -> one | other);
                }
            }
        }
        int first = sides.isEmpty() ? -1 : sides.keySet().iterator().next();
        return sides.entrySet().stream()
                .filter(entry -> entry.getValue() == BOTH_SIDES)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(first);
    }
}
