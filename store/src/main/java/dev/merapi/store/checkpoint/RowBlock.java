package dev.merapi.store.checkpoint;

import dev.merapi.api.value.BsatnReader;
import dev.merapi.api.value.BsatnWriter;
import dev.merapi.store.RecoveryTarget;
import java.util.Arrays;

/**
 * A stretch of rows of one table in ascending order of row id. Tables that only ever grew have consecutive ids, and
 * rows without text have one length: both are then written once for the whole block, and reading a row back is a copy
 * of its bytes.
 *
 * <pre>
 * rows = flags:u8 firstRowId:u64
 *        rowLength:u32        if flag 2 (all rows are equally long), else count x length:u32
 *       [count x rowId:u64]   unless flag 1 (row ids are consecutive)
 *        the bytes of the rows, one behind the other
 * </pre>
 */
final class RowBlock {
    /** Large enough that headers and checksums cost nothing, small enough to stay in the processor's cache. */
    private static final int MAX_ROWS = 8192;

    private static final int MAX_BYTES = 256 << 10;

    private static final int CONSECUTIVE = 1;
    private static final int EQUAL_LENGTH = 2;

    private final long[] rowIds = new long[MAX_ROWS];
    private final byte[][] rows = new byte[MAX_ROWS][];
    private int count;
    private int bytes;

    boolean isEmpty() {
        return count == 0;
    }

    boolean isFull() {
        return count == MAX_ROWS || bytes >= MAX_BYTES;
    }

    int count() {
        return count;
    }

    void add(long rowId, byte[] row) {
        rowIds[count] = rowId;
        rows[count++] = row;
        bytes += row.length;
    }

    void clear() {
        Arrays.fill(rows, 0, count, null);
        count = 0;
        bytes = 0;
    }

    void writeTo(BsatnWriter out) {
        boolean consecutive = rowIds[count - 1] - rowIds[0] == count - 1;
        boolean equalLength = true;
        for (int i = 1; i < count; i++) {
            equalLength &= rows[i].length == rows[0].length;
        }
        out.putByte((consecutive ? CONSECUTIVE : 0) | (equalLength ? EQUAL_LENGTH : 0));
        out.putLong(rowIds[0]);
        if (equalLength) {
            out.putInt(rows[0].length);
        } else {
            for (int i = 0; i < count; i++) {
                out.putInt(rows[i].length);
            }
        }
        if (!consecutive) {
            for (int i = 0; i < count; i++) {
                out.putLong(rowIds[i]);
            }
        }
        for (int i = 0; i < count; i++) {
            out.putRaw(rows[i]);
        }
    }

    /** Hands the rows of an encoded block to the target; the block's checksum was right. */
    static void restore(byte[] block, int length, int count, int tableId, RecoveryTarget target) {
        BsatnReader in = new BsatnReader(block, 0, length);
        int flags = in.getUnsignedByte();
        long firstRowId = in.getLong();
        boolean equalLength = (flags & EQUAL_LENGTH) != 0;
        int rowLength = equalLength ? in.getInt() : 0;
        BsatnReader lengths = section(in, equalLength ? 0 : 4L * count);
        boolean consecutive = (flags & CONSECUTIVE) != 0;
        BsatnReader ids = section(in, consecutive ? 0 : 8L * count);
        for (int i = 0; i < count; i++) {
            long rowId = consecutive ? firstRowId + i : ids.getLong();
            target.restoreRow(tableId, rowId, in.getRaw(equalLength ? rowLength : lengths.getInt()));
        }
        in.expectEnd();
    }

    private static BsatnReader section(BsatnReader in, long length) {
        BsatnReader section = new BsatnReader(in.array(), in.position(), (int) Math.min(length, in.remaining()));
        in.skip((int) length);
        return section;
    }
}
