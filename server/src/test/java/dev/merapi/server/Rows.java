package dev.merapi.server;

import dev.merapi.api.schema.RowType;
import dev.merapi.api.value.RowLayout;
import dev.merapi.wire.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as lists of values, which can be compared. */
final class Rows {
    private Rows() {}

    static List<List<@Nullable Object>> of(Result result) {
        return of(result.rowType(), result.rows());
    }

    static List<List<@Nullable Object>> of(RowType type, List<byte[]> rows) {
        List<List<@Nullable Object>> decoded = new ArrayList<>();
        for (byte[] row : rows) {
            decoded.add(of(type, row));
        }
        return decoded;
    }

    static List<@Nullable Object> of(RowType type, byte[] row) {
        return Arrays.asList(RowLayout.of(type).decode(row));
    }
}
