package dev.merapi.api.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.CheckDefinition;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.ForeignKey;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.PolicyDefinition;
import dev.merapi.api.schema.PrimaryKey;
import dev.merapi.api.schema.RecordType;
import dev.merapi.api.schema.RowSecurity;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.SumType;
import dev.merapi.api.schema.SumType.Variant;
import dev.merapi.api.schema.TableName;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.schema.VarcharType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaCodecTest {
    private static final RecordType POINT = new RecordType(
            "point", List.of(Column.required("x", ScalarType.I32), Column.optional("y", ScalarType.I32)));
    private static final TableSchema ORDERS = new TableSchema(
            7,
            new TableName("shop", "orders"),
            List.of(
                    new ColumnDefinition(Column.required("id", ScalarType.I64), null, true),
                    new ColumnDefinition(Column.optional("customer", new VarcharType(40)), "'nobody'", false),
                    ColumnDefinition.of(Column.required("amount", new DecimalType(10, 2))),
                    ColumnDefinition.of(Column.optional("tags", new ArrayType(ScalarType.TEXT))),
                    ColumnDefinition.of(Column.required("place", POINT)),
                    ColumnDefinition.of(Column.required(
                            "state",
                            new SumType(
                                    "state",
                                    List.of(
                                            Variant.of("open"),
                                            Variant.of("sent", POINT),
                                            new Variant("paid", ScalarType.I64, true)))))),
            new PrimaryKey("orders_pkey", 1),
            List.of(
                    new IndexDefinition(1, "orders_pkey", List.of(0), true, IndexDefinition.Kind.HASH),
                    new IndexDefinition(2, "by_amount", List.of(2, 0), false, IndexDefinition.Kind.ORDERED)),
            List.of(new CheckDefinition("positive", "amount > 0")),
            List.of(new ForeignKey(
                    "customer_fk", List.of(1), 3, List.of(0), ForeignKey.Action.CASCADE, ForeignKey.Action.NO_ACTION)),
            new RowSecurity(
                    true,
                    false,
                    List.of(
                            new PolicyDefinition(
                                    "own",
                                    PolicyDefinition.Command.ALL,
                                    true,
                                    List.of(),
                                    "public",
                                    "customer = auth.uid()",
                                    null),
                            new PolicyDefinition(
                                    "small",
                                    PolicyDefinition.Command.INSERT,
                                    false,
                                    List.of("editor", "viewer"),
                                    "shop",
                                    null,
                                    "amount < 100")),
                    3),
            4);

    @Test
    void a_schema_comes_back_as_it_was_written() {
        BsatnWriter out = new BsatnWriter();
        SchemaCodec.writeTable(out, ORDERS);
        BsatnReader in = new BsatnReader(out.toByteArray());

        assertThat(SchemaCodec.readTable(in)).isEqualTo(ORDERS);
        in.expectEnd();
    }

    @Test
    void a_table_of_whose_rows_nothing_was_said_is_written_as_it_was_before_policies() {
        TableSchema plain = new TableSchema(
                1, new TableName("public", "t"), ORDERS.columns(), null, List.of(), List.of(), List.of(), 1);
        BsatnWriter out = new BsatnWriter();
        SchemaCodec.writeTable(out, plain);

        byte[] bytes = out.toByteArray();
        assertThat(SchemaCodec.readTable(new BsatnReader(bytes)).rowSecurity()).isEqualTo(RowSecurity.NONE);
        // No key, no indexes, checks and references, the version: nothing else.
        assertThat(Arrays.copyOfRange(bytes, bytes.length - 17, bytes.length))
                .containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0);
    }

    @Test
    void a_part_of_a_table_from_the_future_is_refused() {
        BsatnWriter out = new BsatnWriter();
        SchemaCodec.writeTable(
                out,
                new TableSchema(
                        1, new TableName("public", "t"), ORDERS.columns(), null, List.of(), List.of(), List.of(), 1));
        byte[] bytes = out.toByteArray();
        bytes[bytes.length - 17] = 4;

        assertThatExceptionOfType(CodedException.class)
                .isThrownBy(() -> SchemaCodec.readTable(new BsatnReader(bytes)))
                .withMessageContaining("unknown part");
    }

    @Test
    void a_schema_cut_anywhere_is_refused() {
        BsatnWriter out = new BsatnWriter();
        SchemaCodec.writeTable(out, ORDERS);
        byte[] bytes = out.toByteArray();

        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatExceptionOfType(CodedException.class)
                    .isThrownBy(() -> SchemaCodec.readTable(new BsatnReader(cut)));
        }
    }

    @Test
    void type_numbers_never_change() {
        assertThat(ScalarType.values())
                .as("the position of a scalar type is its number in files and on the wire: only append")
                .startsWith(ScalarType.BOOL, ScalarType.I8, ScalarType.I16, ScalarType.I32, ScalarType.I64)
                .hasSize(26);
        assertThat(ScalarType.INTERVAL.ordinal()).isEqualTo(23);
        assertThat(ScalarType.IDENTITY.ordinal()).isEqualTo(24);
        assertThat(ScalarType.CONNECTION_ID.ordinal()).isEqualTo(25);
    }

    @Test
    void array_types_nested_without_end_are_refused() {
        byte[] hostile = new byte[100_000];
        Arrays.fill(hostile, (byte) 66);

        assertThatExceptionOfType(CodedException.class)
                .isThrownBy(() -> SchemaCodec.readType(new BsatnReader(hostile)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_BSATN));
    }

    @ParameterizedTest
    @ValueSource(ints = {68, 69})
    void records_and_sums_nested_without_end_are_refused(int tag) {
        BsatnWriter hostile = new BsatnWriter();
        for (int i = 0; i < 10_000; i++) {
            hostile.putByte(tag).putString("t").putInt(1).putString("part");
            if (tag == 69) {
                hostile.putBoolean(true);
            }
        }

        assertThatExceptionOfType(CodedException.class)
                .isThrownBy(() -> SchemaCodec.readType(new BsatnReader(hostile.toByteArray())))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_BSATN));
    }

    @Test
    void a_type_that_can_be_made_can_be_stored() {
        ColumnType type = ScalarType.I32;
        for (int depth = 0; depth < 16; depth++) {
            type = switch (depth % 3) {
                case 0 -> new RecordType("r", List.of(Column.required("part", type)));
                case 1 -> new SumType("s", List.of(Variant.of("part", type)));
                default -> new ArrayType(type, false);
            };
        }
        BsatnWriter out = new BsatnWriter();
        SchemaCodec.writeType(out, type);

        assertThat(SchemaCodec.readType(new BsatnReader(out.toByteArray()))).isEqualTo(type);
        ColumnType deepest = type;
        assertThatExceptionOfType(CodedException.class)
                .isThrownBy(() -> new RecordType("r", List.of(Column.required("part", deepest))))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_SCHEMA));
    }
}
