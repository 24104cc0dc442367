package dev.merapi.query.expr;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.expr.ParameterType.Exact;
import dev.merapi.query.expr.ParameterType.Polymorphic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Chooses among functions of one name by PostgreSQL's rules (its manual, "Type Conversion", sections on operators and
 * functions), step by step in the same order: exact match; castable at all; most exact matches; most preferred types;
 * categories of the unknown arguments; all unknowns as the one known type.
 */
final class OverloadResolver {
    /** Infix and prefix operators have one rule more: an unknown operand first counts as the type of the other. */
    enum Form {
        FUNCTION,
        OPERATOR
    }

    private final Casts casts;
    private final PolymorphicTypes polymorphicTypes;

    OverloadResolver(Casts casts) {
        this.casts = casts;
        this.polymorphicTypes = new PolymorphicTypes(casts);
    }

    /** Returns the concrete function, or null when none fits. */
    <F> @Nullable F resolve(List<Declaration<F>> candidates, List<? extends @Nullable ColumnType> given, Form form) {
        List<@Nullable ColumnType> arguments = new ArrayList<>();
        for (ColumnType type : given) {
            arguments.add(type == null ? null : Casts.base(type));
        }
        List<Declaration<F>> fitting = filter(candidates, candidate -> candidate.accepts(arguments.size()));
        Declaration<F> chosen = choose(fitting, arguments, form);
        if (chosen == null) {
            return null;
        }
        List<ColumnType> settled = polymorphicTypes.settle(chosen, arguments);
        return settled == null ? null : chosen.specialise().apply(withModifiers(chosen, settled, given));
    }

    /** A parameter of any type takes its argument as it is, length and precision included. */
    private static <F> List<ColumnType> withModifiers(
            Declaration<F> chosen, List<ColumnType> settled, List<? extends @Nullable ColumnType> given) {
        List<ColumnType> types = new ArrayList<>(settled);
        for (int i = 0; i < types.size(); i++) {
            ColumnType type = given.get(i);
            if (type != null && chosen.parameter(i) == Polymorphic.ANY) {
                types.set(i, type);
            }
        }
        return types;
    }

    private <F> @Nullable Declaration<F> choose(
            List<Declaration<F>> fitting, List<@Nullable ColumnType> arguments, Form form) {
        Declaration<F> integers = integerCandidate(fitting, arguments);
        if (integers != null) {
            return integers;
        }
        Declaration<F> exact = exactMatch(fitting, form == Form.OPERATOR ? fillUnknown(arguments) : arguments);
        if (exact != null) {
            return exact;
        }
        List<Declaration<F>> left = filter(fitting, candidate -> polymorphicTypes.settle(candidate, arguments) != null);
        left = best(left, candidate -> exactMatches(candidate, arguments));
        left = best(left, candidate -> preferredMatches(candidate, arguments));
        if (left.size() > 1) {
            left = byCategories(left, arguments);
        }
        if (left.size() > 1) {
            left = byTheOneKnownType(left, arguments);
        }
        if (left.size() > 1) {
            throw new CodedException(ErrorCode.AMBIGUOUS_FUNCTION, "several functions fit these argument types")
                    .with("call", Signatures.render(left.getFirst().name(), arguments))
                    .hint("cast the arguments to the types you mean");
        }
        return left.isEmpty() ? null : left.getFirst();
    }

    /** Our one rule ahead of PostgreSQL's: integers of any two types meet in the narrowest type that holds both. */
    private <F> @Nullable Declaration<F> integerCandidate(
            List<Declaration<F>> fitting, List<@Nullable ColumnType> arguments) {
        for (Declaration<F> candidate : fitting) {
            boolean known = false;
            boolean fits = true;
            for (int i = 0; i < arguments.size() && fits; i++) {
                ColumnType type = arguments.get(i);
                if (candidate.parameter(i) == Polymorphic.ANY_INTEGER) {
                    known |= type != null;
                    fits = type == null || IntegerTypes.isInteger(type);
                } else {
                    fits = type == null
                            || (candidate.parameter(i) instanceof Exact exact && casts.implicit(type, exact.type()));
                }
            }
            if (fits && known && polymorphicTypes.settle(candidate, arguments) != null) {
                return candidate;
            }
        }
        return null;
    }

