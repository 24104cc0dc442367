package dev.merapi.api.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.VarcharType;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RowLayoutTest {
    private static final RowLayout LAYOUT = RowLayout.of(RowType.of(
            Column.required("id", ScalarType.I32),
            Column.required("score", ScalarType.F64),
            Column.optional("name", new VarcharType(3)),
            Column.required("done", ScalarType.BOOL)));

    @Test
    void columns_are_read_in_place() {
        byte[] row = LAYOUT.encode(5, 2.5, "ann", true);

        assertThat(LAYOUT.getLong(row, 0)).isEqualTo(5);
        assertThat(LAYOUT.getDouble(row, 1)).isEqualTo(2.5);
        assertThat(LAYOUT.get(row, 2)).isEqualTo("ann");
        assertThat(LAYOUT.getBoolean(row, 3)).isTrue();
    }

    @Test
    void a_null_takes_one_byte_and_later_columns_are_still_found() {
        byte[] row = LAYOUT.encode(5, 2.5, null, true);

        assertThat(row).hasSize(4 + 8 + 1 + 1);
        assertThat(LAYOUT.isNull(row, 2)).isTrue();
        assertThat(LAYOUT.getBoolean(row, 3)).isTrue();
    }

    @Test
    void a_value_that_cannot_be_stored_is_refused_by_column_name() {
        assertThatExceptionOfType(CodedException.class)
                .isThrownBy(() -> LAYOUT.encode(null, 2.5, "ann", true))
                .withMessageContaining("column=id")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.NULL_NOT_ALLOWED));
    }

    @Test
    void rows_from_outside_must_be_whole_and_within_declared_sizes() {
        byte[] row = LAYOUT.encode(5, 2.5, "ann", true);

        refused(Arrays.copyOf(row, row.length - 1), ErrorCode.MALFORMED_BSATN);
        refused(Arrays.copyOf(row, row.length + 1), ErrorCode.MALFORMED_BSATN);
        refused(LAYOUT.encode(5, 2.5, "anna", true), ErrorCode.STRING_TOO_LONG);
        byte[] badBoolean = row.clone();
        badBoolean[row.length - 1] = 2;
        refused(badBoolean, ErrorCode.MALFORMED_BSATN);
        byte[] badText = row.clone();
        badText[row.length - 2] = (byte) 0xff;
        refused(badText, ErrorCode.MALFORMED_BSATN);
    }

    private static void refused(byte[] row, ErrorCode code) {
        assertThatExceptionOfType(CodedException.class)
                .isThrownBy(() -> LAYOUT.validate(row))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }
}
