package dev.merapi.store.log;

import dev.merapi.api.error.CodedException;
import dev.merapi.store.Catalog;
import dev.merapi.store.RecoveryTarget;
import dev.merapi.store.log.Checkpoints.Restored;
import dev.merapi.store.log.LogOptions.OnDamage;
import dev.merapi.store.log.Replay.Damage;
import dev.merapi.store.log.SegmentWriter.LogEnd;
import dev.merapi.store.log.format.Lineage;
import dev.merapi.store.log.format.LogNames;
import dev.merapi.store.log.format.Mark;
import dev.merapi.store.log.format.SegmentHeader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a log holds and brings it back: the newest intact checkpoint, then the commits behind it. What it
 * yields is a prefix of what was written and includes everything that was ever confirmed, or it refuses.
 *
 * <p><b>Torn or damaged?</b> The log writes one frame, forces it, confirms it, and only then writes the next. So the
 * frame at the very end may be incomplete because the process or the machine stopped, and may be cut off: nobody was
 * told of it. Anything else that is not intact was confirmed and has been damaged since. The two are told apart by
 * witnesses that the frame had been confirmed:
 *
 * <ul>
 *   <li>an intact frame header, a later segment, or any bytes at all behind the frame: they are written afterwards;
 *   <li>the {@link Mark}, or a checkpoint, that names a commit which is not there.
 * </ul>
 *
 * <p>What remains undetected: the last frame of the log is damaged (or lost as a whole) <em>and</em> the mark did not
 * reach the disk, which takes a loss of power together with damage to the very group that was written last. A process
 * that is killed does not suffice, because the operating system still writes the mark.
 */
final class Recovery {
    private final LogStorage storage;
    private final LogOptions options;
    private final Checkpoints checkpoints;
    private final RecoveryTarget target;
    private final @Nullable Mark mark;
    private final List<StoredSegment> stored;
    private final List<String> remarks = new ArrayList<>();
    private long cutBytes;

    Recovery(LogStorage storage, LogOptions options, Checkpoints checkpoints, RecoveryTarget target)
            throws IOException {
        this.storage = storage;
        this.options = options;
        this.checkpoints = checkpoints;
        this.target = target;
        mark = Marks.readNewest(storage);
        stored = StoredSegment.inspectAll(storage);
    }

    /**
     * A log ready to go on.
     *
     * @param segments all segments, the newest included
     * @param mark the mark to go on from
     */
    record Recovered(LogEnd end, List<Segment> segments, Mark mark, RecoveryReport report) {}

    Recovered run() throws IOException {
        if (stored.isEmpty()) {
            return create();
        }
        long databaseId = identify();
        Restored base = checkpoints.restoreNewest(databaseId, target, remarks);
        dropUnbegun(databaseId, base);
        if (stored.isEmpty()) {
            return create();
        }
        Replay replay = new Replay(storage, databaseId, base.offset(), stored, target);
        Damage found = replay.run();
        if (found == null) {
            found = missingAtEnd(replay, base);
        }
        LogEnd end = found == null ? goOn(databaseId, replay) : mend(databaseId, replay, base, found);
        checkpoints.removeAfter(base.offset());
        boolean isClean = found == null && isClosedAt(end);
        return new Recovered(
                end,
                segmentsUpTo(end),
                mark == null ? new Mark(0, databaseId, end.lineage().current(), 0, false) : mark,
                new RecoveryReport(base.offset(), end.lastOffset(), replay.applied(), cutBytes, isClean, remarks));
    }

    /** Makes a new log, unless there ever was one here. */
    private Recovered create() throws IOException {
        boolean hadCommits = mark != null && mark.confirmedOffset() > 0;
        if (hadCommits || !checkpoints.isEmpty()) {
            throw LogErrors.corrupt(storage.location(), 0, "all segments of the log are missing")
                    .hint("restore the log directory, or move the data directory away to begin a new database");
        }
        long epoch = newEpoch(options);
        Mark first = new Mark(mark == null ? 0 : mark.sequence() + 1, epoch, epoch, 0, false);
        // The mark before the segment: from then on the database has an identity that a damaged header cannot hide.
        storage.writeMark(first.slot(), first.encode(), true);
        LogEnd end = SegmentWriter.create(storage, epoch, Lineage.of(epoch), Catalog.EMPTY, 1);
        return new Recovered(end, List.of(end.segment()), first, new RecoveryReport(0, 0, 0, cutBytes, true, remarks));
    }

    /** Whose log this is. All files have to agree. */
    private long identify() {
        @Nullable Long id = mark == null ? null : mark.databaseId();
        for (StoredSegment segment : stored) {
            SegmentHeader header = segment.header();
            if (header != null && id != null && id != header.databaseId()) {
                throw LogErrors.corrupt(segment.name(), 0, "the segment belongs to another database")
                        .hint("files of two databases are mixed here: restore the directory from one of them");
            }
            id = header == null ? id : Long.valueOf(header.databaseId());
        }
        if (id == null) {
            throw LogErrors.corrupt(stored.getFirst().name(), 0, "neither the mark nor a segment header is intact")
                    .hint("restore the data directory from a copy");
        }
        return id;
    }

    /** A newest segment that was being created when the process ended holds nothing and is made again when needed. */
    private void dropUnbegun(long databaseId, Restored base) throws IOException {
        StoredSegment last = stored.getLast();
        if (!last.isBegun()
                && base.offset() < last.firstOffset()
                && (mark == null || mark.confirmedOffset() < last.firstOffset())
                && last.witnessBehindBeginning(storage, databaseId) == null) {
            storage.deleteSegment(last.name());
            stored.removeLast();
            cutBytes += last.length();
        }
    }

