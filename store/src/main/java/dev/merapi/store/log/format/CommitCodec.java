package dev.merapi.store.log.format;

import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.BsatnReader;
import dev.merapi.store.Caller;
import dev.merapi.store.Catalog;
import dev.merapi.store.Commit;
import dev.merapi.store.SchemaChange;
import dev.merapi.store.SequenceChange;
import dev.merapi.store.TableDelta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The binary form of commits, as they stand one behind the other in the payload of a frame. Rows are copied as they
 * are, before images as well as after images, because a client that resumes needs to know what went away.
 *
 * <pre>
 * commit    = timestamp:signed            difference to the commit before in the frame (to 0 for the first)
 *             origin:varint               0: a new one follows; n: the nth new one of the frame
 *            [identity:text claims:varint {key:text value:text} cause:text]
 *             changes:varint  {change}    see {@link SchemaChangeCodec}
 *             tables:varint   {delta}
 *             sequences:varint{tableId:varint column:varint lastValue:signed}
 * delta     = tableId:varint size:varint {row}
 * row       = rowId:signed                difference to the row before in the delta (to 0 for the first)
 *             kind:u8                     1 has a before image, 2 has an after image
 *            [before:bytes] [after:bytes]
 * text, bytes = length:varint, then that many bytes
 * varint    = seven bits per byte, low first; signed = zigzag varint
 * </pre>
 *
 * <p>The offset is not stored: it follows from the frame. Neither are the columns of a table: rows are opaque here, and
 * the {@link Catalog} the decoder carries along says which table they belong to.
 */
public final class CommitCodec {
    static final int HAS_BEFORE = 1;
    static final int HAS_AFTER = 2;

    private CommitCodec() {}

    /** Reads the commits of one frame in order. */
    public static final class Decoder {
        private final BsatnReader in;
        private final List<Caller> callers = new ArrayList<>();
        private final List<String> causes = new ArrayList<>();
        private Catalog catalog;
        private long offset;
        private long timestamp;

        /**
         * @param catalog the tables before the first commit of the frame
         * @param firstOffset the offset of the first commit of the frame
         */
        public Decoder(byte[] bytes, int at, int length, Catalog catalog, long firstOffset) {
            this.in = new BsatnReader(bytes, at, length);
            this.catalog = catalog;
            this.offset = firstOffset - 1;
        }

        /** The tables after the commit read last. */
        public Catalog catalog() {
            return catalog;
        }

        public boolean hasNext() {
            return in.hasRemaining();
        }

        public Commit next() {
            offset++;
            timestamp += Varint.getSigned(in);
            int origin = readOrigin();
            List<SchemaChange> changes = readSchemaChanges();
            List<TableDelta> tables = readDeltas();
            List<SequenceChange> sequences = readSequences();
            return new Commit(offset, timestamp, callers.get(origin), causes.get(origin), changes, tables, sequences);
        }

        /** Fails if something is left. */
        public void expectEnd() {
            in.expectEnd();
        }

        private int readOrigin() {
            int reference = Varint.getInt(in);
            if (reference > callers.size()) {
                throw Varint.malformed("reference to an origin that was not written", reference);
            }
            if (reference == 0) {
                String identity = Varint.getText(in);
                Map<String, String> claims = new HashMap<>();
                int count = Varint.getCount(in, 2);
                for (int i = 0; i < count; i++) {
                    String key = Varint.getText(in);
                    claims.put(key, Varint.getText(in));
                }
                callers.add(new Caller(identity, claims));
                causes.add(Varint.getText(in));
                return callers.size() - 1;
            }
            return reference - 1;
        }

        private List<SchemaChange> readSchemaChanges() {
            int count = Varint.getCount(in, 2);
            if (count == 0) {
                return List.of();
            }
            List<SchemaChange> changes = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                SchemaChange change = SchemaChangeCodec.read(in);
                changes.add(change);
                catalog = catalog.with(change);
            }
            return changes;
        }

        private List<TableDelta> readDeltas() {
            int count = Varint.getCount(in, 2);
            if (count == 0) {
                return List.of();
            }
            if (count == 1) {
                return List.of(readDelta());
            }
            List<TableDelta> deltas = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                deltas.add(readDelta());
            }
            return deltas;
        }

        private TableDelta readDelta() {
            TableSchema table = catalog.get(Varint.getInt(in));
            int size = Varint.getCount(in, 3);
            long[] rowIds = new long[size];
            byte[] @Nullable [] images = new byte[2 * size][];
            long rowId = 0;
            for (int i = 0; i < size; i++) {
                rowId += Varint.getSigned(in);
                rowIds[i] = rowId;
                int kind = in.getByte();
                if (kind < HAS_BEFORE || kind > (HAS_BEFORE | HAS_AFTER)) {
                    throw Varint.malformed("unknown kind of row change", kind);
                }
                if ((kind & HAS_BEFORE) != 0) {
                    images[2 * i] = Varint.getBytes(in);
                }
                if ((kind & HAS_AFTER) != 0) {
                    images[2 * i + 1] = Varint.getBytes(in);
                }
            }
            return TableDelta.of(table, rowIds, images);
        }

        private List<SequenceChange> readSequences() {
            int count = Varint.getCount(in, 3);
            if (count == 0) {
                return List.of();
            }
            List<SequenceChange> sequences = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                int tableId = Varint.getInt(in);
                int column = Varint.getInt(in);
                sequences.add(new SequenceChange(tableId, column, Varint.getSigned(in)));
            }
            return sequences;
        }
    }
}
