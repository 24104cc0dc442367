package dev.merapi.store.tx;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.CheckDefinition;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.RowKey;
import dev.merapi.api.value.RowLayout;
import dev.merapi.store.table.IndexShape;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the store says when it refuses: each text once, with what the caller needs to find the row. */
final class Refusals {
    /** Longest key text in a message, in characters: enough to recognise a key, not enough to flood a log. */
    private static final int MAX_KEY_CHARS = 200;

    private Refusals() {}

    static CodedException unknownTable(int tableId) {
        return new CodedException(ErrorCode.UNKNOWN_TABLE, "table does not exist").with("tableId", tableId);
    }

    static CodedException unique(TableSchema table, IndexShape index, byte[] row) {
        return new CodedException(ErrorCode.UNIQUE_VIOLATION, "key already exists")
                .with("constraint", index.definition().name())
                .with("table", table.name())
                .with(
                        "key",
                        keyText(
                                table,
                                index.definition().columns(),
                                index.key().keyLayout(),
                                index.key().extract(row)))
                .hint("use another key, update the existing row, or insert with ON CONFLICT");
    }

    static CodedException check(TableSchema table, CheckDefinition check) {
        return new CodedException(ErrorCode.CHECK_VIOLATION, "row violates a check")
                .with("constraint", check.name())
                .with("table", table.name())
                .with("check", check.sql());
    }

    static CodedException missingParent(ForeignKeyRule rule, byte[] childRow) {
        return new CodedException(ErrorCode.FOREIGN_KEY_VIOLATION, "referenced row does not exist")
                .with("constraint", rule.definition().name())
                .with("table", rule.child().schema().name())
                .with("key", rule.childKeyText(childRow))
                .with("referencedTable", rule.parent().schema().name())
                .hint("insert the referenced row first");
    }

    static CodedException stillReferenced(ForeignKeyRule rule, byte[] parentRow) {
        return new CodedException(ErrorCode.FOREIGN_KEY_VIOLATION, "row is still referenced")
                .with("constraint", rule.definition().name())
                .with("table", rule.parent().schema().name())
                .with("key", rule.parentKeyText(parentRow))
                .with("referencingTable", rule.child().schema().name())
                .hint("delete or change the referencing rows first, or declare the foreign key with CASCADE");
    }

    /** A row that ON DELETE RESTRICT or ON UPDATE RESTRICT holds where it is, whatever comes later in the statement. */
    static CodedException restricted(ForeignKeyRule rule, byte[] parentRow) {
        return new CodedException(ErrorCode.RESTRICT_VIOLATION, "row is referenced and RESTRICT forbids the change")
                .with("constraint", rule.definition().name())
                .with("table", rule.parent().schema().name())
                .with("key", rule.parentKeyText(parentRow))
                .with("referencingTable", rule.child().schema().name())
                .hint("delete or change the referencing rows in an earlier statement");
    }

    static CodedException notNull(TableSchema table, int column) {
        return new CodedException(ErrorCode.NOT_NULL_VIOLATION, "column does not allow NULL")
                .with("column", table.columns().get(column).name())
                .with("table", table.name());
    }

    static CodedException referencedByRows(ForeignKeyRule rule) {
        return new CodedException(ErrorCode.DEPENDENT_OBJECTS, "rows of another table refer to the table")
                .with("constraint", rule.definition().name())
                .with("table", rule.parent().schema().name())
                .with("referencingTable", rule.child().schema().name())
                .hint("empty the referencing table first");
    }

    static CodedException keyDoesNotFit(ForeignKeyRule rule, byte[] parentRow) {
        return new CodedException(ErrorCode.VALUE_OUT_OF_RANGE, "new key does not fit the referencing column")
                .with("constraint", rule.definition().name())
                .with("table", rule.child().schema().name())
                .with("key", rule.parentKeyText(parentRow));
    }

    static CodedException limit(String what, long value, long limit) {
        return new CodedException(ErrorCode.STORE_LIMIT, what)
                .with("value", value)
                .with("limit", limit);
    }

    /** A key the way PostgreSQL writes it: {@code (a, b)=(1, x)}. */
    static String keyText(TableSchema table, List<Integer> columns, RowLayout keyLayout, byte[] key) {
        String names = columns.stream()
                .map(column -> table.columns().get(column).name())
                .collect(Collectors.joining(", "));
        StringBuilder values = new StringBuilder();
        for (@Nullable Object value : keyLayout.decode(key)) {
            values.append(values.isEmpty() ? "" : ", ")
                    .append(
                            value instanceof byte[] bytes
                                    ? "\\x" + HexFormat.of().formatHex(bytes)
                                    : value);
            if (values.length() > MAX_KEY_CHARS) {
                values.setLength(MAX_KEY_CHARS);
                values.append('…');
                break;
            }
        }
        return "(" + names + ")=(" + values + ")";
    }

    static String keyText(TableSchema table, List<Integer> columns, RowKey key, byte[] row) {
        return keyText(table, columns, key.keyLayout(), key.extract(row));
    }
}
