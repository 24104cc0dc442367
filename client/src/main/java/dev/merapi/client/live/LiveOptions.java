package dev.merapi.client.live;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.client.row.Rows;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a live query begins and how it is handed out. Immutable; made by {@link #builder}.
 */
public final class LiveOptions {
    /** All rows, batches fetched automatically, keys told by the server. */
    public static final LiveOptions DEFAULT = builder().build();

    /** Rows of events that may wait for the application, unless set otherwise. */
    public static final int DEFAULT_MAX_BUFFERED_ROWS = 10_000;

    private final int batchSize;
    private final OptionalInt lastRows;
    private final @Nullable From from;
    private final boolean autoFetchBatches;
    private final OptionalInt limit;
    private final List<String> keyColumns;
    private final @Nullable Consumer<Checkpoint> onCheckpoint;
    private final @Nullable Consumer<LiveError> onError;
    private final @Nullable Consumer<LiveReset> onReset;
    private final List<@Nullable Object> parameters;
    private final Overflow overflow;
    private final int maxBufferedRows;

    private LiveOptions(Builder builder) {
        batchSize = builder.batchSize;
        lastRows = builder.lastRows;
        from = builder.from;
        autoFetchBatches = builder.autoFetchBatches;
        limit = builder.limit;
        keyColumns = builder.keyColumns;
        onCheckpoint = builder.onCheckpoint;
        onError = builder.onError;
        onReset = builder.onReset;
        parameters = builder.parameters;
        overflow = builder.overflow;
        maxBufferedRows = builder.maxBufferedRows;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Rows per initial batch; 0 when it is left to the server. */
    public int batchSize() {
        return batchSize;
    }

    public OptionalInt lastRows() {
        return lastRows;
    }

    /** Where to resume; null for the beginning. */
    public @Nullable From from() {
        return from;
    }

    public boolean autoFetchBatches() {
        return autoFetchBatches;
    }

    public OptionalInt limit() {
        return limit;
    }

    /** Empty when the server is to tell them. */
    public List<String> keyColumns() {
        return keyColumns;
    }

    public @Nullable Consumer<Checkpoint> onCheckpoint() {
        return onCheckpoint;
    }

    public @Nullable Consumer<LiveError> onError() {
        return onError;
    }

    public @Nullable Consumer<LiveReset> onReset() {
        return onReset;
    }

    /** Values of {@code $1}, {@code $2}, …. */
    public List<@Nullable Object> parameters() {
        return parameters;
    }

    public Overflow overflow() {
        return overflow;
    }

    public int maxBufferedRows() {
        return maxBufferedRows;
    }

    /** Where a live query is resumed. */
    public sealed interface From {
        /** After this offset of the history the server has now. */
        record Offset(long offset) implements From {}

        /** After this position, in the form {@code offset@epoch}. */
        record Position(String text) implements From {}

        /** After these rows: they are the state to which the difference is applied. */
        record State(Rows rows) implements From {}
    }

    /** Collects options; each method returns the builder. Not thread-safe. */
    public static final class Builder {
        private int batchSize;
        private OptionalInt lastRows = OptionalInt.empty();
        private @Nullable From from;
        private boolean autoFetchBatches = true;
        private OptionalInt limit = OptionalInt.empty();
        private List<String> keyColumns = List.of();
        private @Nullable Consumer<Checkpoint> onCheckpoint;
        private @Nullable Consumer<LiveError> onError;
        private @Nullable Consumer<LiveReset> onReset;
        private List<@Nullable Object> parameters = List.of();
        private Overflow overflow = Overflow.PAUSE;
        private int maxBufferedRows = DEFAULT_MAX_BUFFERED_ROWS;

        private Builder() {}

        /** Rows per initial batch at most, 1 or more. Unset: as many as the server likes. */
        public Builder batchSize(int rows) {
            batchSize = atLeastOne("batchSize", rows);
            return this;
        }

        /**
         * Begins with the newest so many rows instead of all, 1 or more; of a query with ORDER BY with the first of its
         * order. Later changes of all rows are told.
         */
        public Builder lastRows(int rows) {
            lastRows = OptionalInt.of(atLeastOne("lastRows", rows));
            return this;
        }

        /** Resumes after an offset. The offset alone does not say of which history it is: prefer the text form. */
        public Builder from(long offset) {
            if (offset < 0) {
                throw invalid("from", offset, "an offset is 0 or more");
            }
            from = new From.Offset(offset);
            return this;
        }

        /** Resumes after a position: a {@code lastSeqId}, or an offset in decimal digits. */
        public Builder from(String lastSeqId) {
            if (lastSeqId.isEmpty()) {
                throw invalid("from", "\"\"", "leave it out to begin at the beginning");
            }
            from = lastSeqId.chars().allMatch(c -> c >= '0' && c <= '9')
                    ? new From.Offset(parseOffset(lastSeqId))
                    : new From.Position(lastSeqId);
            return this;
        }

        /** Resumes after a checkpoint. */
        public Builder from(Checkpoint checkpoint) {
            return from(checkpoint.lastSeqId());
        }

        /**
         * Resumes with rows an earlier {@code live} of the same query gave: only the difference is fetched, and it is
         * applied to them. For {@code live} and {@code liveTable}.
         */
        public Builder from(Rows rows) {
            if (rows.position().isEmpty()) {
                throw invalid("from", "rows without a position", "give rows that came from a server");
            }
            if (!rows.isComplete()) {
                throw invalid("from", "incomplete rows", "give rows whose isComplete() is true");
            }
            from = new From.State(rows);
            return this;
        }

        /** With false, further initial batches come only when {@link LiveSubscription#fetchNextBatch} asks for them. */
        public Builder autoFetchBatches(boolean automatically) {
            autoFetchBatches = automatically;
            return this;
        }

        /**
         * Keeps the newest so many rows, 1 or more; of a query with ORDER BY the first of its order. When one of them
         * leaves, the next one takes its place. For {@code live} and {@code liveTable}.
         */
        public Builder limit(int rows) {
            limit = OptionalInt.of(atLeastOne("limit", rows));
            return this;
        }

        /**
         * The columns that tell rows apart; blank and repeated names are dropped. Unset: the primary key, when the
         * query selects all of it, else all columns. For {@code live} and {@code liveTable}.
         */
        public Builder keyColumns(String... names) {
            LinkedHashSet<String> kept = new LinkedHashSet<>();
            for (String name : names) {
                String trimmed = name.strip();
                if (!trimmed.isEmpty()) {
                    kept.add(trimmed);
                }
            }
            keyColumns = List.copyOf(kept);
            return this;
        }

        /** Called with each new checkpoint after the application has processed what leads to it. */
        public Builder onCheckpoint(Consumer<Checkpoint> listener) {
            onCheckpoint = Objects.requireNonNull(listener);
            return this;
        }

        /** Called with each error of this live query on the callback thread, also with those that do not end it. */
        public Builder onError(Consumer<LiveError> listener) {
            onError = Objects.requireNonNull(listener);
            return this;
        }

        /**
         * Called on the callback thread when a position could not be resumed and everything begins anew. Rows of {@code
         * live} are replaced as a whole; events show it too, as {@link LiveEvent.Reset}.
         */
        public Builder onReset(Consumer<LiveReset> listener) {
            onReset = Objects.requireNonNull(listener);
            return this;
        }

        /** Values of the parameters {@code $1}, {@code $2}, … in the SQL. */
        public Builder parameters(@Nullable Object... values) {
            parameters =
                    Collections.<@Nullable Object>unmodifiableList(Arrays.<@Nullable Object>asList(values.clone()));
            return this;
        }

        /** What to do when the application is slower than the events. For {@code liveEvents}. */
        public Builder overflow(Overflow reaction) {
            overflow = Objects.requireNonNull(reaction);
            return this;
        }

        /**
         * Changed rows inside of events that may wait for the application, 1 or more. For {@code liveEvents}. Initial
         * rows do not count: of those, four batches are under way or waiting at most.
         */
        public Builder maxBufferedRows(int rows) {
            maxBufferedRows = atLeastOne("maxBufferedRows", rows);
            return this;
        }

        public LiveOptions build() {
            return new LiveOptions(this);
        }

        private static long parseOffset(String digits) {
            try {
                return Long.parseLong(digits);
            } catch (NumberFormatException e) {
                throw invalid("from", digits, "an offset fits 64 bits").causedBy(e);
            }
        }

        private static int atLeastOne(String option, int value) {
            if (value < 1) {
                throw invalid(option, value, "give 1 or more, or leave the option out");
            }
            return value;
        }

        private static CodedException invalid(String option, Object value, String hint) {
            return new CodedException(ErrorCode.INVALID_OPTION, "a live option is not valid")
                    .with("option", option)
                    .with("value", value)
                    .hint(hint);
        }
    }
}
