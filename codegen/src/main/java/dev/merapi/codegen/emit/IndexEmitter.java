package dev.merapi.codegen.emit;

import dev.merapi.api.schema.ScalarType;
import dev.merapi.codegen.model.ColumnModel;
import dev.merapi.codegen.model.IndexModel;
import dev.merapi.codegen.model.JavaName;
import dev.merapi.codegen.model.Scalar;
import dev.merapi.codegen.model.TableModel;
import dev.merapi.codegen.model.ValueType;
import dev.merapi.codegen.model.ValueType.IntegerValue;
import dev.merapi.codegen.model.ValueType.ScalarValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the class a handle nests for one key or index. */
final class IndexEmitter {
    /** What the methods name themselves: a component called so becomes a parameter with an underscore. */
    private static final Set<String> TAKEN = Set.of("store", "buffer", "row", "found", "key", "keys", "range");

    private final JavaFile file;
    private final ValueCode values;
    private final TableModel table;
    private final IndexModel index;
    private final int number;
    private final JavaName row;
    private final List<ColumnModel> columns;

    IndexEmitter(JavaFile file, ValueCode values, TableModel table, int number) {
        this.file = file;
        this.values = values;
        this.table = table;
        this.number = number;
        index = table.indexes().get(number);
        row = table.row().javaName();
        columns = index.columns().stream().map(table.columns()::get).toList();
    }

    void emit() {
        file.line("/** Rows by %s. */", names(columns.size()));
        file.line("public final class %s {", index.className());
        file.line("private static final int INDEX = %s;", number).gap();
        file.line("private %s() {}", index.className());
        if (index.isUnique()) {
            unique();
        } else {
            equal(columns.size());
        }
        if (index.role() == IndexModel.Role.PRIMARY_KEY) {
            write("update", "Replaces the row with the primary key of this one, which must exist");
            write("upsert", "Replaces the row with the primary key of this one, or inserts it");
        }
        if (index.isOrdered()) {
            for (int prefix = columns.size() - 1; prefix > 0; prefix--) {
                equal(prefix);
            }
            for (int prefix = columns.size() - 1; prefix >= 0; prefix--) {
                range(prefix);
            }
        }
        keys();
        file.line("}");
    }

    // ---- methods

    private void unique() {
        file.gap();
        file.line("/** The row with this %s, if there is one. */", names(columns.size()));
        file.line("public %s<%s> find(%s) {", Types.OPTIONAL, row, parameters(columns.size()));
        file.line("byte[] found = store.find(TABLE, INDEX, %s);", key());
        file.line("return found == null ? %s.empty() : %s.of(row(found));", Types.OPTIONAL, Types.OPTIONAL);
        file.line("}").gap();
        file.line("/** Deletes the row with this %s; returns whether there was one. */", names(columns.size()));
        file.line("public boolean delete(%s) {", parameters(columns.size()));
        file.line("return store.delete(TABLE, INDEX, %s) > 0;", key());
        file.line("}");
    }

    private void write(String method, String summary) {
        file.gap();
        file.line("/** %s; returns it as stored. */", summary);
        file.line("public %s %s(%s row) {", row, method, row);
        if (table.isAlteredByStoring()) {
            file.line("return row(store.%s(TABLE, bytes(row)));", method);
        } else {
            file.line("store.%s(TABLE, bytes(row));", method);
            file.line("return row;");
        }
        file.line("}");
    }

    /** Filters and deletes by the first columns. */
    private void equal(int count) {
        boolean whole = count == columns.size();
        String longKey = whole ? longKey() : null;
        file.gap();
        file.line("/** The rows with this %s. */", names(count));
        file.line("public %s<%s> filter(%s) {", Types.ROWS, row, parameters(count));
        if (longKey != null) {
            file.line("long key = %s;", longKey);
        } else if (whole) {
            file.line("byte[] key = key(%s);", arguments(count));
        } else {
            file.line("%s range = %s;", Types.KEY_RANGE, equalRange(count));
        }
        file.line("return rows(() -> store.%s);", whole ? "lookup(TABLE, INDEX, key)" : "range(TABLE, INDEX, range)");
        file.line("}").gap();
        file.line("/** Deletes the rows with this %s; returns how many there were. */", names(count));
        file.line("public long delete(%s) {", parameters(count));
        file.line("return store.delete(TABLE, INDEX, %s);", whole ? key() : equalRange(count));
        file.line("}");
    }

