package dev.merapi.query.expr;

import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.RecordType;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.SumType;
import dev.merapi.api.schema.VarcharType;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.SqlCollation;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * The bridge between our column types and Calcite's type objects.
 *
 * <p>Calcite knows neither 128-bit integers nor PostgreSQL's interval, jsonb and unconstrained numeric, and it coerces
 * by the SQL standard. So every value in our relational trees has a {@link ColumnRelType}, which carries the {@link
 * ColumnType} itself; Calcite only ever compares, copies and makes nullable. Types that Calcite's rules create on their
 * own account ({@code BOOLEAN} of a marker column, {@code BIGINT} of a count) come out as ours too.
 *
 * <p>Immutable and safe for any thread.
 */
public final class RelTypes {
    private static final RelTypes STANDARD = new RelTypes();

    private final Factory factory = new Factory();

    private RelTypes() {}

    /** Returns the one instance: types have no configuration. */
    public static RelTypes standard() {
        return STANDARD;
    }

    /** Returns the factory every {@code RelOptCluster} and {@code RexBuilder} of ours is made with. */
    public RelDataTypeFactory factory() {
        return factory;
    }

    /** Returns the Calcite type of a column type. */
    public RelDataType of(ColumnType type, boolean nullable) {
        return factory.of(type, nullable);
    }

