package dev.merapi.wire.v1;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCategory;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.value.Bsatn;
import dev.merapi.api.value.BsatnReader;
import dev.merapi.api.value.BsatnWriter;
import dev.merapi.api.value.SchemaCodec;
import dev.merapi.wire.ErrorInfo;
import dev.merapi.wire.Position;
import dev.merapi.wire.RowChange;
import dev.merapi.wire.Statement;
import dev.merapi.wire.TypedValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The parts several messages are made of. */
final class Fields {
    private static final byte[] EMPTY_ROW = new byte[0];

    /** Fewest bytes of an element in a list, by which a hostile count is told before anything is allocated. */
    private static final int MIN_STRING = 4;

    private static final int MIN_VALUE = 1;
    private static final int MIN_STATEMENT = 8;
    private static final int MIN_CHANGE = 5;

    private Fields() {}

    static void writeString(BsatnWriter out, String text) {
        out.putString(text);
    }

    /** For text that quotes what somebody else sent: what UTF-8 cannot express becomes a question mark. */
    static void writeQuotedText(BsatnWriter out, String text) {
        out.putBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    static void writeStrings(BsatnWriter out, List<String> values) {
        writeList(out, values, Fields::writeString);
    }

    static List<String> readStrings(BsatnReader in) {
        return readList(in, MIN_STRING, BsatnReader::getString);
    }

    static void writeStatement(BsatnWriter out, Statement statement) {
        out.putString(statement.sql());
        writeList(out, statement.parameters(), Fields::writeValue);
    }

    static Statement readStatement(BsatnReader in) {
        return new Statement(in.getString(), readList(in, MIN_VALUE, Fields::readValue));
    }

    static void writeStatements(BsatnWriter out, List<Statement> statements) {
        writeList(out, statements, Fields::writeStatement);
    }

    static List<Statement> readStatements(BsatnReader in) {
        return readList(in, MIN_STATEMENT, Fields::readStatement);
    }

    private static void writeValue(BsatnWriter out, TypedValue value) {
        ColumnType type = value.type();
        out.putByte(type == null ? Bsatn.NONE : Bsatn.SOME);
        if (type != null) {
            SchemaCodec.writeType(out, type);
            Bsatn.writeOption(out, type, value.value());
        }
    }

    private static TypedValue readValue(BsatnReader in) {
        if (!readIsSome(in)) {
            return TypedValue.NULL;
        }
        ColumnType type = SchemaCodec.readType(in);
        return new TypedValue(type, Bsatn.readOption(in, type));
    }

    static void writePosition(BsatnWriter out, Position position) {
        out.putLong(position.epoch()).putLong(position.offset());
    }

    static Position readPosition(BsatnReader in) {
        return new Position(in.getLong(), readOffset(in));
    }

    static long readOffset(BsatnReader in) {
        long offset = in.getLong();
        if (offset < 0) {
            throw malformed("offset is too large").with("offset", Long.toUnsignedString(offset));
        }
        return offset;
    }

    static void writeRows(BsatnWriter out, List<byte[]> rows) {
        out.putInt(rows.size());
        for (byte[] row : rows) {
            out.putBytes(row);
        }
    }

    static List<byte[]> readRows(BsatnReader in) {
        int count = in.getCount(MIN_STRING);
        if (count == 0) {
            return List.of();
        }
        // Not by readList: a snapshot has millions of rows, and a call through an interface for each shows.
        List<byte[]> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rows.add(readRow(in));
        }
        return rows;
    }

    private static byte[] readRow(BsatnReader in) {
        byte[] row = in.getBytes();
        return row.length == 0 ? EMPTY_ROW : row;
    }

    static void writeChanges(BsatnWriter out, List<RowChange> changes) {
        out.putInt(changes.size());
        for (RowChange change : changes) {
            switch (change) {
                case RowChange.Insert c -> out.putByte(0).putBytes(c.row());
                case RowChange.Delete c -> out.putByte(1).putBytes(c.row());
                case RowChange.Update c -> out.putByte(2).putBytes(c.before()).putBytes(c.after());
            }
        }
    }

    static List<RowChange> readChanges(BsatnReader in) {
        return readList(in, MIN_CHANGE, Fields::readChange);
    }

