package dev.merapi.store.log.format;

import dev.merapi.api.value.BsatnReader;
import dev.merapi.api.value.BsatnWriter;
import dev.merapi.api.value.SchemaCodec;
import dev.merapi.store.SchemaChange;
import dev.merapi.store.SchemaChange.RowRewrite;

/**
 * The binary form of schema changes: a tag, then the parts. Tags are stored and never reused.
 *
 * <pre>
 * change  = 1 name:text | 2 name:text | 3 table | 4 tableId:varint | 5 table rewrite
 * rewrite = 1 | 2 encoded:bytes | 3 column:varint | 4 column:varint nullable:bool | 5
 * table   = as SchemaCodec writes it
 * </pre>
 */
final class SchemaChangeCodec {
    private static final int SCHEMA_CREATED = 1;
    private static final int SCHEMA_DROPPED = 2;
    private static final int TABLE_CREATED = 3;
    private static final int TABLE_DROPPED = 4;
    private static final int TABLE_ALTERED = 5;

    private static final int KEEP = 1;
    private static final int APPEND_COLUMN = 2;
    private static final int CUT_COLUMN = 3;
    private static final int CHANGE_NULLABILITY = 4;
    private static final int REFILL = 5;

    private SchemaChangeCodec() {}

    static void write(BsatnWriter out, SchemaChange change) {
        switch (change) {
            case SchemaChange.SchemaCreated created -> {
                out.putByte(SCHEMA_CREATED);
                Varint.putText(out, created.name());
            }
            case SchemaChange.SchemaDropped dropped -> {
                out.putByte(SCHEMA_DROPPED);
                Varint.putText(out, dropped.name());
            }
            case SchemaChange.TableCreated created -> {
                out.putByte(TABLE_CREATED);
                SchemaCodec.writeTable(out, created.table());
            }
            case SchemaChange.TableDropped dropped -> {
                out.putByte(TABLE_DROPPED);
                Varint.put(out, dropped.tableId());
            }
            case SchemaChange.TableAltered altered -> {
                out.putByte(TABLE_ALTERED);
                SchemaCodec.writeTable(out, altered.table());
                writeRewrite(out, altered.rewrite());
            }
        }
    }

    static SchemaChange read(BsatnReader in) {
        int tag = in.getUnsignedByte();
        return switch (tag) {
            case SCHEMA_CREATED -> new SchemaChange.SchemaCreated(Varint.getText(in));
            case SCHEMA_DROPPED -> new SchemaChange.SchemaDropped(Varint.getText(in));
            case TABLE_CREATED -> new SchemaChange.TableCreated(SchemaCodec.readTable(in));
            case TABLE_DROPPED -> new SchemaChange.TableDropped(Varint.getInt(in));
            case TABLE_ALTERED -> new SchemaChange.TableAltered(SchemaCodec.readTable(in), readRewrite(in));
            default -> throw Varint.malformed("unknown kind of schema change", tag);
        };
    }

    private static void writeRewrite(BsatnWriter out, RowRewrite rewrite) {
        switch (rewrite) {
            case RowRewrite.Keep keep -> out.putByte(KEEP);
            case RowRewrite.AppendColumn append -> {
                out.putByte(APPEND_COLUMN);
                Varint.putBytes(out, append.encoded());
            }
            case RowRewrite.CutColumn cut -> {
                out.putByte(CUT_COLUMN);
                Varint.put(out, cut.column());
            }
            case RowRewrite.ChangeNullability change -> {
                out.putByte(CHANGE_NULLABILITY);
                Varint.put(out, change.column());
                out.putBoolean(change.nullable());
            }
            case RowRewrite.Refill refill -> out.putByte(REFILL);
        }
    }

    private static RowRewrite readRewrite(BsatnReader in) {
        int tag = in.getUnsignedByte();
        return switch (tag) {
            case KEEP -> RowRewrite.NONE;
            case APPEND_COLUMN -> new RowRewrite.AppendColumn(Varint.getBytes(in));
            case CUT_COLUMN -> new RowRewrite.CutColumn(Varint.getInt(in));
            case CHANGE_NULLABILITY -> new RowRewrite.ChangeNullability(Varint.getInt(in), in.getBoolean());
            case REFILL -> new RowRewrite.Refill();
            default -> throw Varint.malformed("unknown kind of row rewrite", tag);
        };
    }
}
