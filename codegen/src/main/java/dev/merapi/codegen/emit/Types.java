package dev.merapi.codegen.emit;

import dev.merapi.codegen.model.JavaName;

/** Names of the types generated code uses. */
final class Types {
    static final JavaName LIST = JavaName.of("java.util.List");
    static final JavaName OPTIONAL = JavaName.of("java.util.Optional");
    static final JavaName SUPPLIER = JavaName.of("java.util.function.Supplier");
    static final JavaName BIG_DECIMAL = JavaName.of("java.math.BigDecimal");
    static final JavaName GENERATED = JavaName.of("javax.annotation.processing.Generated");

    static final JavaName RANGE = JavaName.of("dev.merapi.api.module.Range");
    static final JavaName ROWS = JavaName.of("dev.merapi.api.module.Rows");
    static final JavaName TABLE_HANDLE = JavaName.of("dev.merapi.api.module.TableHandle");
    static final JavaName VISIBILITY = JavaName.of("dev.merapi.api.module.Visibility");

    static final JavaName DECODED_ROWS = JavaName.of("dev.merapi.api.module.spi.DecodedRows");
    static final JavaName FUNCTION_CALL = JavaName.of("dev.merapi.api.module.spi.FunctionCall");
    static final JavaName FUNCTION_DESCRIPTOR = JavaName.of("dev.merapi.api.module.spi.FunctionDescriptor");
    static final JavaName KEY_RANGE = JavaName.of("dev.merapi.api.module.spi.KeyRange");
    static final JavaName MODULE_DESCRIPTOR = JavaName.of("dev.merapi.api.module.spi.ModuleDescriptor");
    static final JavaName ROW_STORE = JavaName.of("dev.merapi.api.module.spi.RowStore");
    static final JavaName TABLE_DESCRIPTOR = JavaName.of("dev.merapi.api.module.spi.TableDescriptor");
    static final JavaName VALUES = JavaName.of("dev.merapi.api.module.spi.Values");

    static final JavaName ARRAY_TYPE = JavaName.of("dev.merapi.api.schema.ArrayType");
    static final JavaName COLUMN = JavaName.of("dev.merapi.api.schema.Column");
    static final JavaName COLUMN_DEFINITION = JavaName.of("dev.merapi.api.schema.ColumnDefinition");
    static final JavaName DECIMAL_TYPE = JavaName.of("dev.merapi.api.schema.DecimalType");
    static final JavaName INDEX_DEFINITION = JavaName.of("dev.merapi.api.schema.IndexDefinition");
    static final JavaName PRIMARY_KEY = JavaName.of("dev.merapi.api.schema.PrimaryKey");
    static final JavaName RECORD_TYPE = JavaName.of("dev.merapi.api.schema.RecordType");
    static final JavaName SCALAR_TYPE = JavaName.of("dev.merapi.api.schema.ScalarType");
    static final JavaName SUM_TYPE = JavaName.of("dev.merapi.api.schema.SumType");

    static final JavaName BSATN = JavaName.of("dev.merapi.api.value.Bsatn");
    static final JavaName READER = JavaName.of("dev.merapi.api.value.BsatnReader");
    static final JavaName WRITER = JavaName.of("dev.merapi.api.value.BsatnWriter");
    static final JavaName SCHEDULE_AT = JavaName.of("dev.merapi.api.value.ScheduleAt");

    private Types() {}
}
