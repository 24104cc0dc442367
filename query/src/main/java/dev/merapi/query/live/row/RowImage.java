package dev.merapi.query.live.row;

import java.util.Arrays;

/** The bytes of a row as a key of a map: rows are equal when their bytes are. */
public record RowImage(byte[] bytes) {
    @Override
    public boolean equals(Object other) {
        return other instanceof RowImage that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
