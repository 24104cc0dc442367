package dev.merapi.testing.system.postgres;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One question put to both databases: a few statements that run on a fresh copy of a schema.
 *
 * @param file       the case file's name without suffix
 * @param name       unique inside the file; the key of the recorded answer
 * @param schema     statements that make the tables the case starts from
 * @param statements what is asked, each statement in a transaction of its own unless {@code script}
 * @param ordered    whether the order of rows is part of the answer
 * @param script     whether all statements are one request, hence one transaction
 * @param parameters values for {@code $1 …} of the only statement, in text form; one list per run of it
 */
record SqlCase(
        String file,
        String name,
        List<String> schema,
        List<String> statements,
        boolean ordered,
        boolean script,
        List<List<@Nullable String>> parameters) {

    String id() {
        return file + "/" + name;
    }

    /** The case's own text, as the documentation shows it. */
    String text() {
        return String.join("\n", statements);
    }

    @Override
    public String toString() {
        return id();
    }
}
