package dev.merapi.query.expr;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.ScalarType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * Constants in expressions. Truth values, NULLs and integers up to 64 bits become Calcite literals, which its rules
 * understand; everything else a call of a {@link ConstantOperator}.
 */
public final class Constants {
    private Constants() {}

    /** Makes a constant; {@code value} is null or of the Java class of the type. */
    public static RexNode of(RexBuilder builder, ColumnType type, @Nullable Object value) {
        RelTypes types = RelTypes.standard();
        if (value == null) {
            return builder.makeNullLiteral(types.of(type, true));
        }
        if (type == ScalarType.BOOL) {
            return builder.makeLiteral((Boolean) value, types.of(type, false), false);
        }
        if (type instanceof ScalarType scalar && scalar.isInteger() && scalar.fixedWidth() <= 8) {
            return builder.makeExactLiteral(new BigDecimal(value.toString()), types.of(type, false));
        }
        return builder.makeCall(types.of(type, false), new ConstantOperator(type, value), List.of());
    }

    /** Whether an expression is a constant of either form. */
    public static boolean isConstant(RexNode node) {
        return node instanceof RexLiteral || (node instanceof RexCall call && call.op instanceof ConstantOperator);
    }

    /** The value of a constant as the Java class of its type, null for NULL. */
    public static @Nullable Object value(RexNode node) {
        if (node instanceof RexCall call && call.op instanceof ConstantOperator constant) {
            return constant.value();
        }
        if (node instanceof RexLiteral literal) {
            return value(literal);
        }
        throw new IllegalArgumentException("not a constant: " + node);
    }

    /** Whether a Calcite type carries a column type; symbols and the like do not. */
    static boolean isValueType(RelDataType type) {
        return RelTypes.isColumnType(type);
    }

    private static @Nullable Object value(RexLiteral literal) {
        if (literal.isNull() || !isValueType(literal.getType())) {
            return null;
        }
        ColumnType type = RelTypes.columnType(literal.getType());
        if (type == ScalarType.BOOL) {
            return literal.getValueAs(Boolean.class);
        }
        if (type instanceof ScalarType scalar && scalar.isInteger()) {
            BigDecimal number = literal.getValueAs(BigDecimal.class);
            return number == null ? null : integer(scalar, number.toBigIntegerExact());
        }
        return foreign(type, literal);
    }

    /** Literals that a rule of Calcite's made on its own account, such as a count of 0 or an empty text. */
    private static @Nullable Object foreign(ColumnType type, RexLiteral literal) {
        if (type == ScalarType.TEXT) {
            return literal.getValueAs(String.class);
        }
        BigDecimal number = literal.getValueAs(BigDecimal.class);
        if (number == null) {
            return null;
        }
        if (type == ScalarType.F64) {
            return number.doubleValue();
        }
        return type == ScalarType.F32 ? (Object) number.floatValue() : number;
    }

    /** An integer as the Java class of an integer type that holds it. */
    public static Object integer(ScalarType type, BigInteger value) {
        return switch (type) {
            case I8 -> value.byteValueExact();
            case I16, U8 -> value.shortValueExact();
            case I32, U16 -> value.intValueExact();
            case I64, U32 -> value.longValueExact();
            default -> value;
        };
    }
}
