package dev.merapi.query.sql;

import dev.merapi.api.schema.ColumnType;
import java.util.List;

/**
 * EXPLAIN: one text column {@code QUERY PLAN}, one row per line.
 *
 * @param analyze whether the statement is executed and the plan shows what it did
 * @param live whether the question is how the query would be kept live (EXPLAIN LIVE)
 */
public record BoundExplain(BoundStatement statement, boolean analyze, boolean live) implements BoundStatement {
    @Override
    public List<ColumnType> parameterTypes() {
        return statement.parameterTypes();
    }
}
