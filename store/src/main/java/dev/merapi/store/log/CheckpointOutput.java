package dev.merapi.store.log;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A checkpoint being written. It does not exist for anybody until {@link #publish()}, and exists completely afterwards,
 * whatever happens in between; closing it unpublished discards it.
 */
public abstract class CheckpointOutput extends OutputStream {
    /** For implementations. */
    protected CheckpointOutput() {}

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public abstract void write(byte[] source, int offset, int length) throws IOException;

    /** Makes the bytes written so far the checkpoint of this name, durably and in one step. */
    public abstract void publish() throws IOException;

    @Override
    public abstract void close() throws IOException;
}
