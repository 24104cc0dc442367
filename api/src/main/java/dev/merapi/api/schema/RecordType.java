package dev.merapi.api.schema;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A value made of named fields, one after another: a nested record. Its values are
 * {@link dev.merapi.api.value.RecordValue}s.
 *
 * @param name how SQL calls it; types of one name are the same only if their fields are
 * @param fields at most {@link #MAX_FIELDS}, with different names, in the order in which they are encoded and compared
 */
public record RecordType(String name, List<Column> fields) implements ColumnType {
    /** PostgreSQL's limit for the fields of a composite type. */
    public static final int MAX_FIELDS = 1600;

    /** Wider values are not laid out at fixed places: nobody has them, and sums of widths stay far from overflow. */
    private static final int MAX_FIXED_WIDTH = 1 << 20;

    public RecordType {
        fields = List.copyOf(fields);
        Set<String> names = new HashSet<>();
        boolean distinct = fields.stream().allMatch(field -> names.add(field.name()));
        if (name.isEmpty() || !distinct || fields.size() > MAX_FIELDS) {
            throw new CodedException(ErrorCode.INVALID_SCHEMA, "record type is not well formed")
                    .with("type", name)
                    .with("fields", fields.size())
                    .with("limit", MAX_FIELDS)
                    .hint("give the type a name, and each field one of its own");
        }
        NestedTypes.requireDepth(name, fields.stream().map(Column::type));
    }

    /** The index of the field with this exact name, or -1. */
    public int indexOf(String field) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(field)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public int fixedWidth() {
        int width = 0;
        for (Column field : fields) {
            int next = field.nullable() ? -1 : field.type().fixedWidth();
            if (next < 0 || width + next > MAX_FIXED_WIDTH) {
                return -1;
            }
            width += next;
        }
        return width;
    }

    @Override
    public String sqlName() {
        return name;
    }
}
