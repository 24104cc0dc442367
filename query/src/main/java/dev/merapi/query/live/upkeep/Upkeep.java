package dev.merapi.query.live.upkeep;

/** Who keeps the rows of a derived result current. Owned by the live thread. */
public sealed interface Upkeep permits MaintainedCircuit, RepeatedRuns {
    /** The commit up to which the known rows are right. */
    long asOf();

    /** How often it was worked on: commits carried in, or runs. */
    long evaluations();

    /** Whether commits that have been applied may be missing in the rows. */
    boolean isStale();
}
