package dev.merapi.store.table;

import dev.merapi.api.value.RowLayout;
import dev.merapi.store.SchemaChange.RowRewrite;
import java.util.Arrays;

/** How one stored row becomes a row of the changed table: deterministic, so that replay gives the same bytes. */
public final class TableRewrite {
    private final RowLayout before;
    private final RowRewrite rewrite;

    /** @param before the layout of the rows as they are stored now */
    public TableRewrite(RowLayout before, RowRewrite rewrite) {
        this.before = before;
        this.rewrite = rewrite;
    }

    public byte[] apply(byte[] row) {
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
        };
    }
}