    private static <F> @Nullable Declaration<F> exactMatch(
            List<Declaration<F>> fitting, List<@Nullable ColumnType> arguments) {
        for (Declaration<F> candidate : fitting) {
            boolean exact = true;
            for (int i = 0; i < arguments.size() && exact; i++) {
                exact = isExact(candidate.parameter(i), arguments.get(i));
            }
            if (exact) {
                return candidate;
            }
        }
        return null;
    }

    private static boolean isExact(ParameterType parameter, @Nullable ColumnType argument) {
        return parameter instanceof Exact exact && exact.type().equals(argument);
    }

    private static List<@Nullable ColumnType> fillUnknown(List<@Nullable ColumnType> arguments) {
        if (arguments.size() != 2 || bothKnown(arguments)) {
            return arguments;
        }
        ColumnType known = arguments.get(0) == null ? arguments.get(1) : arguments.get(0);
        return new ArrayList<>(Collections.<@Nullable ColumnType>nCopies(2, known));
    }

    private static boolean bothKnown(List<@Nullable ColumnType> arguments) {
        return arguments.stream().allMatch(Objects::nonNull);
    }

    private static <F> int exactMatches(Declaration<F> candidate, List<@Nullable ColumnType> arguments) {
        int count = 0;
        for (int i = 0; i < arguments.size(); i++) {
            count += isExact(candidate.parameter(i), arguments.get(i)) ? 1 : 0;
        }
        return count;
    }

    private static <F> int preferredMatches(Declaration<F> candidate, List<@Nullable ColumnType> arguments) {
        int count = 0;
        for (int i = 0; i < arguments.size(); i++) {
            ColumnType argument = arguments.get(i);
            if (argument != null && candidate.parameter(i) instanceof Exact exact) {
                boolean sameCategory = TypeCategory.of(exact.type()) == TypeCategory.of(argument);
                boolean preferred = sameCategory && TypeCategory.isPreferred(exact.type());
                count += preferred || exact.type().equals(argument) ? 1 : 0;
            }
        }
        return count;
    }

    /**
     * Unknown arguments take the string category if a candidate offers it there, else the one all candidates agree on.
     */
    private static <F> List<Declaration<F>> byCategories(
            List<Declaration<F>> candidates, List<@Nullable ColumnType> arguments) {
        List<Declaration<F>> left = candidates;
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i) != null) {
                continue;
            }
            int argument = i;
            TypeCategory category = categoryOffered(candidates, i);
            if (category == null) {
                return candidates;
            }
            left = filter(left, candidate -> categoryOf(candidate.parameter(argument)) == category);
            List<Declaration<F>> preferred = filter(
                    left,
                    candidate -> candidate.parameter(argument) instanceof Exact exact
                            && TypeCategory.isPreferred(exact.type()));
            left = preferred.isEmpty() ? left : preferred;
        }
        return left.isEmpty() ? candidates : left;
    }

    private static <F> @Nullable TypeCategory categoryOffered(List<Declaration<F>> candidates, int argument) {
        TypeCategory common = categoryOf(candidates.getFirst().parameter(argument));
        boolean agreed = true;
        for (Declaration<F> candidate : candidates) {
            TypeCategory category = categoryOf(candidate.parameter(argument));
            if (category == TypeCategory.STRING) {
                return TypeCategory.STRING;
            }
            agreed &= category == common;
        }
        return agreed ? common : null;
    }

    private static @Nullable TypeCategory categoryOf(ParameterType parameter) {
        return parameter instanceof Exact exact ? TypeCategory.of(exact.type()) : null;
    }

    private <F> List<Declaration<F>> byTheOneKnownType(
            List<Declaration<F>> candidates, List<@Nullable ColumnType> arguments) {
        List<ColumnType> known = arguments.stream()
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .distinct()
                .toList();
        if (known.size() != 1 || bothKnown(arguments)) {
            return candidates;
        }
        List<@Nullable ColumnType> assumed = new ArrayList<>(Collections.nCopies(arguments.size(), known.getFirst()));
        List<Declaration<F>> left =
                filter(candidates, candidate -> polymorphicTypes.settle(candidate, assumed) != null);
        return left.size() == 1 ? left : candidates;
    }

    private static <F> List<Declaration<F>> filter(List<Declaration<F>> from, Predicate<Declaration<F>> condition) {
        return from.stream().filter(condition).toList();
    }

    private static <F> List<Declaration<F>> best(List<Declaration<F>> from, ToIntFunction<Declaration<F>> score) {
        int highest = from.stream().mapToInt(score).max().orElse(0);
        return filter(from, candidate -> score.applyAsInt(candidate) == highest);
    }
}
