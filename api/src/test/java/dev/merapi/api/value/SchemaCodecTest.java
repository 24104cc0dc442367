package dev.merapi.api.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.CheckDefinition;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.ForeignKey;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.PolicyDefinition;
import dev.merapi.api.schema.PrimaryKey;
import dev.merapi.api.schema.RowSecurity;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.TableName;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.schema.VarcharType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaCodecTest {
    private static final TableSchema ORDERS = new TableSchema(
            7,
            new TableName("shop", "orders"),
            List.of(
                    new ColumnDefinition(Column.required("id", ScalarType.I64), null, true),
                    new ColumnDefinition(Column.optional("customer", new VarcharType(40)), "'nobody'", false),
                    ColumnDefinition.of(Column.required("amount", new DecimalType(10, 2))),
                    ColumnDefinition.of(Column.optional("tags", new ArrayType(ScalarType.TEXT)))),
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
}
