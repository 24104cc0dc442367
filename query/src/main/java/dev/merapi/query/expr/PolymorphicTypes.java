package dev.merapi.query.expr;

import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.query.expr.ParameterType.Exact;
import dev.merapi.query.expr.ParameterType.Polymorphic;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settles the parameter types of one call, or finds that the arguments do not fit the declaration. */
final class PolymorphicTypes {
    private final Casts casts;

    PolymorphicTypes(Casts casts) {
        this.casts = casts;
    }

    /** Returns one type per argument, or null when an argument cannot be cast implicitly. */
    <F> @Nullable List<ColumnType> settle(Declaration<F> declaration, List<? extends @Nullable ColumnType> arguments) {
        Bindings bindings = new Bindings();
        for (int i = 0; i < arguments.size(); i++) {
            if (!bindings.take(declaration.parameter(i), arguments.get(i))) {
                return null;
            }
        }
        List<ColumnType> settled = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            ColumnType type = bindings.settled(declaration.parameter(i), arguments.get(i));
            ColumnType argument = arguments.get(i);
            if (argument != null && !casts.implicit(argument, type)) {
                return null;
            }
            settled.add(type);
        }
        return settled;
    }

    /** What the arguments looked at so far say about each pseudo-type. */
    private final class Bindings {
        private @Nullable ColumnType element;
        private final List<ColumnType> compatible = new ArrayList<>();
        private @Nullable ColumnType integer;
        /** What {@link #common} found: there may be as many arguments as ARRAY[…] has elements. */
        private @Nullable ColumnType common;

        /** Returns false when the argument cannot be meant. */
        boolean take(ParameterType parameter, @Nullable ColumnType argument) {
            if (argument == null) {
                return true;
            }
            return switch (parameter) {
                case Exact exact -> casts.implicit(argument, exact.type());
                case Polymorphic polymorphic -> takePolymorphic(polymorphic, argument);
            };
        }

        private boolean takePolymorphic(Polymorphic parameter, ColumnType argument) {
            return switch (parameter) {
                case ANY -> true;
                case ANY_ELEMENT -> takeElement(argument);
                case ANY_NON_ARRAY -> !(argument instanceof ArrayType) && takeElement(argument);
                case ANY_ARRAY -> argument instanceof ArrayType array && takeElement(array.element());
                case ANY_COMPATIBLE -> compatible.add(argument);
                case ANY_COMPATIBLE_ARRAY -> argument instanceof ArrayType array && compatible.add(array.element());
                case ANY_INTEGER -> argument instanceof ScalarType scalar && scalar.isInteger() && takeInteger(scalar);
            };
        }

        private boolean takeElement(ColumnType type) {
            if (element == null) {
                element = type;
            }
            return element.equals(type);
        }

        private boolean takeInteger(ScalarType type) {
            ScalarType holder = integer instanceof ScalarType before ? IntegerTypes.holding(before, type) : type;
            integer = holder;
            return holder != null;
        }

        ColumnType settled(ParameterType parameter, @Nullable ColumnType argument) {
            return switch (parameter) {
                case Exact exact -> exact.type();
                case Polymorphic polymorphic -> settledPolymorphic(polymorphic, argument);
            };
        }

        private ColumnType settledPolymorphic(Polymorphic parameter, @Nullable ColumnType argument) {
            return switch (parameter) {
                case ANY -> argument == null ? ScalarType.TEXT : argument;
                case ANY_ELEMENT, ANY_NON_ARRAY -> element == null ? ScalarType.TEXT : element;
                case ANY_ARRAY -> new ArrayType(element == null ? ScalarType.TEXT : element);
                case ANY_COMPATIBLE -> common();
                case ANY_COMPATIBLE_ARRAY -> new ArrayType(common());
                case ANY_INTEGER -> integer == null ? ScalarType.I32 : integer;
            };
        }

        /** Types without a common one leave the numeric fallback, to which the caller finds no implicit cast. */
        private ColumnType common() {
            ColumnType known = common;
            if (known == null) {
                ColumnType found = casts.commonType(compatible);
                known = found == null ? DecimalType.UNCONSTRAINED : found;
                common = known;
            }
            return known;
        }
    }
}
