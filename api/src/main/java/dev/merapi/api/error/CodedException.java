package dev.merapi.api.error;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of Merapi. Its text is constant; what varies travels as named context, so that logs can be grouped
 * by text and programs can read the values without parsing prose.
 *
 * <pre>{@code
 * throw new CodedException(UNKNOWN_COLUMN, "column does not exist")
 *         .with("column", name).at(17).hint("did you mean id?");
 * }</pre>
 *
 * <p>Built and completed by the throwing thread; treat it as immutable once thrown.
 */
public final class CodedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String text;
    private final transient Map<String, String> context = new LinkedHashMap<>();
    private @Nullable String hint;
    private int position = -1;

    public CodedException(ErrorCode code, String text) {
        super(text);
        this.code = code;
        this.text = text;
    }

    /** Adds a named value to the context; the value is rendered at once. */
    public CodedException with(String key, @Nullable Object value) {
        context.put(key, String.valueOf(value));
        return this;
    }

    /** Says what to do about it. */
    public CodedException hint(String newHint) {
        this.hint = newHint;
        return this;
    }

    /** Sets the place in the SQL text, a character count starting at 1. An earlier, more precise place is kept. */
    public CodedException at(int newPosition) {
        if (position < 0 && newPosition > 0) {
            position = newPosition;
        }
        return this;
    }

    /**
     * Counts the position, if there is one, from a place further in front: the start of the script around a statement.
     */
    public CodedException movedBy(int characters) {
        if (position >= 0) {
            position += characters;
        }
        return this;
    }

    public CodedException causedBy(Throwable cause) {
        initCause(cause);
        return this;
    }

    public ErrorCode code() {
        return code;
    }

    /** The constant part of the message. */
    public String text() {
        return text;
    }

    public Map<String, String> context() {
        return Collections.unmodifiableMap(context);
    }

    public @Nullable String hint() {
        return hint;
    }

    /** The 1-based character position in the SQL text, if the error belongs to a place in it. */
    public OptionalInt position() {
        return position < 0 ? OptionalInt.empty() : OptionalInt.of(position);
    }

    /** The text followed by its context: {@code column does not exist: column=nme}. */
    @Override
    public String getMessage() {
        if (context.isEmpty()) {
            return text;
        }
        StringBuilder message = new StringBuilder(text);
        String separator = ": ";
        for (Map.Entry<String, String> entry : context.entrySet()) {
            message.append(separator).append(entry.getKey()).append('=').append(entry.getValue());
            separator = ", ";
        }
        return message.toString();
    }

    @Override
    public String toString() {
        return code + ": " + getMessage() + (hint == null ? "" : " (" + hint + ")");
    }
}
