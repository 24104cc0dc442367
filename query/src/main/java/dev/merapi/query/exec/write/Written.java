package dev.merapi.query.exec.write;

import dev.merapi.query.expr.row.Row;
import java.util.List;

/**
 * What a writing statement did.
 *
 * @param count rows inserted, updated or deleted; not those a cascade reached
 * @param returned rows of RETURNING, empty without
 */
public record Written(long count, List<Row> returned) {}
