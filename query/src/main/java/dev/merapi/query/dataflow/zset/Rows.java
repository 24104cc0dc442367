package dev.merapi.query.dataflow.zset;

import dev.merapi.query.expr.row.ArrayRow;
import dev.merapi.query.expr.row.Row;
import dev.merapi.query.expr.row.TableRow;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows to be held: {@link TableRow} and {@link ArrayRow}, the two kinds with an equality. */
public final class Rows {
    /** What an object costs before its first field, and a reference: 64-bit JVM with compressed references. */
    private static final int OBJECT_BYTES = 16;

    private static final int REFERENCE_BYTES = 4;

    private Rows() {}

    /** The row for as long as one likes, with {@code equals} and {@code hashCode}. */
    public static Row held(Row row) {
        return row instanceof TableRow || row instanceof ArrayRow ? row : new ArrayRow(row.toArray());
    }

    /** About how many bytes of memory a held row takes; bytes shared with a table do not count. */
    public static long bytes(Row row) {
        if (!(row instanceof ArrayRow values)) {
            return OBJECT_BYTES + 8;
        }
        long bytes = 2L * OBJECT_BYTES + 8 + (long) REFERENCE_BYTES * values.size();
        for (int i = 0; i < values.size(); i++) {
            bytes += bytes(values.get(i));
        }
        return bytes;
    }

    /** About how many bytes of memory a value takes, the reference to it not counted. */
    public static long bytes(@Nullable Object value) {
        return switch (value) {
            case null -> 0;
            case Boolean truth -> 0;
            case String text -> 2L * OBJECT_BYTES + 8 + text.length();
            case byte[] bytes -> OBJECT_BYTES + bytes.length;
            case BigDecimal number -> 2L * OBJECT_BYTES + 24;
            case List<?> list -> {
                long bytes = 2L * OBJECT_BYTES;
                for (Object item : list) {
                    bytes += REFERENCE_BYTES + bytes(item);
                }
                yield bytes;
            }
            default -> OBJECT_BYTES + 8;
        };
    }
}
