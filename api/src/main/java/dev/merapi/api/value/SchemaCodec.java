package dev.merapi.api.value;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.CheckDefinition;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.ForeignKey;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.PolicyDefinition;
import dev.merapi.api.schema.PrimaryKey;
import dev.merapi.api.schema.RecordType;
import dev.merapi.api.schema.RowSecurity;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.SumType;
import dev.merapi.api.schema.SumType.Variant;
import dev.merapi.api.schema.TableName;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.schema.VarcharType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Types and table schemas as BSATN, for the commit log and the wire. The numbers of types are part of both formats and
 * never change.
 */
public final class SchemaCodec {
    private static final ScalarType[] SCALARS = ScalarType.values();
    private static final int DECIMAL_TAG = 64;
    private static final int VARCHAR_TAG = 65;
    private static final int ARRAY_TAG = 66;
    private static final int NULLABLE_ARRAY_TAG = 67;
    private static final int RECORD_TAG = 68;
    private static final int SUM_TAG = 69;
    /** Nested types deeper than this are refused, so that hostile bytes cannot exhaust the stack. */
    private static final int MAX_TYPE_DEPTH = 16;

    // What stands in a table besides its fixed parts: bits of one byte. A table without row security is written as it
    // was before there was any, and a program from before refuses one with it instead of showing all its rows.
    private static final int HAS_PRIMARY_KEY = 1;
    private static final int HAS_ROW_SECURITY = 2;

    private SchemaCodec() {}

    /** A type: its tag (for a scalar its ordinal in {@link ScalarType}), then its parameters. */
    public static void writeType(BsatnWriter out, ColumnType type) {
        switch (type) {
            case ScalarType scalar -> out.putByte(scalar.ordinal());
            case DecimalType decimal ->
                out.putByte(DECIMAL_TAG).putShort(decimal.precision()).putShort(decimal.scale());
            case VarcharType varchar -> out.putByte(VARCHAR_TAG).putInt(varchar.maxLength());
            case ArrayType array -> {
                out.putByte(array.nullableElements() ? NULLABLE_ARRAY_TAG : ARRAY_TAG);
                writeType(out, array.element());
            }
            case RecordType record -> {
                out.putByte(RECORD_TAG).putString(record.name());
                writeList(out, record.fields(), SchemaCodec::writeColumn);
            }
            case SumType sum -> {
                out.putByte(SUM_TAG).putString(sum.name());
                writeList(out, sum.variants(), SchemaCodec::writeVariant);
            }
        }
    }

    private static void writeVariant(BsatnWriter out, Variant variant) {
        out.putString(variant.name());
        ColumnType payload = variant.payload();
        out.putBoolean(payload != null);
        if (payload != null) {
            writeType(out, payload);
            out.putBoolean(variant.nullable());
        }
    }

    private static Variant readVariant(BsatnReader in, int depth) {
        String name = in.getString();
        return in.getBoolean() ? new Variant(name, readType(in, depth), in.getBoolean()) : Variant.of(name);
    }

    public static ColumnType readType(BsatnReader in) {
        return readType(in, 0);
    }

    private static ColumnType readType(BsatnReader in, int depth) {
        int tag = in.getUnsignedByte();
        if (tag < SCALARS.length) {
            return SCALARS[tag];
        }
        if (depth >= MAX_TYPE_DEPTH && tag >= ARRAY_TAG) {
            throw malformed("type is nested too deeply").with("limit", MAX_TYPE_DEPTH);
        }
        return switch (tag) {
            case DECIMAL_TAG -> new DecimalType(Short.toUnsignedInt(in.getShort()), Short.toUnsignedInt(in.getShort()));
            case VARCHAR_TAG -> new VarcharType(in.getInt());
            case ARRAY_TAG, NULLABLE_ARRAY_TAG -> new ArrayType(readType(in, depth + 1), tag == NULLABLE_ARRAY_TAG);
            case RECORD_TAG -> new RecordType(in.getString(), readList(in, i -> readColumn(i, depth + 1)));
            case SUM_TAG -> new SumType(in.getString(), readList(in, i -> readVariant(i, depth + 1)));
            default -> throw malformed("unknown type tag").with("tag", tag);
        };
    }

    /** A column: name, type, nullable flag. */
    public static void writeColumn(BsatnWriter out, Column column) {
        out.putString(column.name());
        writeType(out, column.type());
        out.putBoolean(column.nullable());
    }

    public static Column readColumn(BsatnReader in) {
        return readColumn(in, 0);
    }

    private static Column readColumn(BsatnReader in, int depth) {
        return new Column(in.getString(), readType(in, depth), in.getBoolean());
    }

    public static void writeRowType(BsatnWriter out, RowType type) {
        writeList(out, type.columns(), SchemaCodec::writeColumn);
    }

    public static RowType readRowType(BsatnReader in) {
        List<Column> columns = readList(in, SchemaCodec::readColumn);
        return columns.isEmpty() ? RowType.EMPTY : new RowType(columns);
    }

    public static void writeTable(BsatnWriter out, TableSchema table) {
        out.putInt(table.tableId());
        out.putString(table.name().schema()).putString(table.name().table());
        writeList(out, table.columns(), SchemaCodec::writeColumnDefinition);
        PrimaryKey key = table.primaryKey();
        boolean secured = !table.rowSecurity().equals(RowSecurity.NONE);
        out.putByte((key == null ? 0 : HAS_PRIMARY_KEY) | (secured ? HAS_ROW_SECURITY : 0));
        if (key != null) {
            out.putString(key.constraintName()).putInt(key.indexId());
        }
        writeList(out, table.indexes(), SchemaCodec::writeIndex);
        writeList(out, table.checks(), (o, check) -> o.putString(check.name()).putString(check.sql()));
        writeList(out, table.foreignKeys(), SchemaCodec::writeForeignKey);
        if (secured) {
            writeRowSecurity(out, table.rowSecurity());
        }
        out.putInt(table.version());
    }

