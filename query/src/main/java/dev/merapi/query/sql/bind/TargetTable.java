package dev.merapi.query.sql.bind;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.sql.ast.Name;
import dev.merapi.query.sql.scope.BindErrors;
import dev.merapi.query.sql.scope.Nearest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table a statement writes to, and the name it has in the statement. */
record TargetTable(TableSchema schema, @Nullable String alias, int position) {
    /** The name that qualifies its columns. */
    String visibleName() {
        return alias == null ? schema.name().table() : alias;
    }

    int width() {
        return schema.columns().size();
    }

    ColumnDefinition column(int index) {
        return schema.columns().get(index);
    }

    /** The position of a column that is written without qualifier. */
    int indexOf(Name column) {
        int index = schema.indexOf(column.last());
        if (index >= 0) {
            return index;
        }
        List<String> names = columnNames();
        String nearest = Nearest.of(column.last(), names);
        throw BindErrors.at(column, ErrorCode.UNKNOWN_COLUMN, "column does not exist")
                .with("table", schema.name())
                .with("column", column)
                .hint(
                        nearest == null
                                ? "its columns are " + String.join(", ", names)
                                : "did you mean " + nearest + "?");
    }

    List<String> columnNames() {
        List<String> names = new ArrayList<>();
        schema.columns().forEach(column -> names.add(column.name()));
        return names;
    }
}
