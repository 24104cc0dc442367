package dev.merapi.store.checkpoint;

import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.BsatnWriter;
import dev.merapi.store.IndexImage;
import dev.merapi.store.RowCursor;
import dev.merapi.store.SequenceChange;
import dev.merapi.store.Snapshot;
import dev.merapi.store.TableReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Writes the tables of a snapshot as one stream of blocks; holds one block in memory at a time. */
public final class CheckpointWriter {
    /** Blocks of 256 KiB, like those of rows. */
    private static final int NUMBERS_PER_BLOCK = 32 << 10;

    private final OutputStream out;
    private final BsatnWriter payload = new BsatnWriter(1 << 19);
    private final BsatnWriter header = new BsatnWriter(CheckpointHeader.BYTES);
    private final RowBlock block = new RowBlock();
    private int number;

    private CheckpointWriter(OutputStream out) {
        this.out = out;
    }

    /**
     * Writes the image. May run on any thread that may read the snapshot.
     *
     * @param version the format version to state
     * @param out neither buffered nor closed here; gets a few hundred kilobytes at a time
     */
    public static void write(Snapshot snapshot, long databaseId, int version, OutputStream out) throws IOException {
        CheckpointWriter writer = new CheckpointWriter(out);
        new CheckpointHeader(version, databaseId, snapshot.offset()).writeTo(writer.header);
        out.write(writer.header.array(), 0, writer.header.size());
        CatalogCodec.write(writer.payload, snapshot.catalog());
        writer.writeBlock(BlockHeader.Kind.CATALOG, 0);
        for (TableSchema table : snapshot.catalog().tables()) {
            int tableId = table.tableId();
            writer.writeTable(snapshot.table(tableId), snapshot.nextRowId(tableId), sequences(snapshot, table));
            for (IndexDefinition index : table.indexes()) {
                writer.writeIndex(snapshot, tableId, index.indexId());
            }
        }
        writer.writeBlock(BlockHeader.Kind.END, 0);
    }

    private static List<SequenceChange> sequences(Snapshot snapshot, TableSchema table) {
        List<SequenceChange> sequences = new ArrayList<>();
        for (int column = 0; column < table.columns().size(); column++) {
            if (table.columns().get(column).autoIncrement()) {
                sequences.add(snapshot.sequence(table.tableId(), column));
            }
        }
        return sequences;
    }

    private void writeTable(TableReader table, long nextRowId, List<SequenceChange> sequences) throws IOException {
        payload.putInt(table.schema().tableId()).putLong(nextRowId).putLong(table.rowCount());
        payload.putInt(sequences.size());
        for (SequenceChange sequence : sequences) {
            payload.putInt(sequence.column()).putLong(sequence.lastValue());
        }
        writeBlock(BlockHeader.Kind.TABLE, 0);
        RowCursor rows = table.scan();
        while (rows.next()) {
            block.add(rows.rowId(), rows.row());
            if (block.isFull()) {
                writeRows();
            }
        }
        if (!block.isEmpty()) {
            writeRows();
        }
    }

    private void writeRows() throws IOException {
        block.writeTo(payload);
        writeBlock(BlockHeader.Kind.ROWS, block.count());
        block.clear();
    }

    private void writeIndex(Snapshot snapshot, int tableId, int indexId) throws IOException {
        payload.putInt(indexId).putInt(IndexImage.VERSION).putLong(snapshot.indexImageSize(tableId, indexId));
        writeBlock(BlockHeader.Kind.INDEX, 0);
        try {
            snapshot.writeIndexImage(tableId, indexId, number -> {
                payload.putLong(number);
                if (payload.size() == NUMBERS_PER_BLOCK * Long.BYTES) {
                    writeNumbers();
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (payload.size() > 0) {
            writeBlock(BlockHeader.Kind.NUMBERS, payload.size() / Long.BYTES);
        }
    }

    /** For the inside of a callback that may not throw. */
    private void writeNumbers() {
        try {
            writeBlock(BlockHeader.Kind.NUMBERS, payload.size() / Long.BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeBlock(BlockHeader.Kind kind, int count) throws IOException {
        int length = payload.size();
        header.reset();
        new BlockHeader(length, kind, count, number, BlockHeader.crc(payload.array(), 0, length)).writeTo(header);
        number++;
        out.write(header.array(), 0, header.size());
        out.write(payload.array(), 0, length);
        payload.reset();
    }
}
