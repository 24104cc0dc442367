package dev.merapi.store.log;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.value.BsatnWriter;
import dev.merapi.store.Commit;
import dev.merapi.store.log.format.CommitEncoder;
import dev.merapi.store.log.format.FrameHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The group that is open. Belongs to the writer's thread, except {@link #recycle}, by which the log's thread hands
 * buffers back.
 */
final class GroupBuilder {
    /** A frame that has reached this length is followed by another one in the same group. */
    private static final int FULL_FRAME_BYTES = 32 << 20;

    /** Larger buffers are left to the garbage collector: one bulk load must not hold memory for good. */
    private static final int MAX_RECYCLED_BYTES = 4 << 20;

    private static final int INITIAL_BYTES = 64 << 10;

    /** One being filled, one being written, some in the queue between. */
    private static final int RECYCLED_BUFFERS = 8;

    private final CommitEncoder encoder = new CommitEncoder();
    private final AtomicReferenceArray<@Nullable BsatnWriter> recycled = new AtomicReferenceArray<>(RECYCLED_BUFFERS);
    private final List<LogGroup.Frame> fullFrames = new ArrayList<>(0);
    private LogGroup.@Nullable Frame open;

    /**
     * Adds a commit.
     *
     * @throws CodedException COMMIT_TOO_LARGE; the group is then as it was before
     */
    void add(Commit commit) {
        LogGroup.Frame frame = open;
        if (frame == null) {
            frame = new LogGroup.Frame(FrameHeader.Kind.COMMITS, buffer(), commit.offset());
            open = frame;
            encoder.startGroup();
        }
        encode(commit, frame);
        if (frame.sizeBytes() >= FULL_FRAME_BYTES) {
            fullFrames.add(frame);
            open = null;
        }
    }

    private void encode(Commit commit, LogGroup.Frame frame) {
        BsatnWriter out = frame.frame();
        int start = out.size();
        try {
            encoder.write(out, commit);
        } catch (CodedException e) {
            out.truncate(start);
            throw tooLarge(commit).causedBy(e);
        }
        if (out.size() - FrameHeader.BYTES > FrameHeader.MAX_PAYLOAD_BYTES) {
            out.truncate(start);
            throw tooLarge(commit);
        }
        if (!commit.schemaChanges().isEmpty()) {
            frame.schemaChanges().addAll(commit.schemaChanges());
        }
        frame.added(commit.timestampMicros());
    }

    /** The group so far, or null if nothing was added; the next commit opens another one. */
    @Nullable
    LogGroup take() {
        LogGroup.Frame frame = open;
        open = null;
        if (fullFrames.isEmpty()) {
            return frame == null ? null : new LogGroup(List.of(frame));
        }
        if (frame != null) {
            fullFrames.add(frame);
        }
        LogGroup group = new LogGroup(fullFrames);
        fullFrames.clear();
        return group;
    }

    /** Takes back the buffer of a frame that was written. Log thread. */
    void recycle(BsatnWriter buffer) {
        if (buffer.array().length <= MAX_RECYCLED_BYTES) {
            for (int i = 0; i < RECYCLED_BUFFERS; i++) {
                if (recycled.compareAndSet(i, null, buffer)) {
                    return;
                }
            }
        }
    }

    private BsatnWriter buffer() {
        for (int i = 0; i < RECYCLED_BUFFERS; i++) {
            BsatnWriter buffer = recycled.getAndSet(i, null);
            if (buffer != null) {
                return buffer;
            }
        }
        return new BsatnWriter(INITIAL_BYTES);
    }

    private static CodedException tooLarge(Commit commit) {
        return new CodedException(ErrorCode.COMMIT_TOO_LARGE, "commit does not fit into one frame of the log")
                .with("offset", commit.offset())
                .with("limitBytes", FrameHeader.MAX_PAYLOAD_BYTES)
                .hint("split the transaction");
    }
}
