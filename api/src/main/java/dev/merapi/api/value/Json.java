package dev.merapi.api.value;

/**
 * A JSON value as text, in the canonical form PostgreSQL gives to {@code jsonb}: one space after {@code :} and
 * {@code ,}, the last of several equal keys kept, keys ordered by length and then by bytes. Whoever makes one keeps
 * that form; equality is equality of the text.
 */
public record Json(String text) {
    @Override
    public String toString() {
        return text;
    }
}
