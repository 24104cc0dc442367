package dev.merapi.store.log.format;

import org.jspecify.annotations.Nullable;

/**
 * The first bytes of every segment. The first 16 bytes and the place of the checksum keep their meaning in every future
 * version, so that an older program can tell a newer file from a damaged one.
 *
 * <pre>
 *  0                8        12       16               24               32               40       44
 *  +----------------+--------+--------+----------------+----------------+----------------+--------+
 *  |   "MERAPILG"   | version|  zero  |   databaseId   |     epoch      |  firstOffset   |  CRC   |
 *  |                |  u32   |  u32   |      u64       |      u64       |      u64       |  u32   |
 *  +----------------+--------+--------+----------------+----------------+----------------+--------+
 * </pre>
 *
 * @param version format version
 * @param databaseId the epoch in which the database was created: its identity for good
 * @param epoch the epoch in which the segment was created
 * @param firstOffset the offset of the first commit in the segment
 */
public record SegmentHeader(int version, long databaseId, long epoch, long firstOffset) {
    public static final int BYTES = 44;

    private static final long MAGIC = 0x474c_4950_4152_454dL; // "MERAPILG" read as a little-endian number
    private static final int CRC_AT = 40;

    public byte[] encode() {
        byte[] bytes = new byte[BYTES];
        LittleEndian.putLong(bytes, 0, MAGIC);
        LittleEndian.putInt(bytes, 8, version);
        LittleEndian.putLong(bytes, 16, databaseId);
        LittleEndian.putLong(bytes, 24, epoch);
        LittleEndian.putLong(bytes, 32, firstOffset);
        LittleEndian.putInt(bytes, CRC_AT, FrameHeader.crc(bytes, 0, CRC_AT));
        return bytes;
    }

    /** The header in these bytes, or null if they are not an intact one. */
    public static @Nullable SegmentHeader decode(byte[] bytes) {
        if (LittleEndian.getLong(bytes, 0) != MAGIC
                || LittleEndian.getInt(bytes, CRC_AT) != FrameHeader.crc(bytes, 0, CRC_AT)) {
            return null;
        }
        return new SegmentHeader(
                LittleEndian.getInt(bytes, 8),
                LittleEndian.getLong(bytes, 16),
                LittleEndian.getLong(bytes, 24),
                LittleEndian.getLong(bytes, 32));
    }
}
