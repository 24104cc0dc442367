package dev.merapi.codegen.model;

import dev.merapi.api.schema.ScalarType;

/** The Java types with one column type and one way to be read and written. */
public enum Scalar {
    BOOLEAN("boolean", ScalarType.BOOL, Codec.BUFFER, "Boolean"),
    FLOAT("float", ScalarType.F32, Codec.BUFFER, "Float"),
    DOUBLE("double", ScalarType.F64, Codec.BUFFER, "Double"),
    STRING("java.lang.String", ScalarType.TEXT, Codec.BUFFER, "String"),
    BYTES("byte[]", ScalarType.BYTES, Codec.BUFFER, "Bytes"),
    IDENTITY("dev.merapi.api.value.Identity", ScalarType.IDENTITY, Codec.BUFFER, "Identity"),
    CONNECTION_ID("dev.merapi.api.value.ConnectionId", ScalarType.CONNECTION_ID, Codec.BUFFER, "ConnectionId"),
    DATE("java.time.LocalDate", ScalarType.DATE, Codec.VALUES, "Date"),
    TIME("java.time.LocalTime", ScalarType.TIME, Codec.VALUES, "Time"),
    TIMESTAMP("java.time.LocalDateTime", ScalarType.TIMESTAMP, Codec.VALUES, "Timestamp"),
    INSTANT("java.time.Instant", ScalarType.TIMESTAMPTZ, Codec.VALUES, "Instant"),
    DURATION("java.time.Duration", ScalarType.INTERVAL, Codec.VALUES, "Duration"),
    INTERVAL("dev.merapi.api.value.Interval", ScalarType.INTERVAL, Codec.VALUES, "Interval"),
    UUID("java.util.UUID", ScalarType.UUID, Codec.VALUES, "Uuid"),
    JSON("dev.merapi.api.value.Json", ScalarType.JSON, Codec.VALUES, "Json");

    /** Whose methods read and write it. */
    public enum Codec {
        /** Reader and writer themselves. */
        BUFFER,
        /** The class {@code Values}. */
        VALUES
    }

    private final String javaType;
    private final ScalarType columnType;
    private final Codec codec;
    private final String methodSuffix;

    Scalar(String javaType, ScalarType columnType, Codec codec, String methodSuffix) {
        this.javaType = javaType;
        this.columnType = columnType;
        this.codec = codec;
        this.methodSuffix = methodSuffix;
    }

    /** The full name of the Java type; primitive where there is a primitive one. */
    public String javaType() {
        return javaType;
    }

    public ScalarType columnType() {
        return columnType;
    }

    public Codec codec() {
        return codec;
    }

    /** What stands behind {@code put} and {@code get} in the names of its methods. */
    public String methodSuffix() {
        return methodSuffix;
    }

    public boolean isPrimitive() {
        return javaType.indexOf('.') < 0 && this != BYTES;
    }

    /** Whether a stored value may differ from the one given: finer digits than a microsecond are cut off. */
    public boolean isRounded() {
        return switch (this) {
            case TIME, TIMESTAMP, INSTANT, DURATION -> true;
            default -> false;
        };
    }

    /** Whether it can be the column of a key or index. */
    public boolean isKey() {
        return this != JSON;
    }
}
