package dev.merapi.store.log.format;

import org.jspecify.annotations.Nullable;

/**
 * What the log says about itself outside of the log: how far it was confirmed. It is written after each group was
 * forced and is not forced itself, so it may lag behind but never runs ahead. It is the witness that tells a damaged
 * last frame, or one that is missing altogether, from a frame that was never finished.
 *
 * <pre>
 *  0                8        12       16               24               32               40               48       52
 *  +----------------+--------+--------+----------------+----------------+----------------+----------------+--------+
 *  |   "MERAPIMK"   | version| flags  |    sequence    |   databaseId   |     epoch      |   confirmed    |  CRC   |
 *  |                |  u32   |  u32   |      u64       |      u64       |      u64       |      u64       |  u32   |
 *  +----------------+--------+--------+----------------+----------------+----------------+----------------+--------+
 * </pre>
 *
 * @param sequence rises with each mark; the higher of two valid slots counts
 * @param databaseId as in {@link SegmentHeader}
 * @param epoch the epoch of the writer
 * @param confirmedOffset everything up to here was forced
 * @param clean whether the log was closed after its last group: nothing that anybody has seen is missing
 */
public record Mark(long sequence, long databaseId, long epoch, long confirmedOffset, boolean clean) {
    private static final long MAGIC = 0x4b4d_4950_4152_454dL; // "MERAPIMK" read as a little-endian number
    private static final int BYTES = 52;
    private static final int CRC_AT = 48;
    private static final int FLAG_CLEAN = 1;

    public Mark next(long newEpoch, long newConfirmedOffset, boolean newClean) {
        return new Mark(sequence + 1, databaseId, newEpoch, newConfirmedOffset, newClean);
    }

    /** Which of two slots it belongs to. */
    public int slot() {
        return (int) (sequence & 1);
    }

    public byte[] encode() {
        byte[] bytes = new byte[BYTES];
        LittleEndian.putLong(bytes, 0, MAGIC);
        LittleEndian.putInt(bytes, 8, FormatVersion.CURRENT);
        LittleEndian.putInt(bytes, 12, clean ? FLAG_CLEAN : 0);
        LittleEndian.putLong(bytes, 16, sequence);
        LittleEndian.putLong(bytes, 24, databaseId);
        LittleEndian.putLong(bytes, 32, epoch);
        LittleEndian.putLong(bytes, 40, confirmedOffset);
        LittleEndian.putInt(bytes, CRC_AT, FrameHeader.crc(bytes, 0, CRC_AT));
        return bytes;
    }

    /** The mark in these bytes, or null if they are not an intact one. */
    public static @Nullable Mark decode(byte[] bytes) {
        if (LittleEndian.getLong(bytes, 0) != MAGIC
                || LittleEndian.getInt(bytes, CRC_AT) != FrameHeader.crc(bytes, 0, CRC_AT)) {
            return null;
        }
        return new Mark(
                LittleEndian.getLong(bytes, 16),
                LittleEndian.getLong(bytes, 24),
                LittleEndian.getLong(bytes, 32),
                LittleEndian.getLong(bytes, 40),
                (LittleEndian.getInt(bytes, 12) & FLAG_CLEAN) != 0);
    }
}
