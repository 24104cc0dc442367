package dev.merapi.server.module;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.value.RowKey;

/** Numbers of at most 64 bits as the bytes of a column: little-endian, as wide as its type. */
final class LongKeys {
    private LongKeys() {}

    /** The bytes of a key of a single integer column. */
    static byte[] encode(RowKey key, long value) {
        ColumnType type = key.keyLayout().columnType(0);
        byte[] bytes = new byte[type.fixedWidth()];
        put(bytes, 0, type, value);
        return bytes;
    }

    /** Overwrites the number at a place. */
    static void put(byte[] bytes, int at, ColumnType type, long value) {
        for (int i = 0; i < type.fixedWidth(); i++) {
            bytes[at + i] = (byte) (value >>> (Byte.SIZE * i));
        }
    }
}
