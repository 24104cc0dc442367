package dev.merapi.query.exec.join;

/** What becomes of rows with and without partners. */
public enum JoinKind {
    INNER,
    /** Left rows without partner come with NULLs. */
    LEFT,
    /** Right rows without partner come with NULLs. */
    RIGHT,
    FULL,
    /** Left rows that have a partner, alone. */
    SEMI,
    /** Left rows that have none, alone. */
    ANTI;

    /** Whether left rows without partner come all the same. */
    boolean keepsLeft() {
        return this == LEFT || this == FULL;
    }

    boolean keepsRight() {
        return this == RIGHT || this == FULL;
    }

    /** Whether only the left columns come out. */
    public boolean leftOnly() {
        return this == SEMI || this == ANTI;
    }
}
