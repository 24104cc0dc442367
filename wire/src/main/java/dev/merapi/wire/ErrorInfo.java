package dev.merapi.wire;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCategory;
import dev.merapi.api.error.ErrorCode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * An error as it travels. It repeats what belongs to the code, so that a receiver that does not know the code yet can
 * still react to it.
 *
 * @param number the code's number, which never changes its meaning
 * @param code the code's name, such as {@code UNIQUE_VIOLATION}
 * @param retryable whether the same request may succeed later without anybody changing anything
 * @param sqlState PostgreSQL's five-character code for the same thing; empty where it has none
 * @param text what happened, without the values
 * @param context the values by name, in the order in which they are to be read
 * @param hint what to do about it
 * @param position the place in the SQL text, in characters from 1
 */
public record ErrorInfo(
        int number,
        String code,
        ErrorCategory category,
        boolean retryable,
        String sqlState,
        String text,
        Map<String, String> context,
        @Nullable String hint,
        OptionalInt position) {

    public ErrorInfo {
        context = Collections.unmodifiableMap(new LinkedHashMap<>(context));
    }

    public static ErrorInfo of(CodedException e) {
        ErrorCode code = e.code();
        String sqlState = code.sqlState();
        return new ErrorInfo(
                code.number(),
                code.name(),
                code.category(),
                code.isRetryable(),
                sqlState == null ? "" : sqlState,
                e.text(),
                e.context(),
                e.hint(),
                e.position());
    }

    /**
     * The exception to throw on the receiving side. A code this side does not know becomes INTERNAL, with the name of
     * the code in its context.
     */
    public CodedException toException() {
        ErrorCode known = ErrorCode.ofNumber(number);
        CodedException e = new CodedException(known, text);
        context.forEach(e::with);
        if (known.number() != number) {
            e.with("code", code).with("number", number);
        }
        if (hint != null) {
            e.hint(hint);
        }
        position.ifPresent(e::at);
        return e;
    }
}