    private static RowChange readChange(BsatnReader in) {
        int tag = in.getUnsignedByte();
        return switch (tag) {
            case 0 -> new RowChange.Insert(readRow(in));
            case 1 -> new RowChange.Delete(readRow(in));
            case 2 -> new RowChange.Update(readRow(in), readRow(in));
            default -> throw unknownTag("row change", tag);
        };
    }

    static void writeError(BsatnWriter out, ErrorInfo error) {
        out.putShort(error.number());
        writeQuotedText(out, error.code());
        out.putByte(error.category().ordinal()).putBoolean(error.retryable());
        writeQuotedText(out, error.sqlState());
        writeQuotedText(out, error.text());
        out.putInt(error.context().size());
        error.context().forEach((key, value) -> {
            writeQuotedText(out, key);
            writeQuotedText(out, value);
        });
        writeOption(out, error.hint(), Fields::writeQuotedText);
        writeOptionalInt(out, error.position());
    }

    static ErrorInfo readError(BsatnReader in) {
        int number = Short.toUnsignedInt(in.getShort());
        String code = in.getString();
        ErrorCategory category = readConstant(in, ErrorCategory.values(), "error category");
        boolean retryable = in.getBoolean();
        String sqlState = in.getString();
        String text = in.getString();
        int contextSize = in.getCount(2 * MIN_STRING);
        Map<String, String> context = new LinkedHashMap<>();
        for (int i = 0; i < contextSize; i++) {
            context.put(in.getString(), in.getString());
        }
        String hint = readOption(in, BsatnReader::getString);
        return new ErrorInfo(number, code, category, retryable, sqlState, text, context, hint, readOptionalInt(in));
    }

    static <T> void writeOption(BsatnWriter out, @Nullable T value, BiConsumer<BsatnWriter, T> write) {
        if (value == null) {
            out.putByte(Bsatn.NONE);
        } else {
            out.putByte(Bsatn.SOME);
            write.accept(out, value);
        }
    }

    static <T> @Nullable T readOption(BsatnReader in, Function<BsatnReader, T> read) {
        return readIsSome(in) ? read.apply(in) : null;
    }

    static void writeOptionalInt(BsatnWriter out, OptionalInt value) {
        if (value.isPresent()) {
            out.putByte(Bsatn.SOME).putInt(value.getAsInt());
        } else {
            out.putByte(Bsatn.NONE);
        }
    }

    static OptionalInt readOptionalInt(BsatnReader in) {
        return readIsSome(in) ? OptionalInt.of(readNaturalInt(in)) : OptionalInt.empty();
    }

    /** A u32 that must fit into 31 bits: counts, sizes and durations. */
    static int readNaturalInt(BsatnReader in) {
        int value = in.getInt();
        if (value < 0) {
            throw malformed("number is too large").with("value", Integer.toUnsignedString(value));
        }
        return value;
    }

    static <E extends Enum<E>> E readConstant(BsatnReader in, E[] constants, String what) {
        int tag = in.getUnsignedByte();
        if (tag >= constants.length) {
            throw unknownTag(what, tag);
        }
        return constants[tag];
    }

    static <T> void writeList(BsatnWriter out, List<T> values, BiConsumer<BsatnWriter, T> write) {
        out.putInt(values.size());
        for (T value : values) {
            write.accept(out, value);
        }
    }

    static <T> List<T> readList(BsatnReader in, int minimumBytes, Function<BsatnReader, T> read) {
        int count = in.getCount(minimumBytes);
        if (count == 0) {
            return List.of();
        }
        List<T> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(read.apply(in));
        }
        return values;
    }

    static CodedException unknownTag(String what, int tag) {
        return malformed("unknown tag of a " + what).with("tag", tag);
    }

    private static boolean readIsSome(BsatnReader in) {
        int tag = in.getUnsignedByte();
        if (tag > Bsatn.NONE) {
            throw unknownTag("option", tag);
        }
        return tag == Bsatn.SOME;
    }

    static CodedException malformed(String text) {
        return new CodedException(ErrorCode.MALFORMED_BSATN, text);
    }
}
