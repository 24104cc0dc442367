package dev.merapi.client;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * SQL for whole tables, made of names that are checked and values that travel as parameters.
 *
 * <p>A name is written as in SQL: letters, digits and underscores, in any case, or anything within double quotes; parts
 * are separated by dots. Unquoted parts become lower case. All parts are quoted in the SQL, so reserved words are
 * no trouble.
 */
final class TableSql {
    private static final String PART = "[A-Za-z_][A-Za-z0-9_]*|\"(?:[^\"]|\"\")+\"";
    private static final Pattern NAME_PART = Pattern.compile(PART);
    private static final Pattern NAME = Pattern.compile("(?:" + PART + ")(?:\\.(?:" + PART + "))?");

    /** PostgreSQL's limit is 63 bytes per part. */
    private static final int MAX_NAME_LENGTH = 256;

    private TableSql() {}

    /** @throws CodedException INVALID_TABLE_NAME */
    static String selectAll(String table) {
        return "SELECT * FROM " + tableName(table);
    }

    static Statement insert(String table, Map<String, ? extends @Nullable Object> values) {
        requireSome("values", values);
        List<String> columns = new ArrayList<>();
        List<String> places = new ArrayList<>();
        List<@Nullable Object> parameters = new ArrayList<>();
        for (Map.Entry<String, ? extends @Nullable Object> value : values.entrySet()) {
            parameters.add(value.getValue());
            columns.add(quoted(value.getKey()));
            places.add("$" + parameters.size());
        }
        String sql = "INSERT INTO " + tableName(table) + " (" + String.join(", ", columns) + ") VALUES ("
                + String.join(", ", places) + ")";
        return new Statement(sql, parameters);
    }

    static Statement update(String table, Map<String, ?> key, Map<String, ? extends @Nullable Object> values) {
        requireSome("values", values);
        List<String> assignments = new ArrayList<>();
        List<@Nullable Object> parameters = new ArrayList<>();
        for (Map.Entry<String, ? extends @Nullable Object> value : values.entrySet()) {
            parameters.add(value.getValue());
            assignments.add(quoted(value.getKey()) + " = $" + parameters.size());
        }
        String condition = condition(key, parameters);
        String sql = "UPDATE " + tableName(table) + " SET " + String.join(", ", assignments) + " WHERE " + condition;
        return new Statement(sql, parameters);
    }

    static Statement delete(String table, Map<String, ?> key) {
        List<@Nullable Object> parameters = new ArrayList<>();
        String condition = condition(key, parameters);
        return new Statement("DELETE FROM " + tableName(table) + " WHERE " + condition, parameters);
    }

    private static String condition(Map<String, ?> key, List<@Nullable Object> parameters) {
        requireSome("key", key);
        List<String> terms = new ArrayList<>();
        for (Map.Entry<String, ?> column : key.entrySet()) {
            Object value = column.getValue();
            if (value == null) {
                throw new CodedException(ErrorCode.NULL_NOT_ALLOWED, "a key column cannot be NULL")
                        .with("column", column.getKey())
                        .hint("NULL equals nothing in SQL; write the statement with IS NULL instead");
            }
            parameters.add(value);
            terms.add(quoted(column.getKey()) + " = $" + parameters.size());
        }
        return String.join(" AND ", terms);
    }

    private static void requireSome(String what, Map<String, ?> columns) {
        if (columns.isEmpty()) {
            throw new CodedException(ErrorCode.INVALID_OPTION, "at least one column is needed").with("map", what);
        }
    }

    static String tableName(String name) {
        if (name.length() > MAX_NAME_LENGTH || !NAME.matcher(name).matches()) {
            throw new CodedException(ErrorCode.INVALID_TABLE_NAME, "not the name of a table")
                    .with("name", name.length() > MAX_NAME_LENGTH ? name.substring(0, MAX_NAME_LENGTH) + "…" : name)
                    .hint("a table is named like orders, shop.orders or \"Orders\"");
        }
        List<String> parts = new ArrayList<>();
        Matcher matcher = NAME_PART.matcher(name);
        while (matcher.find()) {
            parts.add(quotedPart(matcher.group()));
        }
        return String.join(".", parts);
    }

    private static String quotedPart(String part) {
        return part.startsWith("\"") ? part : "\"" + part.toLowerCase(Locale.ROOT) + "\"";
    }

    /** A column is named by its exact name: that is what results show. */
    private static String quoted(String column) {
        if (column.isEmpty() || column.length() > MAX_NAME_LENGTH || column.indexOf('\0') >= 0) {
            throw new CodedException(ErrorCode.UNKNOWN_COLUMN, "not the name of a column").with("name", column);
        }
        return "\"" + column.replace("\"", "\"\"") + "\"";
    }
}
