package dev.merapi.query.exec.schema;

import dev.merapi.api.schema.CheckDefinition;
import dev.merapi.api.schema.TableSchema;
import java.util.Set;

/** Finds the columns that the text of a CHECK mentions: only the binder can read it. */
@FunctionalInterface
public interface CheckColumns {
    /** Positions in the table. */
    Set<Integer> mentioned(TableSchema table, CheckDefinition check);
}