    /** Whole frames can be missing without a trace in the segment. */
    private @Nullable Damage missingAtEnd(Replay replay, Restored base) {
        boolean isMissing =
                replay.lastOffset() < base.offset() || (mark != null && replay.lastOffset() < mark.confirmedOffset());
        return isMissing ? replay.damage("commits at the end of the log are missing", null) : null;
    }

    private @Nullable String witness(Damage found, Restored base) {
        if (found.witness() != null) {
            return found.witness();
        }
        if (mark != null && mark.confirmedOffset() >= found.expectedOffset()) {
            return "commits up to " + mark.confirmedOffset() + " were confirmed";
        }
        return base.offset() >= found.expectedOffset() ? "the checkpoint of " + base.offset() + " is newer" : null;
    }

    private LogEnd mend(long databaseId, Replay replay, Restored base, Damage found) throws IOException {
        String witness = witness(found, base);
        if (witness == null) {
            cutBytes += stored.getLast().length() - found.position();
            return goOn(databaseId, replay);
        }
        boolean isAnythingLeft = base.offset() > 0 || replay.applied() > 0;
        if (options.onDamage() == OnDamage.REFUSE || !isAnythingLeft) {
            throw refuse(stored.get(found.segment()).name(), found, witness);
        }
        remarks.add("salvaged up to offset " + Math.max(base.offset(), replay.lastOffset()) + ": " + found.what()
                + ", and " + witness);
        Salvage salvage = new Salvage(storage, stored);
        if (replay.lastOffset() < base.offset()) {
            salvage.setAsideFrom(0);
            Lineage lineage = Lineage.of(newEpoch(options));
            return SegmentWriter.create(storage, databaseId, lineage, base.catalog(), base.offset() + 1);
        }
        if (found.position() > SegmentHeader.BYTES) {
            salvage.setAsideTail(found.segment(), found.position());
            salvage.setAsideFrom(found.segment() + 1);
            return goOn(databaseId, replay);
        }
        salvage.setAsideFrom(found.segment());
        return SegmentWriter.create(storage, databaseId, replay.lineage(), replay.catalog(), replay.lastOffset() + 1);
    }

    /**
     * Opens the end for writing and makes sure that it is on the disk: a frame may have been read that was written but
     * never forced, or whose force failed and whose pages are only believed to be clean. It is written once more.
     */
    private LogEnd goOn(long databaseId, Replay replay) throws IOException {
        Segment segment = replay.segment();
        SegmentFile file = storage.openSegment(segment.name());
        try {
            file.truncate(replay.position());
            byte[] last = new byte[Math.toIntExact(replay.position() - replay.lastFrame())];
            if (file.read(replay.lastFrame(), last, 0, last.length) != last.length) {
                throw new IOException("segment became shorter while it was read: " + segment.name());
            }
            file.write(replay.lastFrame(), last, 0, last.length);
            file.force();
        } catch (IOException e) {
            file.close();
            throw e;
        }
        return new LogEnd(
                databaseId,
                segment,
                file,
                replay.lineage(),
                replay.catalog(),
                replay.lastOffset(),
                replay.lastTimestampMicros());
    }

    private boolean isClosedAt(LogEnd end) {
        return mark != null
                && mark.clean()
                && mark.confirmedOffset() == end.lastOffset()
                && mark.epoch() == end.lineage().current();
    }

    private List<Segment> segmentsUpTo(LogEnd end) {
        List<Segment> segments = new ArrayList<>();
        for (StoredSegment segment : stored) {
            if (segment.firstOffset() < end.segment().firstOffset()) {
                segments.add(segment.segment());
            }
        }
        segments.add(end.segment());
        return segments;
    }

    private CodedException refuse(String file, Damage found, String witness) {
        return LogErrors.corrupt(file, found.position(), found.what())
                .with("offset", found.expectedOffset())
                .with("witness", witness)
                .hint("confirmed commits from this offset on cannot be read: restore the data directory from a copy, or"
                        + " open it with salvage to go on with the commits before it");
    }

    /** The id of an epoch; never 0, which stands for none. */
    static long newEpoch(LogOptions options) {
        long epoch = options.epochs().nextLong();
        return epoch == 0 ? 1 : epoch;
    }

    /** Moves what cannot be used out of the way without destroying it: somebody may want to look at it. */
    private static final class Salvage {
        private static final int COPY_BYTES = 1 << 20;

        private final LogStorage storage;
        private final List<StoredSegment> stored;

        /**
         * @param stored the segments; those set aside are removed from it
         */
        Salvage(LogStorage storage, List<StoredSegment> stored) {
            this.storage = storage;
            this.stored = stored;
        }

        /** Renames all segments from this one on, the newest first: what is left is a log at every moment. */
        void setAsideFrom(int index) throws IOException {
            while (stored.size() > index) {
                String name = stored.removeLast().name();
                storage.renameSegment(name, LogNames.setAside(name, storage.segments()));
            }
        }

        /** Copies the rest of a segment, which is going to be cut off. */
        void setAsideTail(int index, long position) throws IOException {
            String name = stored.get(index).name();
            byte[] buffer = new byte[COPY_BYTES];
            try (SegmentFile from = storage.openSegment(name);
                    SegmentFile to = storage.createSegment(LogNames.setAside(name, storage.segments()))) {
                long done = 0;
                int read;
                while ((read = from.read(position + done, buffer, 0, buffer.length)) > 0) {
                    to.write(done, buffer, 0, read);
                    done += read;
                }
                to.force();
            }
        }
    }
}
