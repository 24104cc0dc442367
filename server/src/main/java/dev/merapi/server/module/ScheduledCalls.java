package dev.merapi.server.module;

import java.util.Set;
import java.util.function.Consumer;

/** The calls of one published module that rows ask for. */
interface ScheduledCalls {
    /** What became of a call that was started. */
    enum Outcome {
        /** It has run, whether it failed or not. */
        RAN,
        /** Its row is not there any more, or is another. */
        GONE,
        /** The database took no more requests: it has to be started again. */
        BUSY
    }

    /** When a row wants to be called; in microseconds since 1970. */
    sealed interface Time {
        /** The first time, when the row appears now. */
        long first(long nowMicros);

        record At(long micros) implements Time {
            @Override
            public long first(long nowMicros) {
                return micros;
            }
        }

        record Every(long intervalMicros) implements Time {
            @Override
            public long first(long nowMicros) {
                return plus(nowMicros, intervalMicros);
            }

            /** The next time: in step with the last one, unless that is over already. */
            long next(long dueMicros, long nowMicros) {
                return Math.max(plus(dueMicros, intervalMicros), nowMicros);
            }

            private static long plus(long micros, long interval) {
                return micros > Long.MAX_VALUE - interval ? Long.MAX_VALUE : micros + interval;
            }
        }
    }

    /** The ids of the scheduled tables. */
    Set<Integer> tables();

    /** When a row of such a table wants to be called. */
    Time time(int table, byte[] row);

    /**
     * Calls the function of a row, if the row is still there as it was.
     *
     * @param then told what has become of it, on any thread
     */
    void start(int table, long rowId, byte[] row, Consumer<Outcome> then);
}
