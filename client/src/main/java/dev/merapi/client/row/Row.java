package dev.merapi.client.row;

import dev.merapi.api.value.ConnectionId;
import dev.merapi.api.value.Identity;
import dev.merapi.api.value.Interval;
import dev.merapi.api.value.Json;
import dev.merapi.api.value.SumValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of a result. Columns are named as in the result, upper and lower case told apart, or counted from 0.
 *
 * <p>Accessors of primitive types refuse NULL with NULL_NOT_ALLOWED; the others return null for it. Every accessor
 * refuses a column of a type it was not made for with WRONG_VALUE_TYPE, a value that does not fit with
 * VALUE_OUT_OF_RANGE, and a column that is not there with UNKNOWN_COLUMN.
 *
 * <p>Two rows are equal when they have the same columns and their values the same bytes. Immutable; any thread.
 */
public final class Row {
    private final Columns columns;
    private final byte[] bytes;

    Row(Columns columns, byte[] bytes) {
        this.columns = columns;
        this.bytes = bytes;
    }

    /** What the columns of this row are. */
    public Columns columns() {
        return columns;
    }

    /** The row in its encoding, hidden columns of an order included; must not be modified. */
    public byte[] bytes() {
        return bytes;
    }

    public boolean isNull(int column) {
        return Cells.isNull(this, columns.checkIndex(column));
    }

    public boolean isNull(String column) {
        return Cells.isNull(this, columns.get(column));
    }

    /** The value as the Java type that belongs to the column's type, see {@code dev.merapi.api.value.Bsatn}. */
    public @Nullable Object get(int column) {
        return Cells.object(this, columns.checkIndex(column));
    }

    /** The value as the Java type that belongs to the column's type, see {@code dev.merapi.api.value.Bsatn}. */
    public @Nullable Object get(String column) {
        return Cells.object(this, columns.get(column));
    }

    public boolean getBoolean(int column) {
        return Cells.primitiveBoolean(this, columns.checkIndex(column));
    }

    public boolean getBoolean(String column) {
        return Cells.primitiveBoolean(this, columns.get(column));
    }

    /** An integer, or a numeric without fraction, that fits 32 bits. */
    public int getInt(int column) {
        return Cells.primitiveInt(this, columns.checkIndex(column));
    }

    /** An integer, or a numeric without fraction, that fits 32 bits. */
    public int getInt(String column) {
        return Cells.primitiveInt(this, columns.get(column));
    }

    /** An integer, or a numeric without fraction, that fits 64 bits. */
    public long getLong(int column) {
        return Cells.primitiveLong(this, columns.checkIndex(column));
    }

    /** An integer, or a numeric without fraction, that fits 64 bits. */
    public long getLong(String column) {
        return Cells.primitiveLong(this, columns.get(column));
    }

    /** Any number, as the nearest double. */
    public double getDouble(int column) {
        return Cells.primitiveDouble(this, columns.checkIndex(column));
    }

    /** Any number, as the nearest double. */
    public double getDouble(String column) {
        return Cells.primitiveDouble(this, columns.get(column));
    }

    /** A text; of other types the text PostgreSQL shows for the value. */
    public @Nullable String getString(int column) {
        return Cells.string(this, columns.checkIndex(column));
    }

    /** A text; of other types the text PostgreSQL shows for the value. */
    public @Nullable String getString(String column) {
        return Cells.string(this, columns.get(column));
    }

    /** A numeric or an integer. */
    public @Nullable BigDecimal getBigDecimal(int column) {
        return Cells.decimal(this, columns.checkIndex(column));
    }

    /** A numeric or an integer. */
    public @Nullable BigDecimal getBigDecimal(String column) {
        return Cells.decimal(this, columns.get(column));
    }

    /** An integer of any width, or a numeric without fraction. */
    public @Nullable BigInteger getBigInteger(int column) {
        return Cells.bigInteger(this, columns.checkIndex(column));
    }

    /** An integer of any width, or a numeric without fraction. */
    public @Nullable BigInteger getBigInteger(String column) {
        return Cells.bigInteger(this, columns.get(column));
    }

    /** A timestamp with time zone; one without is taken as UTC, the zone of every session. Microseconds. */
    public @Nullable Instant getInstant(int column) {
        return Cells.instant(this, columns.checkIndex(column));
    }

    /** A timestamp with time zone; one without is taken as UTC, the zone of every session. Microseconds. */
    public @Nullable Instant getInstant(String column) {
        return Cells.instant(this, columns.get(column));
    }

