package dev.merapi.store.table;

import dev.merapi.api.value.RowLayout;
import dev.merapi.store.SchemaChange.RowRewrite;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How one stored row becomes a row of the changed table: deterministic, so that replay gives the same bytes. */
public final class TableRewrite {
    /** The option tag in front of a value that is there. */
    private static final byte SOME = 0;

    private final RowLayout before;
    private final RowRewrite rewrite;

    /** @param before the layout of the rows as they are stored now */
    public TableRewrite(RowLayout before, RowRewrite rewrite) {
        this.before = before;
        this.rewrite = rewrite;
    }

    /** The row in its new form, or null if only whoever wrote it anew knows that. */
    public byte @Nullable [] apply(byte[] row) {
        return switch (rewrite) {
            case RowRewrite.Keep keep -> row;
            case RowRewrite.AppendColumn append -> {
                byte[] longer = Arrays.copyOf(row, row.length + append.encoded().length);
                System.arraycopy(append.encoded(), 0, longer, row.length, append.encoded().length);
                yield longer;
            }
            case RowRewrite.CutColumn cut -> {
                int start = before.start(row, cut.column());
                int end = before.end(row, cut.column());
                byte[] shorter = Arrays.copyOf(row, row.length - (end - start));
                System.arraycopy(row, end, shorter, start, row.length - end);
                yield shorter;
            }
            case RowRewrite.ChangeNullability change -> retagged(row, change);
            case RowRewrite.Refill refill -> null;
        };
    }

    /** The row in its new form, which must be one that can be derived. */
    public byte[] rewritten(byte[] row) {
        byte[] result = apply(row);
        if (result == null) {
            throw new IllegalStateException("rows cannot be derived: " + rewrite);
        }
        return result;
    }

    private byte[] retagged(byte[] row, RowRewrite.ChangeNullability change) {
        int start = before.start(row, change.column());
        if (before.isNullable(change.column()) == change.nullable()) {
            return row;
        }
        if (change.nullable()) {
            byte[] longer = Arrays.copyOf(row, row.length + 1);
            longer[start] = SOME;
            System.arraycopy(row, start, longer, start + 1, row.length - start);
            return longer;
        }
        if (before.isNull(row, change.column())) {
            throw new IllegalStateException("NULL in a column that is to forbid it");
        }
        byte[] shorter = Arrays.copyOf(row, row.length - 1);
        System.arraycopy(row, start + 1, shorter, start, row.length - start - 1);
        return shorter;
    }
}
