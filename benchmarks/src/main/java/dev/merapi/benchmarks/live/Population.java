package dev.merapi.benchmarks.live;

import dev.merapi.query.live.LiveQueries;
import dev.merapi.query.live.LiveResult;
import dev.merapi.store.Commit;
import dev.merapi.store.Snapshot;

/**
 * What many subscribers of a table of messages want. In each population a message of thread {@code t} concerns
 * subscriber {@code t} and no other.
 */
enum Population {
    EQUALITY("equality") {
        @Override
        LiveResult subscribe(LiveDatabase database, LiveQueries live, Snapshot snapshot, int number) {
            return database.subscribe(live, snapshot, BY_THREAD, number);
        }
    },
    /** 16 of 20 by equality, 3 by equality and range, and of each 40 one by OR and one by LIKE. */
    MIXED("80 % equality, 15 % equality and range, 5 % OR or LIKE") {
        @Override
        LiveResult subscribe(LiveDatabase database, LiveQueries live, Snapshot snapshot, int number) {
            int kind = number % 40;
            if (kind >= 38) {
                return kind == 38
                        ? database.subscribe(live, snapshot, BY_THREAD_OR_SIZE, number, -1L - number)
                        : PREFIX.subscribe(database, live, snapshot, number);
            }
            return kind >= 32
                    ? database.subscribe(live, snapshot, BY_THREAD_AND_SIZE, number, -1L)
                    : EQUALITY.subscribe(database, live, snapshot, number);
        }
    },
    RANGE("BETWEEN") {
        @Override
        LiveResult subscribe(LiveDatabase database, LiveQueries live, Snapshot snapshot, int number) {
            long from = 10L * number;
            return database.subscribe(live, snapshot, BY_RANGE, from, from + 9);
        }
    },
    PREFIX("LIKE with a prefix") {
        @Override
        LiveResult subscribe(LiveDatabase database, LiveQueries live, Snapshot snapshot, int number) {
            return database.subscribe(live, snapshot, BY_PREFIX, "thread:" + number + ":%");
        }
    };

    static final String TABLE = "CREATE TABLE messages"
            + " (id int PRIMARY KEY, thread int NOT NULL, size bigint NOT NULL, name text NOT NULL, body text)";
    static final String BY_THREAD = "SELECT * FROM messages WHERE thread = $1";

    private static final String BY_THREAD_AND_SIZE = "SELECT * FROM messages WHERE thread = $1 AND size > $2";
    private static final String BY_THREAD_OR_SIZE = "SELECT * FROM messages WHERE thread = $1 OR size = $2";
    private static final String BY_RANGE = "SELECT * FROM messages WHERE size BETWEEN $1 AND $2";
    private static final String BY_PREFIX = "SELECT * FROM messages WHERE name LIKE $1";

    private final String text;

    Population(String text) {
        this.text = text;
    }

    /** Subscribes one, counted from 0. */
    abstract LiveResult subscribe(LiveDatabase database, LiveQueries live, Snapshot snapshot, int number);

    /** So many subscribers. */
    LiveQueries subscribeAll(LiveDatabase database, int subscribers) {
        LiveQueries live = database.liveQueries();
        Snapshot snapshot = database.snapshot();
        for (int i = 0; i < subscribers; i++) {
            subscribe(database, live, snapshot, i);
        }
        return live;
    }

    /** A message that concerns one subscriber. */
    static Commit message(LiveDatabase database, int id, int thread) {
        return database.run(
                "INSERT INTO messages VALUES ($1, $2, $3, $4, 'hello')",
                id,
                thread,
                10L * thread + 5,
                "thread:" + thread + ":" + id);
    }

    @Override
    public String toString() {
        return text;
    }
}
