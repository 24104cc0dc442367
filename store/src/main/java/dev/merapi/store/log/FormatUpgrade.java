package dev.merapi.store.log;

import dev.merapi.store.log.format.FormatVersion;
import dev.merapi.store.log.format.LogNames;
import dev.merapi.store.log.format.SegmentHeader;
import java.io.IOException;
import java.util.List;

/**
 * Brings files written by an older release to the present format, one class per version step, so that a database of any
 * age can be opened. Runs before recovery. Version 1 is the first, so there is no step yet.
 */
final class FormatUpgrade {
    /** The steps of this release. */
    static final FormatUpgrade CURRENT = new FormatUpgrade(List.of(), FormatVersion.CURRENT);

    private final List<Step> steps;
    private final int target;

    /**
     * From one version to the next. The header of a segment is rewritten last, so that a step that was interrupted runs
     * again; it must come to the same result then.
     */
    interface Step {
        /** The version it starts from; it ends with the one after it. */
        int from();

        /** Rewrites all files of the storage. */
        void run(LogStorage storage) throws IOException;
    }

    /**
     * @param steps one for each version from 1 to the one before the target
     */
    FormatUpgrade(List<? extends Step> steps, int target) {
        this.steps = List.copyOf(steps);
        this.target = target;
        for (int i = 0; i < this.steps.size(); i++) {
            if (this.steps.get(i).from() != i + 1) {
                throw new IllegalArgumentException(
                        "step " + i + " starts from " + this.steps.get(i).from());
            }
        }
        if (this.steps.size() != target - 1) {
            throw new IllegalArgumentException(this.steps.size() + " steps do not lead to version " + target);
        }
    }

    void run(LogStorage storage) throws IOException {
        for (int version = oldestVersion(storage); version < target; version++) {
            steps.get(version - 1).run(storage);
        }
    }

    /** Damaged headers are left to recovery. */
    private int oldestVersion(LogStorage storage) throws IOException {
        int oldest = target;
        for (long offset : LogNames.segmentOffsets(storage.segments())) {
            String name = LogNames.segment(offset);
            try (SegmentFile file = storage.openSegment(name)) {
                byte[] bytes = new byte[SegmentHeader.BYTES];
                file.read(0, bytes, 0, bytes.length);
                SegmentHeader header = SegmentHeader.decode(bytes);
                if (header != null) {
                    FormatVersion.requireReadable(header.version(), target, name);
                    oldest = Math.min(oldest, header.version());
                }
            }
        }
        return oldest;
    }
}