    private String equalRange(int count) {
        return "%s.equal(%s(%s), %d)".formatted(file.type(Types.KEY_RANGE), keyMethod(count), arguments(count), count);
    }

    /** Filters and deletes by the first columns and a range of the next. */
    private void range(int prefix) {
        ColumnModel last = columns.get(prefix);
        String before = prefix == 0 ? "" : parameters(prefix) + ", ";
        String parameters = "%s%s<%s> range"
                .formatted(
                        before,
                        file.type(Types.RANGE),
                        values.boxedType(last.place().type()));
        String with = prefix == 0 ? "" : "this " + names(prefix) + " and ";
        String key = prefix == 0 ? "new byte[0]" : keyMethod(prefix) + "(" + arguments(prefix) + ")";
        String keys = "%s.%s(%s, %d, range, %s)"
                .formatted(
                        file.type(Types.KEY_RANGE),
                        last.place().isNullable() ? "ofNullable" : "of",
                        key,
                        prefix,
                        values.writer(last.place().type()));
        file.gap();
        file.line("/** The rows with %s{@code %s} in a range, in their order. */", with, last.name());
        file.line("public %s<%s> filter(%s) {", Types.ROWS, row, parameters);
        file.line("%s keys = %s;", Types.KEY_RANGE, keys);
        file.line("return rows(() -> store.range(TABLE, INDEX, keys));");
        file.line("}").gap();
        file.line(
                "/** Deletes the rows with %s{@code %s} in a range; returns how many there were. */",
                with, last.name());
        file.line("public long delete(%s) {", parameters);
        file.line("return store.delete(TABLE, INDEX, %s);", keys);
        file.line("}");
    }

    // ---- keys

    /** Methods that make keys as bytes, of all columns and of the first ones. */
    private void keys() {
        if (longKey() == null) {
            keyMethod("key", columns.size());
        }
        if (index.isOrdered()) {
            for (int count = columns.size() - 1; count > 0; count--) {
                keyMethod("prefix", count);
            }
        }
    }

    private void keyMethod(String method, int count) {
        file.gap();
        file.line("private byte[] %s(%s) {", method, parameters(count));
        file.line("buffer.reset();");
        for (ColumnModel column : columns.subList(0, count)) {
            if (column.place().isNullable()) {
                file.line("buffer.putByte(%s.SOME);", Types.BSATN);
            }
            file.line("%s;", values.put(column.place().type(), "buffer", parameter(column)));
        }
        file.line("return buffer.toByteArray();");
        file.line("}");
    }

    private String keyMethod(int count) {
        return count == columns.size() ? "key" : "prefix";
    }

    private String key() {
        String number = longKey();
        return number != null ? number : "key(" + arguments(columns.size()) + ")";
    }

    /** The key as a number, or null where it has to be bytes. */
    private @Nullable String longKey() {
        ColumnModel column = columns.getFirst();
        if (columns.size() > 1 || column.place().isNullable()) {
            return null;
        }
        ValueType type = column.place().type();
        String value = parameter(column);
        if (type instanceof ScalarValue scalar && scalar.scalar() == Scalar.INSTANT) {
            return file.type(Types.BSATN) + ".micros(" + value + ")";
        }
        if (!(type instanceof IntegerValue integer) || !integer.carrier().isPrimitive()) {
            return null;
        }
        boolean unsigned = !integer.column().isSignedInteger() && integer.isSameBits();
        return unsigned && integer.column() != ScalarType.U64
                ? integer.carrier().boxed() + ".toUnsignedLong(" + value + ")"
                : value;
    }

    // ---- parameters

    private String parameters(int count) {
        List<String> parameters = new ArrayList<>();
        for (ColumnModel column : columns.subList(0, count)) {
            parameters.add(values.javaType(column.place().type()) + " " + parameter(column));
        }
        return String.join(", ", parameters);
    }

    private String arguments(int count) {
        return String.join(
                ", ",
                columns.subList(0, count).stream().map(IndexEmitter::parameter).toList());
    }

    private static String parameter(ColumnModel column) {
        String name = column.field().component();
        return TAKEN.contains(name) ? name + "_" : name;
    }

    private String names(int count) {
        List<String> names =
                columns.subList(0, count).stream().map(ColumnModel::name).toList();
        return "{@code " + String.join(", ", names) + "}";
    }
}
