package dev.merapi.store.log.format;

import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What stands in front of every frame of a segment.
 *
 * <pre>
 *  0        4        8                16       20       24               32     33     34     36
 *  +--------+--------+----------------+--------+--------+----------------+------+------+------+--- … ---+
 *  | payload| header |   firstOffset  | count  | payload|  lastTimestamp | kind | flags| zero | payload |
 *  | length |  CRC   |      u64       |  u32   |  CRC   |    i64, us     |  u8  |  u8  |  u16 |         |
 *  |  u32   |  u32   |                |        |  u32   |                |      |      |      |         |
 *  +--------+--------+----------------+--------+--------+----------------+------+------+------+--- … ---+
 * </pre>
 *
 * <p>The header has a checksum of its own, because a header that is intact tells something even when its payload is
 * not: a frame is written only after everything before it was forced, so it proves that whatever stands before it was
 * confirmed. The header checksum also covers the identity of the database and the position of the frame in its segment,
 * which are not stored: bytes that merely look like a frame (a row may hold a copy of a log file) or that belong
 * somewhere else are not taken for evidence.
 *
 * @param payloadLength bytes of payload
 * @param firstOffset offset of the first commit in the frame; for a frame without commits the offset of the next one
 * @param count commits in the frame
 * @param payloadCrc CRC-32C of the payload
 * @param lastTimestampMicros timestamp of the last commit in the frame, or of the last one before it
 * @param kind what the payload is
 * @param changesSchema whether a commit in the frame changes the schema of a table
 */
public record FrameHeader(
        int payloadLength,
        long firstOffset,
        int count,
        int payloadCrc,
        long lastTimestampMicros,
        Kind kind,
        boolean changesSchema) {

    public static final int BYTES = 36;

    /** The longest payload; the sum with the header stays below what a Java array can hold. */
    public static final int MAX_PAYLOAD_BYTES = 1 << 30;

    private static final int FLAG_CHANGES_SCHEMA = 1;

    /** What a payload is. The ordinal is stored: add at the end only. */
    public enum Kind {
        /** Never written, so that zeros are not a frame. */
        NONE,
        /** One group of commits. */
        COMMITS,
        /** The lineage of epochs and the table schemas as of the frame's offset; the first frame of each segment. */
        STATE,
        /** A new epoch begins at the frame's offset. */
        EPOCH
    }

    private static final Kind[] KINDS = Kind.values();

    public long lastOffset() {
        return firstOffset + count - 1;
    }

    public long frameBytes() {
        return BYTES + (long) payloadLength;
    }

    /** Writes a header at the start of a frame whose payload already stands behind it; the checksums are computed. */
    public static void writeInFront(byte[] frame, FrameHeader fields, long databaseId, long position) {
        LittleEndian.putInt(frame, 0, fields.payloadLength);
        LittleEndian.putLong(frame, 8, fields.firstOffset);
        LittleEndian.putInt(frame, 16, fields.count);
        LittleEndian.putInt(frame, 20, crc(frame, BYTES, fields.payloadLength));
        LittleEndian.putLong(frame, 24, fields.lastTimestampMicros);
        frame[32] = (byte) fields.kind.ordinal();
        frame[33] = (byte) (fields.changesSchema ? FLAG_CHANGES_SCHEMA : 0);
        frame[34] = 0;
        frame[35] = 0;
        LittleEndian.putInt(frame, 4, headerCrc(frame, 0, databaseId, position));
    }

    /** The header at a place in a buffer, or null if there is none that belongs to this database and position. */
    public static @Nullable FrameHeader read(byte[] bytes, int at, long databaseId, long position) {
        int kind = bytes[at + 32];
        int flags = bytes[at + 33];
        // Cheap conditions first: the search for evidence asks this question at every byte.
        if (kind <= 0 || kind >= KINDS.length || (flags & ~FLAG_CHANGES_SCHEMA) != 0) {
            return null;
        }
        int payloadLength = LittleEndian.getInt(bytes, at);
        if (bytes[at + 34] != 0
                || bytes[at + 35] != 0
                || payloadLength < 0
                || payloadLength > MAX_PAYLOAD_BYTES
                || LittleEndian.getInt(bytes, at + 4) != headerCrc(bytes, at, databaseId, position)) {
            return null;
        }
        return new FrameHeader(
                payloadLength,
                LittleEndian.getLong(bytes, at + 8),
                LittleEndian.getInt(bytes, at + 16),
                LittleEndian.getInt(bytes, at + 20),
                LittleEndian.getLong(bytes, at + 24),
                KINDS[kind],
                (flags & FLAG_CHANGES_SCHEMA) != 0);
    }

    public boolean matchesPayload(byte[] bytes, int at) {
        return crc(bytes, at, payloadLength) == payloadCrc;
    }

    public static int crc(byte[] bytes, int at, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, at, length);
        return (int) crc.getValue();
    }

    private static int headerCrc(byte[] bytes, int at, long databaseId, long position) {
        byte[] place = new byte[16];
        LittleEndian.putLong(place, 0, databaseId);
        LittleEndian.putLong(place, 8, position);
        CRC32C crc = new CRC32C();
        crc.update(place, 0, 16);
        crc.update(bytes, at, 4);
        crc.update(bytes, at + 8, BYTES - 8);
        return (int) crc.getValue();
    }
}
