package dev.merapi.client.internal.connection;

import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.Position;
import dev.merapi.wire.Result;
import dev.merapi.wire.v1.V1Codec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A request from the moment it was made to its answer. Its id is never used again by the client, so it keeps it when it
 * is sent again over another connection. Guarded by the client's lock, except for what is final.
 */
public final class Call {
    private final long id;
    private final ClientMessage message;
    private final byte[] bytes;
    private final @Nullable Call asWrite;
    private final long deadlineNanos;
    private final CompletableFuture<Reply> answer;
    private final List<Part> parts = new ArrayList<>();
    private int sent;

    /** The answer to a request. */
    public record Reply(List<Result> results, Position position, boolean durable) {}

    private record Part(int statement, List<byte[]> rows) {}

    private Call(
            long id,
            ClientMessage message,
            @Nullable Call asWrite,
            long deadlineNanos,
            CompletableFuture<Reply> answer) {
        this.id = id;
        this.message = message;
        this.bytes = V1Codec.encode(message);
        this.asWrite = asWrite;
        this.deadlineNanos = deadlineNanos;
        this.answer = answer;
    }

    /**
     * A request that reads.
     *
     * @param asWrite what to send instead when the server says that the statement writes; gets the same answer
     * @param deadlineNanos on the client's clock
     * @throws dev.merapi.api.error.CodedException INVALID_VALUE and others when a parameter cannot be encoded
     */
    public static Call read(ClientMessage.Query message, ClientMessage.Execute asWrite, long deadlineNanos) {
        Call write = write(asWrite, deadlineNanos);
        return new Call(message.requestId(), message, write, deadlineNanos, write.answer);
    }

    /**
     * A request that may write.
     *
     * @param deadlineNanos on the client's clock
     * @throws dev.merapi.api.error.CodedException INVALID_VALUE and others when a parameter cannot be encoded
     */
    public static Call write(ClientMessage.Execute message, long deadlineNanos) {
        return new Call(message.requestId(), message, null, deadlineNanos, new CompletableFuture<>());
    }

    /**
     * A call of a function of the module.
     *
     * @param deadlineNanos on the client's clock
     */
    public static Call of(ClientMessage.Call message, long deadlineNanos) {
        return new Call(message.requestId(), message, null, deadlineNanos, new CompletableFuture<>());
    }

    public long id() {
        return id;
    }

    ClientMessage message() {
        return message;
    }

    /** The message in its encoding. */
    byte[] bytes() {
        return bytes;
    }

    /** Whether it can be sent again without harm although it may have been executed. */
    boolean isRead() {
        return message instanceof ClientMessage.Query;
    }

    @Nullable
    Call asWrite() {
        return asWrite;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    /** Completed by whatever thread holds the answer: only internal code may depend on it. */
    public CompletableFuture<Reply> answer() {
        return answer;
    }

    int timesSent() {
        return sent;
    }

    void markSent() {
        sent++;
        parts.clear();
    }

    void addRows(int statement, List<byte[]> rows) {
        parts.add(new Part(statement, rows));
    }

    /** The answer with the rows that came before it. */
    Reply reply(List<Result> results, Position position, boolean durable) {
        if (parts.isEmpty()) {
            return new Reply(results, position, durable);
        }
        List<Result> whole = new ArrayList<>(results.size());
        for (int i = 0; i < results.size(); i++) {
            Result last = results.get(i);
            List<byte[]> rows = new ArrayList<>();
            for (Part part : parts) {
                if (part.statement() == i) {
                    rows.addAll(part.rows());
                }
            }
            rows.addAll(last.rows());
            whole.add(new Result(last.command(), last.rowType(), rows, last.rowCount()));
        }
        return new Reply(whole, position, durable);
    }
}
