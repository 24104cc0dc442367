package dev.merapi.api.module.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.module.Range;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.value.BsatnReader;
import dev.merapi.api.value.BsatnWriter;
import dev.merapi.api.value.RowKey;
import dev.merapi.api.value.RowLayout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Ranges of an index on (a, b), where b may be NULL, judged by the order the store keeps. */
final class KeyRangeTest {
    private static final RowLayout KEYS =
            RowLayout.of(RowType.of(Column.required("a", ScalarType.I8), Column.optional("b", ScalarType.I8)));
    private static final RowKey ORDER = new RowKey(KEYS, 0, 1);
    private static final ValueWriter<Byte> BYTE = BsatnWriter::putByte;

    @Test
    void a_range_behind_a_prefix_stays_within_it_and_leaves_out_null() {
        assertThat(within(behind(1, Range.all()))).containsExactly("1,1", "1,2", "1,3");
        assertThat(within(behind(1, Range.atLeast((byte) 2)))).containsExactly("1,2", "1,3");
        assertThat(within(behind(1, Range.greaterThan((byte) 2)))).containsExactly("1,3");
        assertThat(within(behind(1, Range.atMost((byte) 2)))).containsExactly("1,1", "1,2");
        assertThat(within(behind(1, Range.lessThan((byte) 2)))).containsExactly("1,1");
        assertThat(within(behind(1, Range.closed((byte) 1, (byte) 2)))).containsExactly("1,1", "1,2");
        assertThat(within(behind(1, Range.open((byte) 1, (byte) 3)))).containsExactly("1,2");
        assertThat(within(behind(1, Range.closedOpen((byte) 1, (byte) 3)))).containsExactly("1,1", "1,2");
        assertThat(within(behind(1, Range.openClosed((byte) 1, (byte) 3)))).containsExactly("1,2", "1,3");
    }

    @Test
    void a_range_of_the_first_column_takes_all_behind_it() {
        KeyRange range = KeyRange.of(new byte[0], 0, Range.greaterThan((byte) 1), BYTE);

        assertThat(within(range)).containsExactly("2,1", "2,2", "2,3", "2,null");
        assertThat(within(KeyRange.of(new byte[0], 0, Range.all(), BYTE))).hasSize(8);
    }

    @Test
    void an_equal_prefix_takes_null_as_well() {
        assertThat(within(KeyRange.equal(new byte[] {1}, 1))).containsExactly("1,1", "1,2", "1,3", "1,null");
    }

    private static KeyRange behind(int a, Range<Byte> range) {
        return KeyRange.ofNullable(new byte[] {(byte) a}, 1, range, BYTE);
    }

    private static List<String> within(KeyRange range) {
        List<String> found = new ArrayList<>();
        for (int a = 1; a <= 2; a++) {
            for (Byte b : new @Nullable Byte[] {1, 2, 3, null}) {
                byte[] key = KEYS.encode((byte) a, b);
                if (above(key, range) && below(key, range)) {
                    BsatnReader in = new BsatnReader(key);
                    found.add(in.getByte() + "," + Values.getNullable(in, BsatnReader::getByte));
                }
            }
        }
        return found;
    }

    private static boolean above(byte[] key, KeyRange range) {
        byte[] lower = range.lower();
        int order = lower == null ? 1 : compare(key, lower, range.lowerColumns());
        return order > 0 || (order == 0 && range.lowerInclusive());
    }

    private static boolean below(byte[] key, KeyRange range) {
        byte[] upper = range.upper();
        int order = upper == null ? -1 : compare(key, upper, range.upperColumns());
        return order < 0 || (order == 0 && range.upperInclusive());
    }

    private static int compare(byte[] key, byte[] end, int columns) {
        return ORDER.comparePrefix(key, ORDER, end, columns);
    }
}