    public @Nullable LocalDate getLocalDate(int column) {
        return Cells.localDate(this, columns.checkIndex(column));
    }

    public @Nullable LocalDate getLocalDate(String column) {
        return Cells.localDate(this, columns.get(column));
    }

    public @Nullable LocalTime getLocalTime(int column) {
        return Cells.localTime(this, columns.checkIndex(column));
    }

    public @Nullable LocalTime getLocalTime(String column) {
        return Cells.localTime(this, columns.get(column));
    }

    /** A timestamp without time zone. */
    public @Nullable LocalDateTime getLocalDateTime(int column) {
        return Cells.localDateTime(this, columns.checkIndex(column));
    }

    /** A timestamp without time zone. */
    public @Nullable LocalDateTime getLocalDateTime(String column) {
        return Cells.localDateTime(this, columns.get(column));
    }

    public @Nullable UUID getUuid(int column) {
        return Cells.uuid(this, columns.checkIndex(column));
    }

    public @Nullable UUID getUuid(String column) {
        return Cells.uuid(this, columns.get(column));
    }

    public @Nullable Json getJson(int column) {
        return Cells.json(this, columns.checkIndex(column));
    }

    public @Nullable Json getJson(String column) {
        return Cells.json(this, columns.get(column));
    }

    public @Nullable Interval getInterval(int column) {
        return Cells.interval(this, columns.checkIndex(column));
    }

    public @Nullable Interval getInterval(String column) {
        return Cells.interval(this, columns.get(column));
    }

    public @Nullable Identity getIdentity(int column) {
        return Cells.identity(this, columns.checkIndex(column));
    }

    public @Nullable Identity getIdentity(String column) {
        return Cells.identity(this, columns.get(column));
    }

    public @Nullable ConnectionId getConnectionId(int column) {
        return Cells.connectionId(this, columns.checkIndex(column));
    }

    public @Nullable ConnectionId getConnectionId(String column) {
        return Cells.connectionId(this, columns.get(column));
    }

    /** The fields of a column of a record type, as a row of their own. */
    public @Nullable Row getRow(int column) {
        return Cells.nestedRow(this, columns.checkIndex(column));
    }

    /** The fields of a column of a record type, as a row of their own. */
    public @Nullable Row getRow(String column) {
        return Cells.nestedRow(this, columns.get(column));
    }

    /** Which variant a column of a sum type holds, and its payload. */
    public @Nullable SumValue getSum(int column) {
        return Cells.sum(this, columns.checkIndex(column));
    }

    /** Which variant a column of a sum type holds, and its payload. */
    public @Nullable SumValue getSum(String column) {
        return Cells.sum(this, columns.get(column));
    }

    /** A copy of the bytes of a bytea column. */
    public byte @Nullable [] getBytes(int column) {
        return Cells.bytes(this, columns.checkIndex(column));
    }

    /** A copy of the bytes of a bytea column. */
    public byte @Nullable [] getBytes(String column) {
        return Cells.bytes(this, columns.get(column));
    }

    /** The elements of an array column. */
    public @Nullable List<?> getList(int column) {
        return Cells.list(this, columns.checkIndex(column));
    }

    /** The elements of an array column. */
    public @Nullable List<?> getList(String column) {
        return Cells.list(this, columns.get(column));
    }

    /** All values by column name, in the order of the columns; of several columns of one name the first counts. */
    public Map<String, @Nullable Object> asMap() {
        Map<String, @Nullable Object> values = LinkedHashMap.newLinkedHashMap(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.column(i).name();
            if (!values.containsKey(name)) {
                values.put(name, Cells.object(this, i));
            }
        }
        return Collections.unmodifiableMap(values);
    }

    /**
     * This row as a record; see {@link Rows#as(Class)} for the rules and for many rows.
     *
     * @throws dev.merapi.api.error.CodedException ROW_MAPPING when record and columns do not go together
     */
    public <R extends Record> R as(Class<R> recordType) {
        return RecordMapper.of(recordType, columns).map(this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Row row
                && Arrays.equals(row.bytes, 0, row.columns.shownEnd(row.bytes), bytes, 0, columns.shownEnd(bytes))
                && row.columns.equals(columns);
    }

    @Override
    public int hashCode() {
        int end = columns.shownEnd(bytes);
        return Arrays.hashCode(end == bytes.length ? bytes : Arrays.copyOf(bytes, end));
    }

    /** The values by name, for logs: {@code {id=1, body=hello}}. */
    @Override
    public String toString() {
        return asMap().toString();
    }
}
