package dev.merapi.api.schema;

/** The types without parameters. */
public enum ScalarType implements ColumnType {
    BOOL(1, "boolean", Family.OTHER),
    I8(1, "i8", Family.SIGNED),
    I16(2, "smallint", Family.SIGNED),
    I32(4, "integer", Family.SIGNED),
    I64(8, "bigint", Family.SIGNED),
    I128(16, "i128", Family.SIGNED),
    I256(32, "i256", Family.SIGNED),
    U8(1, "u8", Family.UNSIGNED),
    U16(2, "u16", Family.UNSIGNED),
    U32(4, "u32", Family.UNSIGNED),
    U64(8, "u64", Family.UNSIGNED),
    U128(16, "u128", Family.UNSIGNED),
    U256(32, "u256", Family.UNSIGNED),
    F32(4, "real", Family.FLOAT),
    F64(8, "double precision", Family.FLOAT),
    TEXT(-1, "text", Family.OTHER),
    BYTES(-1, "bytea", Family.OTHER),
    /** Days since 1970-01-01 in the proleptic Gregorian calendar. */
    DATE(4, "date", Family.TEMPORAL),
    /** Microseconds since midnight. */
    TIME(8, "time without time zone", Family.TEMPORAL),
    /** Microseconds since 1970-01-01 00:00 on a clock without a zone. */
    TIMESTAMP(8, "timestamp without time zone", Family.TEMPORAL),
    /** An instant: microseconds since 1970-01-01 00:00 UTC. */
    TIMESTAMPTZ(8, "timestamp with time zone", Family.TEMPORAL),
    UUID(16, "uuid", Family.OTHER),
    /** JSON in the canonical form PostgreSQL gives to {@code jsonb}. */
    JSON(-1, "jsonb", Family.OTHER),
    /** Months, days and microseconds, kept apart because their lengths vary. */
    INTERVAL(16, "interval", Family.OTHER),
    /** Who somebody is: 256 bits. */
    IDENTITY(32, "identity", Family.OTHER),
    /** One connection of somebody: 128 bits. */
    CONNECTION_ID(16, "connection_id", Family.OTHER);

    private enum Family {
        SIGNED,
        UNSIGNED,
        FLOAT,
        TEMPORAL,
        OTHER
    }

    private final int fixedWidth;
    private final String sqlName;
    private final Family family;

    ScalarType(int fixedWidth, String sqlName, Family family) {
        this.fixedWidth = fixedWidth;
        this.sqlName = sqlName;
        this.family = family;
    }

    @Override
    public int fixedWidth() {
        return fixedWidth;
    }

    @Override
    public String sqlName() {
        return sqlName;
    }

    public boolean isInteger() {
        return family == Family.SIGNED || family == Family.UNSIGNED;
    }

    public boolean isSignedInteger() {
        return family == Family.SIGNED;
    }

    public boolean isFloat() {
        return family == Family.FLOAT;
    }

    /** Whether a value is a single integer of at most 64 bits in the encoding, read by {@code RowLayout.getLong}. */
    public boolean isLongCompatible() {
        return family == Family.TEMPORAL || (isInteger() && fixedWidth <= 8);
    }
}
