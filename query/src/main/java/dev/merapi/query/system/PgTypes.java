package dev.merapi.query.system;

import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.RecordType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.SumType;
import dev.merapi.api.schema.VarcharType;

/** PostgreSQL's internal names and numbers of types; ours that it lacks keep their SQL name. */
final class PgTypes {
    private PgTypes() {}

    static String name(ColumnType type) {
        return switch (type) {
            case ArrayType array -> "_" + name(array.element());
            case DecimalType decimal -> "numeric";
            case VarcharType varchar -> "varchar";
            case ScalarType scalar -> name(scalar);
            case RecordType record -> record.name();
            case SumType sum -> sum.name();
        };
    }

    private static String name(ScalarType type) {
        return switch (type) {
            case BOOL -> "bool";
            case I16 -> "int2";
            case I32 -> "int4";
            case I64 -> "int8";
            case F32 -> "float4";
            case F64 -> "float8";
            case TIME -> "time";
            case TIMESTAMP -> "timestamp";
            case TIMESTAMPTZ -> "timestamptz";
            case I8, I128, I256, U8, U16, U32, U64, U128, U256, TEXT, BYTES, DATE, UUID, JSON, INTERVAL ->
                type.sqlName();
            case IDENTITY, CONNECTION_ID -> type.sqlName();
        };
    }

    /** PostgreSQL's number of a type, 0 for types it does not have. */
    static long oid(ColumnType type) {
        return switch (type) {
            case ArrayType array -> arrayOid(array.element());
            case DecimalType decimal -> 1700;
            case VarcharType varchar -> 1043;
            case RecordType record -> 0;
            case SumType sum -> 0;
            case ScalarType scalar ->
                switch (scalar) {
                    case BOOL -> 16;
                    case BYTES -> 17;
                    case I64 -> 20;
                    case I16 -> 21;
                    case I32 -> 23;
                    case TEXT -> 25;
                    case F32 -> 700;
                    case F64 -> 701;
                    case DATE -> 1082;
                    case TIME -> 1083;
                    case TIMESTAMP -> 1114;
                    case TIMESTAMPTZ -> 1184;
                    case INTERVAL -> 1186;
                    case UUID -> 2950;
                    case JSON -> 3802;
                    case I8, I128, I256, U8, U16, U32, U64, U128, U256, IDENTITY, CONNECTION_ID -> 0;
                };
        };
    }

    private static long arrayOid(ColumnType element) {
        if (element instanceof DecimalType) {
            return 1231;
        }
        if (element instanceof VarcharType) {
            return 1015;
        }
        return element instanceof ScalarType scalar ? arrayOid(scalar) : 0;
    }

    private static long arrayOid(ScalarType element) {
        return switch (element) {
            case BOOL -> 1000;
            case BYTES -> 1001;
            case I16 -> 1005;
            case I32 -> 1007;
            case TEXT -> 1009;
            case I64 -> 1016;
            case F32 -> 1021;
            case F64 -> 1022;
            case DATE -> 1182;
            case TIME -> 1183;
            case TIMESTAMP -> 1115;
            case TIMESTAMPTZ -> 1185;
            case INTERVAL -> 1187;
            case UUID -> 2951;
            case JSON -> 3807;
            case I8, I128, I256, U8, U16, U32, U64, U128, U256, IDENTITY, CONNECTION_ID -> 0;
        };
    }
}