    /** Returns the struct type of a row type; column names and nullability are kept. */
    public RelDataType row(RowType rowType) {
        List<RelDataType> types = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Column column : rowType.columns()) {
            types.add(of(column.type(), column.nullable()));
            names.add(column.name());
        }
        return factory.createStructType(types, names);
    }

    /**
     * Returns the column type a Calcite type stands for.
     *
     * @throws IllegalArgumentException if Calcite made the type for its own use (a symbol, say) and no value has it
     */
    public static ColumnType columnType(RelDataType type) {
        if (type instanceof ColumnRelType own) {
            return own.columnType();
        }
        throw new IllegalArgumentException("not a column type: " + type.getFullTypeString());
    }

    /** Returns whether a Calcite type stands for a column type. */
    public static boolean isColumnType(RelDataType type) {
        return type instanceof ColumnRelType;
    }

    /** Returns the row type of a struct type whose fields are all column types. */
    public static RowType rowType(RelDataType struct) {
        List<Column> columns = new ArrayList<>();
        for (RelDataTypeField field : struct.getFieldList()) {
            RelDataType type = field.getType();
            columns.add(new Column(field.getName(), columnType(type), type.isNullable()));
        }
        return new RowType(columns);
    }

    /** Makes column types out of whatever a Calcite rule asks for, and keeps ours as they are. */
    private static final class Factory extends SqlTypeFactoryImpl {
        Factory() {
            super(new TypeSystem());
        }

        RelDataType of(ColumnType type, boolean nullable) {
            return canonize(new ColumnRelType(type, nullable));
        }

        @Override
        public RelDataType createSqlType(SqlTypeName typeName) {
            ColumnType own = ownType(typeName);
            return own == null ? super.createSqlType(typeName) : of(own, false);
        }

        @Override
        public RelDataType createSqlType(SqlTypeName typeName, int precision) {
            ColumnType own = ownType(typeName);
            return own == null ? super.createSqlType(typeName, precision) : of(own, false);
        }

        @Override
        public RelDataType createSqlType(SqlTypeName typeName, int precision, int scale) {
            ColumnType own = ownType(typeName);
            return own == null ? super.createSqlType(typeName, precision, scale) : of(own, false);
        }

        @Override
        public RelDataType createArrayType(RelDataType elementType, long maxCardinality) {
            return elementType instanceof ColumnRelType element
                    ? of(new ArrayType(element.columnType()), false)
                    : super.createArrayType(elementType, maxCardinality);
        }

        @Override
        public RelDataType createTypeWithNullability(RelDataType type, boolean nullable) {
            return type instanceof ColumnRelType own
                    ? own.isNullable() == nullable ? own : of(own.columnType(), nullable)
                    : super.createTypeWithNullability(type, nullable);
        }

        @Override
        public RelDataType enforceTypeWithNullability(RelDataType type, boolean nullable) {
            return type instanceof ColumnRelType
                    ? createTypeWithNullability(type, nullable)
                    : super.enforceTypeWithNullability(type, nullable);
        }

        /** Text has one character set and one order, so there is nothing to record. */
        @Override
        public RelDataType createTypeWithCharsetAndCollation(
                RelDataType type, Charset charset, SqlCollation collation) {
            return type instanceof ColumnRelType
                    ? type
                    : super.createTypeWithCharsetAndCollation(type, charset, collation);
        }

        /**
         * Finds the common type. The binder has resolved types and inserted casts before any node is built, so columns
         * that meet in a node have one column type; only nullability is left to merge. Null: they do not agree.
         */
        @Override
        public @Nullable RelDataType leastRestrictive(List<RelDataType> types, SqlTypeMappingRule mappingRule) {
            ColumnType common = null;
            boolean nullable = false;
            for (RelDataType type : types) {
                nullable |= type.isNullable();
                if (type.getSqlTypeName() == SqlTypeName.NULL) {
                    nullable = true;
                } else if (!(type instanceof ColumnRelType own)) {
                    return super.leastRestrictive(types, mappingRule);
                } else if (common == null) {
                    common = own.columnType();
                } else if (!own.columnType().equals(common)) {
                    // A numeric(8,2) needs no cast to be a numeric.
                    common = Casts.base(common);
                    if (!Casts.base(own.columnType()).equals(common)) {
                        return null;
                    }
                }
            }
            return common == null ? super.leastRestrictive(types, mappingRule) : of(common, nullable);
        }

        private static @Nullable ColumnType ownType(SqlTypeName typeName) {
            return switch (typeName) {
                case BOOLEAN -> ScalarType.BOOL;
                case TINYINT -> ScalarType.I8;
                case SMALLINT -> ScalarType.I16;
                case INTEGER -> ScalarType.I32;
                case BIGINT -> ScalarType.I64;
                case UTINYINT -> ScalarType.U8;
                case USMALLINT -> ScalarType.U16;
                case UINTEGER -> ScalarType.U32;
                case UBIGINT -> ScalarType.U64;
                case DECIMAL -> DecimalType.UNCONSTRAINED;
                case REAL -> ScalarType.F32;
                case FLOAT, DOUBLE -> ScalarType.F64;
                case CHAR, VARCHAR -> ScalarType.TEXT;
                case BINARY, VARBINARY -> ScalarType.BYTES;
                case DATE -> ScalarType.DATE;
                case TIME -> ScalarType.TIME;
                case TIMESTAMP -> ScalarType.TIMESTAMP;
                case TIMESTAMP_TZ, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> ScalarType.TIMESTAMPTZ;
                case UUID -> ScalarType.UUID;
                default -> null; // what Calcite keeps to itself: symbols, NULL, ANY, cursors
            };
        }
    }

    /** Wide enough that Calcite never clips a precision of ours. */
    private static final class TypeSystem extends RelDataTypeSystemImpl {
        @Override
        public int getMaxPrecision(SqlTypeName typeName) {
            return typeName == SqlTypeName.DECIMAL ? DecimalType.MAX_PRECISION : super.getMaxPrecision(typeName);
        }

        @Override
        public int getMaxScale(SqlTypeName typeName) {
            return typeName == SqlTypeName.DECIMAL ? DecimalType.MAX_PRECISION : super.getMaxScale(typeName);
        }
    }

    /** Returns the type name under which Calcite's rules treat a column type; {@code OTHER} when none is near. */
    static SqlTypeName nearestName(ColumnType type) {
        return switch (type) {
            case ScalarType scalar -> nearestName(scalar);
            case DecimalType decimal -> SqlTypeName.DECIMAL;
            case VarcharType varchar -> SqlTypeName.VARCHAR;
            case ArrayType array -> SqlTypeName.ARRAY;
            case RecordType record -> SqlTypeName.OTHER;
            case SumType sum -> SqlTypeName.OTHER;
        };
    }

    private static SqlTypeName nearestName(ScalarType type) {
        return switch (type) {
            case BOOL -> SqlTypeName.BOOLEAN;
            case I8 -> SqlTypeName.TINYINT;
            case I16 -> SqlTypeName.SMALLINT;
            case I32 -> SqlTypeName.INTEGER;
            case I64 -> SqlTypeName.BIGINT;
            case U8 -> SqlTypeName.UTINYINT;
            case U16 -> SqlTypeName.USMALLINT;
            case U32 -> SqlTypeName.UINTEGER;
            case U64 -> SqlTypeName.UBIGINT;
            case I128, I256, U128, U256 -> SqlTypeName.DECIMAL;
            case F32 -> SqlTypeName.REAL;
            case F64 -> SqlTypeName.DOUBLE;
            case TEXT -> SqlTypeName.VARCHAR;
            case BYTES -> SqlTypeName.VARBINARY;
            case DATE -> SqlTypeName.DATE;
            case TIME -> SqlTypeName.TIME;
            case TIMESTAMP -> SqlTypeName.TIMESTAMP;
            case TIMESTAMPTZ -> SqlTypeName.TIMESTAMP_TZ;
            case UUID -> SqlTypeName.UUID;
            case JSON, INTERVAL, IDENTITY, CONNECTION_ID -> SqlTypeName.OTHER;
        };
    }
}
