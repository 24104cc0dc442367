package dev.merapi.query.sql.bind;

import dev.merapi.query.sql.expression.Term;

/** What a column is set to. */
sealed interface Assigned {
    record ToDefault() implements Assigned {}

    record To(Term term) implements Assigned {}
}
