package dev.merapi.api.module.spi;

import dev.merapi.api.module.Range;
import dev.merapi.api.value.Bsatn;
import dev.merapi.api.value.BsatnWriter;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of an ordered index. The ends are keys cut to their first columns and compared over those alone: from (5)
 * to (5), both inclusive, of an index on (a, b) is every row with a = 5. NULL sorts above all values.
 *
 * @param lower the lower end, or null for none
 * @param lowerColumns how many columns {@code lower} has
 * @param upper the upper end, or null for none
 * @param upperColumns how many columns {@code upper} has
 */
public record KeyRange(
        byte @Nullable [] lower,
        int lowerColumns,
        boolean lowerInclusive,
        byte @Nullable [] upper,
        int upperColumns,
        boolean upperInclusive) {

    /** The keys that begin with these columns. */
    public static KeyRange equal(byte[] prefix, int columns) {
        return new KeyRange(prefix, columns, true, prefix, columns, true);
    }

    /**
     * The keys that begin with some columns and go on with a value in a range.
     *
     * @param prefix the first columns of the key
     * @param columns how many they are
     * @param writer writes the column of the range, which is not nullable
     */
    public static <T> KeyRange of(byte[] prefix, int columns, Range<T> range, ValueWriter<T> writer) {
        T low = range.lower();
        T high = range.upper();
        byte[] open = columns == 0 ? null : prefix;
        return new KeyRange(
                low == null ? open : end(prefix, low, writer),
                low == null ? columns : columns + 1,
                low == null || range.lowerInclusive(),
                high == null ? open : end(prefix, high, writer),
                high == null ? columns : columns + 1,
                high == null || range.upperInclusive());
    }

    /**
     * The same where the column of the range is nullable: NULL is in no range.
     *
     * @param writer writes a value of the column, without the tag of an option
     */
    public static <T> KeyRange ofNullable(byte[] prefix, int columns, Range<T> range, ValueWriter<T> writer) {
        KeyRange values = of(prefix, columns, range, (out, value) -> writer.put(out.putByte(Bsatn.SOME), value));
        if (range.upper() != null) {
            return values;
        }
        byte[] aboveAll = new BsatnWriter(prefix.length + 1)
                .putRaw(prefix)
                .putByte(Bsatn.NONE)
                .toByteArray();
        return new KeyRange(values.lower, values.lowerColumns, values.lowerInclusive, aboveAll, columns + 1, false);
    }

    private static <T> byte[] end(byte[] prefix, T value, ValueWriter<T> writer) {
        BsatnWriter out = new BsatnWriter(prefix.length + Long.BYTES + 1).putRaw(prefix);
        writer.put(out, value);
        return out.toByteArray();
    }
}
