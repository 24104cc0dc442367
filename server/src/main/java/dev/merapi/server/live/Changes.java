package dev.merapi.server.live;

import dev.merapi.wire.RowChange;
import java.util.ArrayList;
import java.util.List;

/** Changes of rows on their way into messages. */
final class Changes {
    /** Tag and one or two lengths. */
    private static final int CHANGE_OVERHEAD_BYTES = 9;

    /** Length, tag, ids and offsets of a message. */
    private static final int MESSAGE_OVERHEAD_BYTES = 40;

    private Changes() {}

    static List<RowChange> toWire(List<dev.merapi.query.live.row.RowChange> changes) {
        List<RowChange> translated = new ArrayList<>(changes.size());
        for (dev.merapi.query.live.row.RowChange change : changes) {
            byte[] before = change.before();
            byte[] after = change.after();
            if (before == null && after != null) {
                translated.add(new RowChange.Insert(after));
            } else if (before != null && after == null) {
                translated.add(new RowChange.Delete(before));
            } else if (before != null && after != null) {
                translated.add(new RowChange.Update(before, after));
            }
        }
        return translated;
    }

    /** Cuts a list into pieces whose messages are about {@code maxBytes} long; at least one piece, perhaps empty. */
    static List<List<RowChange>> split(List<RowChange> changes, int maxBytes) {
        List<List<RowChange>> parts = new ArrayList<>(1);
        int start = 0;
        long bytes = 0;
        for (int i = 0; i < changes.size(); i++) {
            long size = sizeBytes(changes.get(i));
            if (i > start && bytes + size > maxBytes) {
                parts.add(changes.subList(start, i));
                start = i;
                bytes = 0;
            }
            bytes += size;
        }
        parts.add(changes.subList(start, changes.size()));
        return parts;
    }

    static int messageBytes(List<RowChange> changes) {
        long bytes = MESSAGE_OVERHEAD_BYTES;
        for (RowChange change : changes) {
            bytes += sizeBytes(change);
        }
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }

    private static long sizeBytes(RowChange change) {
        return CHANGE_OVERHEAD_BYTES
                + switch (change) {
                    case RowChange.Insert c -> c.row().length;
                    case RowChange.Delete c -> c.row().length;
                    case RowChange.Update c -> (long) c.before().length + c.after().length;
                };
    }
}
