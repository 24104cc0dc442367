package dev.merapi.query.expr;

import dev.merapi.api.schema.ColumnType;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Calls as PostgreSQL words them in messages: {@code lower(text)}, {@code integer + unknown}. */
final class Signatures {
    private Signatures() {}

    static String render(String name, List<? extends @Nullable ColumnType> types) {
        StringJoiner call = new StringJoiner(", ", name + "(", ")");
        for (ColumnType type : types) {
            call.add(typeName(type));
        }
        return call.toString();
    }

    static String typeName(@Nullable ColumnType type) {
        return type == null ? "unknown" : type.sqlName();
    }
}
