package dev.merapi.api.schema;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.SumType.Variant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What holds for all types made of others. */
final class NestedTypes {
    /** Values are read and compared by recursion; deeper types would be a way to exhaust the stack. */
    static final int MAX_DEPTH = 16;

    private NestedTypes() {}

    static Stream<ColumnType> payloads(List<Variant> variants) {
        return variants.stream().map(Variant::payload).filter(Objects::nonNull);
    }

    static void requireDepth(String type, Stream<ColumnType> parts) {
        int depth = 1 + parts.mapToInt(NestedTypes::depth).max().orElse(0);
        if (depth > MAX_DEPTH) {
            throw new CodedException(ErrorCode.INVALID_SCHEMA, "type is nested too deeply")
                    .with("type", type)
                    .with("depth", depth)
                    .with("limit", MAX_DEPTH)
                    .hint("flatten the type, or keep the inner part in a table of its own");
        }
    }

    private static int depth(ColumnType type) {
        return switch (type) {
            case ScalarType scalar -> 0;
            case DecimalType decimal -> 0;
            case VarcharType varchar -> 0;
            case ArrayType array -> 1 + depth(array.element());
            case RecordType record ->
                1
                        + record.fields().stream()
                                .mapToInt(f -> depth(f.type()))
                                .max()
                                .orElse(0);
            case SumType sum ->
                1 + payloads(sum.variants()).mapToInt(NestedTypes::depth).max().orElse(0);
        };
    }
}
