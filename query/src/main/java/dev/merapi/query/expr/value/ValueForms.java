package dev.merapi.query.expr.value;

import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.RecordType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.SumType;
import dev.merapi.api.schema.VarcharType;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How values look: 1.0 and 1.00 are equal in SQL's sense but of two forms, and so are 0 and -0, one day and 24 hours.
 * What somebody who is shown a value could tell apart is told apart here.
 */
public final class ValueForms {
    private ValueForms() {}

    /** Whether equal values of a type may look different. */
    public static boolean areSeveral(ColumnType type) {
        return switch (type) {
            case DecimalType decimal -> decimal.equals(DecimalType.UNCONSTRAINED);
            case ScalarType scalar ->
                scalar == ScalarType.F32
                        || scalar == ScalarType.F64
                        || scalar == ScalarType.INTERVAL
                        || scalar == ScalarType.JSON;
            case VarcharType varchar -> false;
            case ArrayType array -> areSeveral(array.element());
            case RecordType record -> record.fields().stream().anyMatch(field -> areSeveral(field.type()));
            case SumType sum ->
                sum.variants().stream()
                        .map(SumType.Variant::payload)
                        .filter(Objects::nonNull)
                        .anyMatch(ValueForms::areSeveral);
        };
    }

    /** Whether two values look the same. */
    public static boolean same(@Nullable Object left, @Nullable Object right) {
        if (left instanceof byte[] a && right instanceof byte[] b) {
            return Arrays.equals(a, b);
        }
        if (left instanceof List<?> a && right instanceof List<?> b) {
            if (a.size() != b.size()) {
                return false;
            }
            for (int i = 0; i < a.size(); i++) {
                if (!same(a.get(i), b.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return Objects.equals(left, right);
    }

    /** The same for values that look the same. */
    public static int hash(@Nullable Object value) {
        return switch (value) {
            case null -> 0;
            case byte[] bytes -> Arrays.hashCode(bytes);
            case List<?> list -> {
                int hash = 1;
                for (Object item : list) {
                    hash = 31 * hash + hash(item);
                }
                yield hash;
            }
            default -> value.hashCode();
        };
    }

    /** Orders values that are equal in SQL's sense by how they look; 0 only for those that look the same. */
    public static int compare(@Nullable Object left, @Nullable Object right) {
        return same(left, right) ? 0 : String.valueOf(left).compareTo(String.valueOf(right));
    }
}
