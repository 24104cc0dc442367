package dev.merapi.api.schema;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;

/**
 * An exact decimal number. With a precision, values are rounded to {@code scale} digits behind the point when stored
 * and may have at most {@code precision} digits; {@link #UNCONSTRAINED} keeps each value's own scale.
 */
public record DecimalType(int precision, int scale) implements ColumnType {
    /** PostgreSQL's limit for a declared precision. */
    public static final int MAX_PRECISION = 1000;

    public static final DecimalType UNCONSTRAINED = new DecimalType(0, 0);

    public DecimalType {
        if (precision < 0 || precision > MAX_PRECISION || scale < 0 || (precision > 0 && scale > precision)) {
            throw new CodedException(ErrorCode.INVALID_SCHEMA, "numeric precision or scale is out of range")
                    .with("precision", precision)
                    .with("scale", scale)
                    .hint("precision is 1 to " + MAX_PRECISION + ", scale is 0 to the precision");
        }
    }

    public boolean isConstrained() {
        return precision > 0;
    }

    @Override
    public int fixedWidth() {
        return -1;
    }

    @Override
    public String sqlName() {
        return isConstrained() ? "numeric(" + precision + "," + scale + ")" : "numeric";
    }
}
