package dev.merapi.store.log;

import java.util.List;

/**
 * What opening a log found and did, for the log of the server and for people.
 *
 * @param checkpointOffset the checkpoint that was restored, 0 for none
 * @param lastOffset the last commit recovered
 * @param replayedCommits commits applied after the checkpoint
 * @param cutBytes bytes of a group that was never finished, cut off the end
 * @param isClean whether the log had been closed properly; otherwise a new epoch has begun
 * @param damage what was found damaged and could be done without, in words; empty normally
 */
public record RecoveryReport(
        long checkpointOffset,
        long lastOffset,
        long replayedCommits,
        long cutBytes,
        boolean isClean,
        List<String> damage) {
    public RecoveryReport {
        damage = List.copyOf(damage);
    }
}
