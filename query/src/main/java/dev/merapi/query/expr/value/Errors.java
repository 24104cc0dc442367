package dev.merapi.query.expr.value;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnType;

/** The refusals that many functions share. */
public final class Errors {
    private static final int QUOTED_CHARACTERS = 100;

    private Errors() {}

    public static CodedException divisionByZero() {
        return new CodedException(ErrorCode.DIVISION_BY_ZERO, "division by zero");
    }

    /** A result that its type does not hold, named as SQL names the type. */
    public static CodedException outOfRange(String type) {
        return new CodedException(ErrorCode.VALUE_OUT_OF_RANGE, type + " out of range");
    }

    public static CodedException dateTimeOutOfRange(String type) {
        return new CodedException(ErrorCode.DATETIME_OUT_OF_RANGE, type + " out of range");
    }

    public static CodedException argument(String text) {
        return new CodedException(ErrorCode.INVALID_ARGUMENT, text);
    }

    /** Something SQL has and we have not. */
    public static CodedException unsupported(String what, String name) {
        return new CodedException(ErrorCode.UNSUPPORTED_SQL, what + " is not supported").with("name", name);
    }

    public static CodedException limit(String text, long limit) {
        return new CodedException(ErrorCode.STATEMENT_LIMIT, text).with("limit", limit);
    }

    /** A call that would resolve but for the meaning of the type. */
    public static CodedException noSuchFunction(String name, ColumnType type) {
        return new CodedException(ErrorCode.UNKNOWN_FUNCTION, "function does not exist")
                .with("function", name + "(" + type.sqlName() + ")");
    }

    /** What a message quotes of a value: enough to recognise it. */
    public static String abridged(String text) {
        return text.length() <= QUOTED_CHARACTERS ? text : text.substring(0, QUOTED_CHARACTERS) + "…";
    }
}
