package dev.merapi.client.row;

import dev.merapi.api.value.ConnectionId;
import dev.merapi.api.value.Identity;
import dev.merapi.api.value.Interval;
import dev.merapi.api.value.Json;
import dev.merapi.api.value.RecordValue;
import dev.merapi.api.value.SumValue;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The readings of {@link Cells} as method handles of the form {@code (Row, int) -> type}, by the type they give. */
final class CellReadings {
    private static final Map<Class<?>, MethodHandle> READINGS = new HashMap<>();

    static {
        add(boolean.class, "primitiveBoolean");
        add(byte.class, "primitiveByte");
        add(short.class, "primitiveShort");
        add(int.class, "primitiveInt");
        add(long.class, "primitiveLong");
        add(float.class, "primitiveFloat");
        add(double.class, "primitiveDouble");
        add(Boolean.class, "boxedBoolean");
        add(Byte.class, "boxedByte");
        add(Short.class, "boxedShort");
        add(Integer.class, "boxedInt");
        add(Long.class, "boxedLong");
        add(Float.class, "boxedFloat");
        add(Double.class, "boxedDouble");
        add(String.class, "string");
        add(BigDecimal.class, "decimal");
        add(BigInteger.class, "bigInteger");
        add(Instant.class, "instant");
        add(LocalDate.class, "localDate");
        add(LocalTime.class, "localTime");
        add(LocalDateTime.class, "localDateTime");
        add(UUID.class, "uuid");
        add(Json.class, "json");
        add(Interval.class, "interval");
        add(Identity.class, "identity");
        add(ConnectionId.class, "connectionId");
        add(RecordValue.class, "record");
        add(SumValue.class, "sum");
        add(Row.class, "nestedRow");
        add(byte[].class, "bytes");
        add(List.class, "list");
        add(Object.class, "object");
    }

    private CellReadings() {}

    /** The reading that gives this type; the caller has asked {@link Cells#isReadable} before. */
    static MethodHandle of(Class<?> type) {
        MethodHandle reading = READINGS.get(type);
        if (reading == null) {
            throw new AssertionError("readable without a reading: " + type);
        }
        return reading;
    }

    private static void add(Class<?> type, String method) {
        try {
            READINGS.put(
                    type,
                    MethodHandles.lookup()
                            .findStatic(Cells.class, method, MethodType.methodType(type, Row.class, int.class)));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
