package dev.merapi.query.sql.select;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.Query;
import dev.merapi.query.sql.expression.ExpressionBinder;
import dev.merapi.query.sql.expression.Term;
import dev.merapi.query.sql.rel.Placeholders;
import dev.merapi.query.sql.scope.BindErrors;
import dev.merapi.query.sql.scope.Scope;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.calcite.rex.RexNode;

/**
 * What GROUP BY says: the grouping expressions, without repetition, and the sets of them that are grouped by.
 *
 * @param sets indexes into {@code keys}; without GROUP BY one empty set
 */
record Grouping(List<RexNode> keys, List<Set<Integer>> sets) {
    /** Whether a key calls a function that returns rows: then these rows are what is grouped. */
    boolean needsRows() {
        return keys.stream().anyMatch(Placeholders::containsAny);
    }

    /** The same grouping with its keys rewritten. */
    Grouping map(UnaryOperator<RexNode> change) {
        return new Grouping(keys.stream().map(change).toList(), sets);
    }

    /** PostgreSQL's limit for the grouping sets of a query. */
    private static final int MAX_SETS = 4096;

    /** PostgreSQL's limit for the elements of CUBE. */
    private static final int MAX_CUBE = 12;

    static final Grouping NONE = new Grouping(List.of(), List.of(Set.of()));

    /** Reads a GROUP BY clause. */
    static Grouping of(Query.GroupBy clause, Scope scope, Ordering outputs, List<Term> terms, ExpressionBinder binder) {
        Reader reader = new Reader(scope, outputs, terms, binder);
        List<Set<Integer>> sets = List.of(Set.of());
        for (Query.GroupItem item : clause.items()) {
            sets = product(sets, reader.sets(item));
        }
        List<Set<Integer>> distinct = clause.distinct() ? List.copyOf(new LinkedHashSet<>(sets)) : sets;
        return new Grouping(reader.keys, distinct);
    }

    private static List<Set<Integer>> product(List<Set<Integer>> left, List<Set<Integer>> right) {
        if ((long) left.size() * right.size() > MAX_SETS) {
            throw BindErrors.at(0, ErrorCode.STATEMENT_LIMIT, "too many grouping sets")
                    .with("limit", MAX_SETS);
        }
        List<Set<Integer>> result = new ArrayList<>();
        for (Set<Integer> a : left) {
            for (Set<Integer> b : right) {
                result.add(union(a, b));
            }
        }
        return result;
    }

    private static Set<Integer> union(Set<Integer> a, Set<Integer> b) {
        Set<Integer> union = new LinkedHashSet<>(a);
        union.addAll(b);
        return union;
    }

    /** Turns items into sets, collecting keys on the way. */
    private static final class Reader {
        private final Scope scope;
        private final Ordering outputs;
        private final List<Term> terms;
        private final ExpressionBinder binder;
        private final List<RexNode> keys = new ArrayList<>();

        Reader(Scope scope, Ordering outputs, List<Term> terms, ExpressionBinder binder) {
            this.scope = scope;
            this.outputs = outputs;
            this.terms = terms;
            this.binder = binder;
        }

        List<Set<Integer>> sets(Query.GroupItem item) {
            return switch (item) {
                case Query.GroupItem.Plain plain -> List.of(element(plain.expression()));
                case Query.GroupItem.Empty empty -> List.of(Set.of());
                case Query.GroupItem.Cubed cubed -> cubed.cube() ? cube(cubed) : rollup(cubed);
                case Query.GroupItem.Sets sets -> {
                    List<Set<Integer>> all = new ArrayList<>();
                    sets.items().forEach(inner -> all.addAll(sets(inner)));
                    yield all;
                }
            };
        }

        private List<Set<Integer>> rollup(Query.GroupItem.Cubed rollup) {
            List<Set<Integer>> sets = new ArrayList<>();
            Set<Integer> prefix = Set.of();
            sets.add(prefix);
            for (List<Expr> element : rollup.elements()) {
                prefix = union(prefix, element(element));
                sets.add(0, prefix);
            }
            return sets;
        }

        private List<Set<Integer>> cube(Query.GroupItem.Cubed cube) {
            int size = cube.elements().size();
            if (size > MAX_CUBE) {
                throw BindErrors.at(
                                cube.elements().get(0).get(0).position(),
                                ErrorCode.STATEMENT_LIMIT,
                                "CUBE has too many elements")
                        .with("limit", MAX_CUBE);
            }
            List<Set<Integer>> elements = new ArrayList<>();
            cube.elements().forEach(element -> elements.add(element(element)));
            List<Set<Integer>> sets = new ArrayList<>();
            for (int mask = (1 << size) - 1; mask >= 0; mask--) {
                Set<Integer> set = new LinkedHashSet<>();
                for (int i = 0; i < size; i++) {
                    if ((mask & (1 << (size - 1 - i))) != 0) {
                        set.addAll(elements.get(i));
                    }
                }
                sets.add(set);
            }
            return sets;
        }

        private Set<Integer> element(List<Expr> expressions) {
            Set<Integer> set = new LinkedHashSet<>();
            expressions.forEach(expression -> set.addAll(element(expression)));
            return set;
        }

        private Set<Integer> element(Expr expression) {
            if (expression instanceof Expr.Row row) {
                return element(row.fields());
            }
            RexNode key = key(expression);
            if (Placeholders.containsAny(key) && !Placeholders.onlyTables(key)) {
                throw BindErrors.at(expression.position(), ErrorCode.GROUPING_ERROR, "aggregate is not allowed here")
                        .with("clause", "GROUP BY");
            }
            int index = keys.indexOf(key);
            if (index < 0) {
                index = keys.size();
                keys.add(key);
            }
            return Set.of(index);
        }

        /** An ordinal, a column of the input, an output name, or an expression; tried in this order. */
        private RexNode key(Expr expression) {
            int output = outputs.ordinal(expression, "GROUP BY");
            boolean inputColumn = expression instanceof Expr.ColumnRef column
                    && column.name().isSimple()
                    && scope.hasColumn(column.name().last());
            if (output < 0 && !inputColumn) {
                output = outputs.named(expression, "GROUP BY");
            }
            if (output < 0) {
                return binder.value(expression);
            }
            // A literal of unknown type has one from here on: the output column is the key, also in form.
            Term term = terms.get(output);
            RexNode key = binder.coercion().settled(term);
            terms.set(output, new Term.Value(key, term.position()));
            return key;
        }
    }
}
