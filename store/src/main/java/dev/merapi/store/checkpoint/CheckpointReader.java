package dev.merapi.store.checkpoint;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.value.BsatnReader;
import dev.merapi.store.Catalog;
import dev.merapi.store.IndexImage;
import dev.merapi.store.RecoveryTarget;
import dev.merapi.store.SequenceChange;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.function.IntConsumer;

/**
 * Reads a checkpoint into an empty database. What is damaged anywhere is damaged altogether: the target may then hold
 * a part of it and has to be started anew.
 */
public final class CheckpointReader {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final InputStream in;
    private final RecoveryTarget target;
    private final byte[] headerBytes = new byte[BlockHeader.BYTES];
    private byte[] payload = new byte[1 << 19];
    private Catalog catalog = Catalog.EMPTY;
    private int number;
    private int tableId = -1;
    private long rowsLeft;

    private CheckpointReader(InputStream in, RecoveryTarget target) {
        this.in = in;
        this.target = target;
    }

    /**
     * Restores a checkpoint.
     *
     * @param in positioned at its first byte; read to its end, not closed
     * @param databaseId the database it has to belong to
     * @param offset the offset it has to have
     * @param checkVersion is told the format version and throws if it cannot be read
     * @return the schemas and tables it describes
     * @throws CheckpointDamagedException if any byte is not as it was written, or if it is another's
     */
    public static Catalog restore(
            InputStream in, long databaseId, long offset, IntConsumer checkVersion, RecoveryTarget target)
            throws IOException, CheckpointDamagedException {
        byte[] bytes = in.readNBytes(CheckpointHeader.BYTES);
        CheckpointHeader header = bytes.length == CheckpointHeader.BYTES ? CheckpointHeader.read(bytes) : null;
        if (header == null) {
            throw new CheckpointDamagedException("the file header is damaged");
        }
        checkVersion.accept(header.version());
        if (header.databaseId() != databaseId || header.offset() != offset) {
            throw new CheckpointDamagedException("it belongs to another database or offset");
        }
        CheckpointReader reader = new CheckpointReader(in, target);
        reader.restoreBlocks();
        target.restoreOffset(offset);
        return reader.catalog;
    }

    private void restoreBlocks() throws IOException, CheckpointDamagedException {
        BlockHeader.Kind kind = BlockHeader.Kind.NONE;
        while (kind != BlockHeader.Kind.END) {
            BlockHeader header = readBlock();
            kind = header.kind();
            if ((header.number() == 0) != (kind == BlockHeader.Kind.CATALOG)) {
                throw new CheckpointDamagedException("blocks are out of order");
            }
            try {
                restoreBlock(header);
            } catch (CodedException e) {
                throw new CheckpointDamagedException("block " + header.number() + " cannot be decoded", e);
            }
        }
        if (in.read() >= 0) {
            throw new CheckpointDamagedException("there is something behind its end");
        }
    }

    private void restoreBlock(BlockHeader header) throws IOException, CheckpointDamagedException {
        switch (header.kind()) {
            case CATALOG -> restoreCatalog(header.payloadLength());
            case TABLE -> restoreTable(header.payloadLength());
            case ROWS -> {
                rowsLeft -= header.count();
                RowBlock.restore(payload, header.payloadLength(), header.count(), tableId, target);
            }
            case INDEX -> restoreIndex(header.payloadLength());
            case NUMBERS -> throw new CheckpointDamagedException("numbers of no index");
            case END -> requireAllRows();
            case NONE -> throw new CheckpointDamagedException("block without a kind");
        }
    }

    private void restoreCatalog(int length) {
        BsatnReader block = new BsatnReader(payload, 0, length);
        catalog = CatalogCodec.read(block);
        block.expectEnd();
        target.restoreCatalog(catalog);
    }

