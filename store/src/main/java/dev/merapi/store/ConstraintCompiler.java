package dev.merapi.store;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.CheckDefinition;
import dev.merapi.api.schema.TableSchema;

/**
 * Turns the SQL text of a CHECK into something that can judge a row. The store keeps the text and asks once per version
 * of the table, at the first write that needs it; the SQL rooms implement it. Called on the writer's thread.
 */
@FunctionalInterface
public interface ConstraintCompiler {
    /** Refuses every CHECK: for databases without SQL. */
    ConstraintCompiler NONE = (table, check) -> {
        throw new CodedException(ErrorCode.UNSUPPORTED_SQL, "no compiler for CHECK constraints is configured")
                .with("constraint", check.name())
                .with("table", table.name())
                .hint("open the database with a ConstraintCompiler");
    };

    RowCheck compile(TableSchema table, CheckDefinition check);
}
