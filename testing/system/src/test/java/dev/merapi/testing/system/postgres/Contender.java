package dev.merapi.testing.system.postgres;

import java.util.List;

/** A database that answers cases. Used by one thread. */
interface Contender extends AutoCloseable {

    /** Answers of the case's statements on a fresh copy of its schema. */
    List<Answer> answer(SqlCase question);

    @Override
    void close();
}
