package dev.merapi.store.log;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Where the commit log of one database keeps its bytes: named segments that grow at the end, checkpoints that appear
 * whole or not at all, and a small mark that is overwritten in place. It knows nothing of commits.
 *
 * <p>Twins: {@link FileLogStorage} and {@link MemoryLogStorage}. Names are made of {@code [a-z0-9.-]} and do not start
 * with a dot. Methods may be called from any thread, but no two threads touch the same name at once except to read.
 */
public interface LogStorage extends AutoCloseable {
    /** How many marks there are; they are written in turn so that a torn write leaves the older one. */
    int MARK_SLOTS = 2;

    /** The largest mark in bytes. */
    int MAX_MARK_BYTES = 512;

    /** Whether what is forced survives the end of the process. */
    boolean isPersistent();

    /**
     * The most bytes of segments worth keeping. Storage that is not persistent needs no history to recover from, so the
     * log drops its oldest segments beyond this without waiting for a checkpoint.
     */
    long retentionBytes();

    /** The names of all segments, in no particular order. */
    List<String> segments() throws IOException;

    /** Creates an empty segment; that it exists is durable on return. */
    SegmentFile createSegment(String name) throws IOException;

    /**
     * Opens a segment for reading and writing.
     *
     * @throws java.nio.file.NoSuchFileException if there is none of this name
     */
    SegmentFile openSegment(String name) throws IOException;

    /** Gives a segment another name, durably. */
    void renameSegment(String name, String newName) throws IOException;

    /** Removes a segment, durably. Handles that are open stay usable until they are closed. */
    void deleteSegment(String name) throws IOException;

    /** The names of all published checkpoints, in no particular order. */
    List<String> checkpoints() throws IOException;

    /** Starts a checkpoint; an existing one of this name stays until the new one is published. */
    CheckpointOutput createCheckpoint(String name) throws IOException;

    /**
     * Opens a checkpoint for reading from its start.
     *
     * @throws java.nio.file.NoSuchFileException if there is none of this name
     */
    InputStream openCheckpoint(String name) throws IOException;

    /** Removes a checkpoint. */
    void deleteCheckpoint(String name) throws IOException;

    /**
     * Overwrites a mark in place.
     *
     * @param slot which of the {@link #MARK_SLOTS}
     * @param force whether to return only once it survives a loss of power; otherwise it does so at leisure
     */
    void writeMark(int slot, byte[] mark, boolean force) throws IOException;

    /** The bytes of a mark as last written, padded with zeros to {@link #MAX_MARK_BYTES}. */
    byte[] readMark(int slot) throws IOException;

    /** Where this is, for messages to people. */
    String location();

    /** Gives the storage up: another owner may open it. */
    @Override
    void close() throws IOException;
}