    private void restoreTable(int length) throws CheckpointDamagedException {
        requireAllRows();
        BsatnReader block = new BsatnReader(payload, 0, length);
        tableId = block.getInt();
        target.restoreNextRowId(tableId, block.getLong());
        rowsLeft = block.getLong();
        int sequences = block.getCount(12);
        for (int i = 0; i < sequences; i++) {
            target.restoreSequence(new SequenceChange(tableId, block.getInt(), block.getLong()));
        }
        block.expectEnd();
    }

    private void restoreIndex(int length) throws IOException, CheckpointDamagedException {
        requireAllRows();
        BsatnReader block = new BsatnReader(payload, 0, length);
        int indexId = block.getInt();
        int version = block.getInt();
        Numbers numbers = new Numbers(block.getLong());
        block.expectEnd();
        try {
            if (version == IndexImage.VERSION) {
                target.restoreIndex(tableId, indexId, numbers);
            }
            numbers.skipRest();
        } catch (BrokenImage e) {
            e.rethrow();
        }
    }

    /** The numbers of an index, block after block. */
    private final class Numbers implements IndexImage {
        private long left;
        private int at;
        private int end;

        Numbers(long count) {
            left = count;
        }

        @Override
        public void read(long[] target, int from, int count) {
            if (count > left) {
                throw new CodedException(ErrorCode.MALFORMED_BSATN, "index image ends too early");
            }
            int done = 0;
            while (done < count) {
                if (at == end) {
                    nextBlock();
                }
                int part = Math.min(count - done, (end - at) / Long.BYTES);
                for (int i = 0; i < part; i++) {
                    target[from + done + i] = (long) LONG.get(payload, at + i * Long.BYTES);
                }
                at += part * Long.BYTES;
                done += part;
            }
            left -= count;
        }

        void skipRest() {
            while (left > 0) {
                if (at == end) {
                    nextBlock();
                }
                left -= (end - at) / Long.BYTES;
                at = end;
            }
            if (left != 0 || at != end) {
                throw new CodedException(ErrorCode.MALFORMED_BSATN, "index image goes on behind its end");
            }
        }

        private void nextBlock() {
            try {
                BlockHeader header = readBlock();
                if (header.kind() != BlockHeader.Kind.NUMBERS
                        || header.count() == 0
                        || header.payloadLength() != header.count() * (long) Long.BYTES) {
                    throw new CheckpointDamagedException("block " + header.number() + " should hold numbers");
                }
                at = 0;
                end = header.payloadLength();
            } catch (IOException | CheckpointDamagedException e) {
                throw new BrokenImage(e);
            }
        }
    }

    /** Carries a failure through the index that is reading its image. */
    private static final class BrokenImage extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Exception failure;

        BrokenImage(Exception failure) {
            super(failure);
            this.failure = failure;
        }

        void rethrow() throws IOException, CheckpointDamagedException {
            switch (failure) {
                case IOException e -> throw e;
                case CheckpointDamagedException e -> throw e;
                default -> throw this;
            }
        }
    }

    private void requireAllRows() throws CheckpointDamagedException {
        if (rowsLeft != 0) {
            throw new CheckpointDamagedException("table " + tableId + " lacks " + rowsLeft + " rows");
        }
    }

    private BlockHeader readBlock() throws IOException, CheckpointDamagedException {
        int read = in.readNBytes(headerBytes, 0, BlockHeader.BYTES);
        BlockHeader header = read == BlockHeader.BYTES ? BlockHeader.read(headerBytes) : null;
        if (header == null || header.number() != number) {
            throw new CheckpointDamagedException("the header of block " + number + " is damaged");
        }
        int length = header.payloadLength();
        if (length > payload.length) {
            payload = new byte[length];
        }
        if (in.readNBytes(payload, 0, length) != length || BlockHeader.crc(payload, 0, length) != header.payloadCrc()) {
            throw new CheckpointDamagedException("block " + number + " is damaged");
        }
        number++;
        return header;
    }
}
