package dev.merapi.query.system;

import static dev.merapi.api.schema.Column.optional;
import static dev.merapi.api.schema.Column.required;
import static dev.merapi.api.schema.ScalarType.BOOL;
import static dev.merapi.api.schema.ScalarType.I32;
import static dev.merapi.api.schema.ScalarType.TEXT;

import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.RecordType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.SumType;
import dev.merapi.api.schema.SumType.Variant;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.schema.VarcharType;
import dev.merapi.store.ReadView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of {@code merapi.types}: the parts of all record and sum types that columns of tables are made of. */
final class NestedTypeRows {
    private NestedTypeRows() {}

    static Column[] columns() {
        return new Column[] {
            required("type_name", TEXT),
            required("kind", TEXT),
            required("ordinal_position", I32),
            required("part_name", TEXT),
            optional("data_type", TEXT),
            required("is_nullable", BOOL),
        };
    }

    static List<@Nullable Object[]> of(ReadView view) {
        Set<ColumnType> types = new LinkedHashSet<>();
        for (TableSchema table : view.catalog().tables()) {
            for (ColumnDefinition column : table.columns()) {
                collect(column.type(), types);
            }
        }
        List<@Nullable Object[]> rows = new ArrayList<>();
        types.stream().sorted(Comparator.comparing(ColumnType::sqlName)).forEach(type -> add(type, rows));
        return rows;
    }

    private static void collect(ColumnType type, Set<ColumnType> types) {
        switch (type) {
            case ArrayType array -> collect(array.element(), types);
            case RecordType record -> {
                if (types.add(record)) {
                    record.fields().forEach(field -> collect(field.type(), types));
                }
            }
            case SumType sum -> {
                if (types.add(sum)) {
                    for (Variant variant : sum.variants()) {
                        ColumnType payload = variant.payload();
                        if (payload != null) {
                            collect(payload, types);
                        }
                    }
                }
            }
            case ScalarType scalar -> {
                // has no parts
            }
            case DecimalType decimal -> {
                // has no parts
            }
            case VarcharType varchar -> {
                // has no parts
            }
        }
    }

    private static void add(ColumnType type, List<@Nullable Object[]> rows) {
        if (type instanceof RecordType record) {
            for (int i = 0; i < record.fields().size(); i++) {
                Column field = record.fields().get(i);
                rows.add(row(record, "record", i, field.name(), field.type(), field.nullable()));
            }
        } else if (type instanceof SumType sum) {
            for (int i = 0; i < sum.variants().size(); i++) {
                Variant variant = sum.variants().get(i);
                rows.add(row(sum, "sum", i, variant.name(), variant.payload(), variant.nullable()));
            }
        }
    }

    private static @Nullable Object[] row(
            ColumnType type, String kind, int position, String part, @Nullable ColumnType partType, boolean nullable) {
        String dataType = partType == null ? null : partType.sqlName();
        return new @Nullable Object[] {type.sqlName(), kind, position + 1, part, dataType, nullable};
    }
}
