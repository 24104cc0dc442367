package dev.merapi.store.log.format;

import dev.merapi.api.value.BsatnWriter;
import dev.merapi.store.Caller;
import dev.merapi.store.Commit;
import dev.merapi.store.SequenceChange;
import dev.merapi.store.TableDelta;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the commits of one group, one behind the other; {@link CommitCodec} describes the form.
 *
 * <p>Callers and causes repeat from commit to commit and may be longer than the change itself (a token's claims), so
 * each pair is written once per group and later only referred to. Belongs to the writer's thread.
 */
public final class CommitEncoder {
    private record Origin(Caller caller, String cause) {}

    private final Map<Origin, Integer> origins = new HashMap<>();
    private @Nullable Caller lastCaller;
    private @Nullable String lastCause;
    private int lastOrigin;
    private long previousTimestamp;

    /** Forgets the commits of the group before. */
    public void startGroup() {
        if (!origins.isEmpty()) {
            origins.clear();
        }
        lastCaller = null;
        lastCause = null;
        previousTimestamp = 0;
    }

    public void write(BsatnWriter out, Commit commit) {
        Varint.putSigned(out, commit.timestampMicros() - previousTimestamp);
        previousTimestamp = commit.timestampMicros();
        writeOrigin(out, commit.caller(), commit.cause());
        Varint.put(out, commit.schemaChanges().size());
        for (int i = 0; i < commit.schemaChanges().size(); i++) {
            SchemaChangeCodec.write(out, commit.schemaChanges().get(i));
        }
        List<TableDelta> tables = commit.tables();
        Varint.put(out, tables.size());
        for (int i = 0; i < tables.size(); i++) {
            writeDelta(out, tables.get(i));
        }
        List<SequenceChange> sequences = commit.sequences();
        Varint.put(out, sequences.size());
        for (int i = 0; i < sequences.size(); i++) {
            writeSequence(out, sequences.get(i));
        }
    }

    @SuppressWarnings(
            "ReferenceEquality") // the same objects commit after commit are the fast case; equal ones are found below
    private void writeOrigin(BsatnWriter out, Caller caller, String cause) {
        if (caller == lastCaller && cause == lastCause) {
            Varint.put(out, lastOrigin);
            return;
        }
        Origin origin = new Origin(caller, cause);
        Integer known = origins.get(origin);
        lastCaller = caller;
        lastCause = cause;
        if (known != null) {
            lastOrigin = known;
            Varint.put(out, known);
            return;
        }
        lastOrigin = origins.size() + 1;
        origins.put(origin, lastOrigin);
        Varint.put(out, 0);
        Varint.putText(out, caller.identity());
        Varint.put(out, caller.claims().size());
        for (Map.Entry<String, String> claim : caller.claims().entrySet()) {
            Varint.putText(out, claim.getKey());
            Varint.putText(out, claim.getValue());
        }
        Varint.putText(out, cause);
    }

    private static void writeDelta(BsatnWriter out, TableDelta delta) {
        Varint.put(out, delta.table().tableId());
        int size = delta.size();
        Varint.put(out, size);
        long previousRowId = 0;
        for (int i = 0; i < size; i++) {
            byte[] before = delta.before(i);
            byte[] after = delta.after(i);
            long rowId = delta.rowId(i);
            int kind = (before == null ? 0 : CommitCodec.HAS_BEFORE) | (after == null ? 0 : CommitCodec.HAS_AFTER);
            Varint.putSigned(out, rowId - previousRowId);
            out.putByte(kind);
            previousRowId = rowId;
            if (before != null) {
                Varint.putBytes(out, before);
            }
            if (after != null) {
                Varint.putBytes(out, after);
            }
        }
    }

    private static void writeSequence(BsatnWriter out, SequenceChange sequence) {
        Varint.put(out, sequence.tableId());
        Varint.put(out, sequence.column());
        Varint.putSigned(out, sequence.lastValue());
    }
}
