package dev.merapi.query.expr;

/** How far the result of a function may be reused. */
public enum Volatility {
    /** Depends on the arguments alone: may be computed once, while planning. */
    IMMUTABLE,
    /** Depends on the arguments and on what is fixed for one statement ({@code now()}, {@code current_user}). */
    STABLE,
    /** May differ on every call ({@code random()}): never computed ahead, never left out, never doubled. */
    VOLATILE
}
