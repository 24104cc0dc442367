package dev.merapi.query.expr;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.value.TextFormat;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/**
 * A value as a call without arguments. Calcite's literals hold neither our 256-bit integers, intervals and arrays nor
 * text outside Latin-1 without configuration of the whole JVM; a call holds anything.
 */
final class ConstantOperator extends SqlFunction {
    private final ColumnType type;
    private final Object value;

    ConstantOperator(ColumnType type, Object value) {
        // The name is the whole meaning: operators are equal when their names are.
        super(
                "'" + TextFormat.format(type, value) + "'::" + type.sqlName(),
                SqlKind.OTHER_FUNCTION,
                call -> RelTypes.standard().of(type, false),
                null,
                null,
                SqlFunctionCategory.USER_DEFINED_CONSTRUCTOR);
        this.type = type;
        this.value = value;
    }

    Object value() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ConstantOperator that
                && type.equals(that.type)
                && getName().equals(that.getName());
    }

    @Override
    public int hashCode() {
        return getName().hashCode();
    }
}
