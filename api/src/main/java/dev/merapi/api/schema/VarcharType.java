package dev.merapi.api.schema;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;

/** Text of at most {@code maxLength} characters (code points); encoded like {@link ScalarType#TEXT}. */
public record VarcharType(int maxLength) implements ColumnType {
    /** PostgreSQL's limit for a declared length. */
    public static final int MAX_LENGTH = 10_485_760;

    public VarcharType {
        if (maxLength < 1 || maxLength > MAX_LENGTH) {
            throw new CodedException(ErrorCode.INVALID_SCHEMA, "varchar length is out of range")
                    .with("length", maxLength)
                    .hint("use 1 to " + MAX_LENGTH + ", or text for no limit");
        }
    }

    @Override
    public int fixedWidth() {
        return -1;
    }

    @Override
    public String sqlName() {
        return "character varying(" + maxLength + ")";
    }
}
