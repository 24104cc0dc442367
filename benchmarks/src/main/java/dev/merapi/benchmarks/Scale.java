package dev.merapi.benchmarks;

/** How much a benchmark does. */
public enum Scale {
    /** Enough to see that it still works; run with the tests. */
    SMOKE,
    /** The sizes the goals speak of. */
    FULL
}
