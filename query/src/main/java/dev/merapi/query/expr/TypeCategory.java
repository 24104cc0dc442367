package dev.merapi.query.expr;

import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.RecordType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.SumType;
import dev.merapi.api.schema.VarcharType;

/** PostgreSQL's type categories: overload resolution prefers to stay inside one. */
enum TypeCategory {
    BOOLEAN,
    NUMERIC,
    STRING,
    DATE_TIME,
    TIMESPAN,
    ARRAY,
    OTHER;

    static TypeCategory of(ColumnType type) {
        return switch (type) {
            case ScalarType scalar -> ofScalar(scalar);
            case DecimalType decimal -> NUMERIC;
            case VarcharType varchar -> STRING;
            case ArrayType array -> ARRAY;
            case RecordType record -> OTHER;
            case SumType sum -> OTHER;
        };
    }

    private static TypeCategory ofScalar(ScalarType type) {
        return switch (type) {
            case BOOL -> BOOLEAN;
            case I8, I16, I32, I64, I128, I256, U8, U16, U32, U64, U128, U256, F32, F64 -> NUMERIC;
            case TEXT -> STRING;
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> DATE_TIME;
            case INTERVAL -> TIMESPAN;
            case BYTES, UUID, JSON, IDENTITY, CONNECTION_ID -> OTHER;
        };
    }

    /** Whether a type is the one its category is resolved to when nothing else decides. */
    static boolean isPreferred(ColumnType type) {
        return type == ScalarType.F64
                || type == ScalarType.TEXT
                || type == ScalarType.BOOL
                || type == ScalarType.TIMESTAMPTZ
                || type == ScalarType.INTERVAL;
    }
}