    public static TableSchema readTable(BsatnReader in) {
        int tableId = in.getInt();
        TableName name = new TableName(in.getString(), in.getString());
        List<ColumnDefinition> columns = readList(in, SchemaCodec::readColumnDefinition);
        int parts = in.getUnsignedByte();
        if ((parts & ~(HAS_PRIMARY_KEY | HAS_ROW_SECURITY)) != 0) {
            throw malformed("unknown part of a table").with("parts", parts);
        }
        PrimaryKey key = (parts & HAS_PRIMARY_KEY) != 0 ? new PrimaryKey(in.getString(), in.getInt()) : null;
        List<IndexDefinition> indexes = readList(in, SchemaCodec::readIndex);
        List<CheckDefinition> checks = readList(in, i -> new CheckDefinition(i.getString(), i.getString()));
        List<ForeignKey> foreignKeys = readList(in, SchemaCodec::readForeignKey);
        RowSecurity security = (parts & HAS_ROW_SECURITY) != 0 ? readRowSecurity(in) : RowSecurity.NONE;
        return new TableSchema(tableId, name, columns, key, indexes, checks, foreignKeys, security, in.getInt());
    }

    private static void writeRowSecurity(BsatnWriter out, RowSecurity security) {
        out.putBoolean(security.enabled()).putBoolean(security.forced());
        writeList(out, security.policies(), SchemaCodec::writePolicy);
        out.putInt(security.revision());
    }

    private static RowSecurity readRowSecurity(BsatnReader in) {
        return new RowSecurity(in.getBoolean(), in.getBoolean(), readList(in, SchemaCodec::readPolicy), in.getInt());
    }

    private static void writePolicy(BsatnWriter out, PolicyDefinition policy) {
        out.putString(policy.name()).putByte(policy.command().ordinal()).putBoolean(policy.permissive());
        writeList(out, policy.roles(), BsatnWriter::putString);
        out.putString(policy.searchSchema());
        writeOptionalString(out, policy.usingSql());
        writeOptionalString(out, policy.checkSql());
    }

    private static PolicyDefinition readPolicy(BsatnReader in) {
        return new PolicyDefinition(
                in.getString(),
                constant(PolicyDefinition.Command.values(), in),
                in.getBoolean(),
                readList(in, BsatnReader::getString),
                in.getString(),
                readOptionalString(in),
                readOptionalString(in));
    }

    public static void writeColumnDefinition(BsatnWriter out, ColumnDefinition column) {
        writeColumn(out, column.column());
        writeOptionalString(out, column.defaultSql());
        out.putByte(column.identity().ordinal());
    }

    public static ColumnDefinition readColumnDefinition(BsatnReader in) {
        return new ColumnDefinition(
                readColumn(in), readOptionalString(in), constant(ColumnDefinition.Identity.values(), in));
    }

    private static void writeIndex(BsatnWriter out, IndexDefinition index) {
        out.putInt(index.indexId()).putString(index.name());
        writeList(out, index.columns(), BsatnWriter::putInt);
        out.putBoolean(index.unique()).putByte(index.kind().ordinal());
    }

    private static IndexDefinition readIndex(BsatnReader in) {
        return new IndexDefinition(
                in.getInt(),
                in.getString(),
                readList(in, BsatnReader::getInt),
                in.getBoolean(),
                constant(IndexDefinition.Kind.values(), in));
    }

    private static void writeForeignKey(BsatnWriter out, ForeignKey key) {
        out.putString(key.name());
        writeList(out, key.columns(), BsatnWriter::putInt);
        out.putInt(key.referencedTableId());
        writeList(out, key.referencedColumns(), BsatnWriter::putInt);
        out.putByte(key.onDelete().ordinal()).putByte(key.onUpdate().ordinal());
    }

    private static ForeignKey readForeignKey(BsatnReader in) {
        return new ForeignKey(
                in.getString(),
                readList(in, BsatnReader::getInt),
                in.getInt(),
                readList(in, BsatnReader::getInt),
                constant(ForeignKey.Action.values(), in),
                constant(ForeignKey.Action.values(), in));
    }

    private static void writeOptionalString(BsatnWriter out, @Nullable String text) {
        out.putBoolean(text != null);
        if (text != null) {
            out.putString(text);
        }
    }

    private static @Nullable String readOptionalString(BsatnReader in) {
        return in.getBoolean() ? in.getString() : null;
    }

    private static <T> void writeList(BsatnWriter out, List<T> values, BiConsumer<BsatnWriter, T> write) {
        out.putInt(values.size());
        for (T value : values) {
            write.accept(out, value);
        }
    }

    private static <T> List<T> readList(BsatnReader in, Function<BsatnReader, T> read) {
        int count = in.getCount(1);
        List<T> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(read.apply(in));
        }
        return values;
    }

    private static <E> E constant(E[] constants, BsatnReader in) {
        int ordinal = in.getUnsignedByte();
        if (ordinal >= constants.length) {
            throw malformed("unknown choice").with("value", ordinal);
        }
        return constants[ordinal];
    }

    private static CodedException malformed(String text) {
        return new CodedException(ErrorCode.MALFORMED_BSATN, text);
    }
}
