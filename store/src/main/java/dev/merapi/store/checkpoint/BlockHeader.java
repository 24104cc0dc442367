package dev.merapi.store.checkpoint;

import dev.merapi.api.value.BsatnReader;
import dev.merapi.api.value.BsatnWriter;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What stands in front of every block of a checkpoint.
 *
 * <pre>
 *  file = header, CATALOG, { TABLE, { ROWS }, { INDEX, { NUMBERS } } }, END
 *
 *  0        4        8        12       16       20       24
 *  +--------+--------+--------+--------+--------+--------+---- … ----+
 *  | payload| kind   | count  | number | payload| header |  payload  |
 *  | length |  u32   |  u32   |  u32   |  CRC   |  CRC   |           |
 *  |  u32   |        |        |        |  u32   |  u32   |           |
 *  +--------+--------+--------+--------+--------+--------+---- … ----+
 * </pre>
 *
 * <p>Blocks are numbered from 0, so that one that is missing or repeated is noticed; the END block tells where the file
 * has to end. CRCs are CRC-32C.
 *
 * @param payloadLength bytes of payload
 * @param kind what the payload is
 * @param count rows in the payload of ROWS, numbers in that of NUMBERS, otherwise 0
 * @param number the place of the block in the file
 * @param payloadCrc CRC-32C of the payload
 */
record BlockHeader(int payloadLength, Kind kind, int count, int number, int payloadCrc) {
    static final int BYTES = 24;

    private static final int CRC_AT = 20;
    private static final Kind[] KINDS = Kind.values();

    /** What a payload is. The ordinal is stored: add at the end only. */
    enum Kind {
        /** Never written, so that zeros are not a block. */
        NONE,
        /** Schemas, tables and counters: see {@link CatalogCodec}. */
        CATALOG,
        /** A table begins: id, next row id, number of rows, sequences. */
        TABLE,
        /** Rows of the table that began last: see {@link RowBlock}. */
        ROWS,
        /** An index of the table that began last: id, version of its image, count of numbers in it. */
        INDEX,
        /** Numbers of the image of the index that began last. */
        NUMBERS,
        /** The end; without it the checkpoint is not complete. */
        END
    }

    void writeTo(BsatnWriter out) {
        int start = out.size();
        out.putInt(payloadLength)
                .putInt(kind.ordinal())
                .putInt(count)
                .putInt(number)
                .putInt(payloadCrc);
        out.putInt(crc(out.array(), start, CRC_AT));
    }

    /** The header in these bytes, or null if they are not an intact one. */
    static @Nullable BlockHeader read(byte[] bytes) {
        BsatnReader in = new BsatnReader(bytes, 0, BYTES);
        int payloadLength = in.getInt();
        int kind = in.getInt();
        int count = in.getInt();
        int number = in.getInt();
        int payloadCrc = in.getInt();
        if (in.getInt() != crc(bytes, 0, CRC_AT)
                || payloadLength < 0
                || count < 0
                || kind <= 0
                || kind >= KINDS.length) {
            return null;
        }
        return new BlockHeader(payloadLength, KINDS[kind], count, number, payloadCrc);
    }

    static int crc(byte[] bytes, int at, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, at, length);
        return (int) crc.getValue();
    }
}
