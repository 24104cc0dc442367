package dev.merapi.api.text;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnType;

/** What is said of a text that is no value of its type. */
public final class InvalidText {
    private static final int QUOTED_LENGTH_MAX = 100;

    private InvalidText() {}

    public static CodedException of(ColumnType type, String text) {
        return new CodedException(ErrorCode.INVALID_VALUE, "invalid input syntax")
                .with("type", type.sqlName())
                .with("value", '"' + abridged(text) + '"');
    }

    /** A message quotes what was wrong, not a megabyte of it. */
    public static String abridged(String text) {
        return text.length() <= QUOTED_LENGTH_MAX ? text : text.substring(0, QUOTED_LENGTH_MAX) + "…";
    }
}
