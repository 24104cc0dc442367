package dev.merapi.query.exec.operator;

import dev.merapi.query.expr.row.Row;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** UNION, INTERSECT and EXCEPT, with and without ALL. NULLs are equal to one another here. */
public final class SetOperations {
    private SetOperations() {}

    /** The rows of all inputs, one input after the other. */
    public static Operator unionAll(List<Operator> inputs) {
        return new UnionAll(inputs);
    }

    /** Each row of the input once. */
    public static Operator distinct(Operator input, KeyReader wholeRow) {
        return new Distinct(input, wholeRow);
    }

    /** The rows that are in both inputs: once, or with {@code all} as often as in the input that has fewer of them. */
    public static Operator intersect(Operator left, Operator right, KeyReader wholeRow, boolean all) {
        return new Match(left, right, wholeRow, all, true);
    }

    /** The rows of the left input that are not in the right: once, or with {@code all} as often as there are more. */
    public static Operator except(Operator left, Operator right, KeyReader wholeRow, boolean all) {
        return new Match(left, right, wholeRow, all, false);
    }

    private static final class UnionAll extends Operator {
        UnionAll(List<Operator> inputs) {
            super(inputs.getFirst().columns(), inputs);
        }

        @Override
        protected RowSource start(QueryContext context) {
            Iterator<Operator> iterator = inputs().iterator();
            return new RowSource() {
                private RowSource current = iterator.next().open(context);

                @Override
                public @Nullable Row next() {
                    Row row = current.next();
                    while (row == null && iterator.hasNext()) {
                        current = iterator.next().open(context);
                        row = current.next();
                    }
                    return row;
                }
            };
        }

        @Override
        public String describe() {
            return "Append";
        }
    }

    private static final class Distinct extends Operator {
        private final KeyReader keys;

        Distinct(Operator input, KeyReader keys) {
            super(input.columns(), List.of(input));
            this.keys = keys;
        }

        @Override
        protected RowSource start(QueryContext context) {
            RowSource rows = input().open(context);
            Set<Object> seen = new HashSet<>();
            return () -> {
                for (Row row = rows.next(); row != null; row = rows.next()) {
                    context.eval().tick();
                    if (seen.add(keys.key(row))) {
                        context.hold(1);
                        return row;
                    }
                }
                return null;
            };
        }

        @Override
        public String describe() {
            return "Distinct";
        }
    }

    /** Counts the right input's rows, then lets those of the left through that the counts allow. */
    private static final class Match extends Operator {
        private final KeyReader keys;
        private final boolean all;
        private final boolean wanted;

        Match(Operator left, Operator right, KeyReader keys, boolean all, boolean wanted) {
            super(left.columns(), List.of(left, right));
            this.keys = keys;
            this.all = all;
            this.wanted = wanted;
        }

        @Override
        protected RowSource start(QueryContext context) {
            Map<Object, Integer> counts = count(inputs().get(1).open(context), context);
            RowSource rows = inputs().get(0).open(context);
            Set<Object> given = new HashSet<>();
            return () -> {
                for (Row row = rows.next(); row != null; row = rows.next()) {
                    context.eval().tick();
                    Object key = keys.key(row);
                    boolean pass = all ? passAll(counts, key) : counts.containsKey(key) == wanted && given.add(key);
                    if (pass) {
                        return row;
                    }
                }
                return null;
            };
        }

        /** Uses up one of the right input's rows: INTERSECT wants that there was one, EXCEPT that there was none. */
        private boolean passAll(Map<Object, Integer> counts, Object key) {
            Integer left = counts.get(key);
            if (left == null || left == 0) {
                return !wanted;
            }
            counts.put(key, left - 1);
            return wanted;
        }

        private Map<Object, Integer> count(RowSource rows, QueryContext context) {
            Map<Object, Integer> counts = new HashMap<>();
            for (Row row = rows.next(); row != null; row = rows.next()) {
                context.eval().tick();
                if (counts.merge(keys.key(row), 1, Integer::sum) == 1) {
                    context.hold(1);
                }
            }
            return counts;
        }

        @Override
        public String describe() {
            return (wanted ? "Intersect" : "Except") + (all ? " All" : "");
        }
    }
}
