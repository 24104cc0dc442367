package dev.merapi.query.expr;

import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.VarcharType;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFamily;
import org.apache.calcite.rel.type.RelDataTypeImpl;
import org.apache.calcite.sql.SqlCollation;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * A column type, nullable or not, as Calcite sees it.
 *
 * <p>The digest names the type with all of its parts, in a way no type of Calcite's own is named: its type cache is one
 * for all, and types of one SQL name need not be the same.
 */
final class ColumnRelType extends RelDataTypeImpl {
    private final ColumnType columnType;
    private final boolean nullable;

    ColumnRelType(ColumnType columnType, boolean nullable) {
        this.columnType = columnType;
        this.nullable = nullable;
        computeDigest();
    }

    ColumnType columnType() {
        return columnType;
    }

    @Override
    public boolean isNullable() {
        return nullable;
    }

    @Override
    public SqlTypeName getSqlTypeName() {
        return RelTypes.nearestName(columnType);
    }

    @Override
    public RelDataTypeFamily getFamily() {
        RelDataTypeFamily family = getSqlTypeName().getFamily();
        return family == null ? this : family;
    }

    @Override
    public int getPrecision() {
        return switch (columnType) {
            case DecimalType decimal when !decimal.equals(DecimalType.UNCONSTRAINED) -> decimal.precision();
            case VarcharType varchar -> varchar.maxLength();
            default -> PRECISION_NOT_SPECIFIED;
        };
    }

    @Override
    public int getScale() {
        return columnType instanceof DecimalType decimal && !decimal.equals(DecimalType.UNCONSTRAINED)
                ? decimal.scale()
                : SCALE_NOT_SPECIFIED;
    }

    @Override
    public @Nullable RelDataType getComponentType() {
        // An array value may hold NULLs at run time, whatever is stored.
        return columnType instanceof ArrayType array ? new ColumnRelType(array.element(), true) : null;
    }

    @Override
    public @Nullable Charset getCharset() {
        return getSqlTypeName() == SqlTypeName.VARCHAR ? StandardCharsets.UTF_8 : null;
    }

    @Override
    public @Nullable SqlCollation getCollation() {
        return getSqlTypeName() == SqlTypeName.VARCHAR ? SqlCollation.IMPLICIT : null;
    }

    @Override
    protected void generateTypeString(StringBuilder sb, boolean withDetail) {
        sb.append(withDetail ? columnType.toString() : columnType.sqlName());
    }
}
