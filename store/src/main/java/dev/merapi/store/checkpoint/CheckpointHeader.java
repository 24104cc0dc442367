package dev.merapi.store.checkpoint;

import dev.merapi.api.value.BsatnReader;
import dev.merapi.api.value.BsatnWriter;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes of a checkpoint. The first 16 bytes and the place of the checksum keep their meaning in every
 * future version.
 *
 * <pre>
 *  0                8        12       16               24               32       36
 *  +----------------+--------+--------+----------------+----------------+--------+
 *  |   "MERAPICP"   | version|  zero  |   databaseId   |     offset     |  CRC   |
 *  |                |  u32   |  u32   |      u64       |      u64       |  u32   |
 *  +----------------+--------+--------+----------------+----------------+--------+
 * </pre>
 *
 * @param version format version
 * @param databaseId the identity of the database
 * @param offset the tables are those of the commit with this offset
 */
record CheckpointHeader(int version, long databaseId, long offset) {
    static final int BYTES = 36;

    private static final long MAGIC = 0x5043_4950_4152_454dL; // "MERAPICP" read as a little-endian number
    private static final int CRC_AT = 32;

    void writeTo(BsatnWriter out) {
        int start = out.size();
        out.putLong(MAGIC).putInt(version).putInt(0).putLong(databaseId).putLong(offset);
        out.putInt(BlockHeader.crc(out.array(), start, CRC_AT));
    }

    /** The header in these bytes, or null if they are not an intact one. */
    static @Nullable CheckpointHeader read(byte[] bytes) {
        BsatnReader in = new BsatnReader(bytes, 0, BYTES);
        long magic = in.getLong();
        int version = in.getInt();
        in.skip(4);
        long databaseId = in.getLong();
        long offset = in.getLong();
        if (magic != MAGIC || in.getInt() != BlockHeader.crc(bytes, 0, CRC_AT)) {
            return null;
        }
        return new CheckpointHeader(version, databaseId, offset);
    }
}
