package dev.merapi.query;

import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.IndexDefinition.Kind;
import dev.merapi.api.schema.PrimaryKey;
import dev.merapi.api.schema.TableName;
import dev.merapi.api.schema.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Tables that SQL cannot create, as modules have them: with columns of record and sum types. */
public final class Tables {
    private Tables() {}

    /**
     * The draft of a table.
     *
     * @param indexed columns with an index of their own, ordered and hash by turns
     * @param columns the first is the primary key
     */
    public static TableSchema table(String name, List<String> indexed, Column... columns) {
        List<IndexDefinition> indexes = new ArrayList<>();
        indexes.add(new IndexDefinition(0, name + "_pkey", List.of(0), true, Kind.HASH));
        List<String> names = Arrays.stream(columns).map(Column::name).toList();
        for (String column : indexed) {
            Kind kind = indexes.size() % 2 == 0 ? Kind.HASH : Kind.ORDERED;
            indexes.add(new IndexDefinition(
                    indexes.size(), name + "_" + column, List.of(names.indexOf(column)), false, kind));
        }
        return new TableSchema(
                0,
                TableName.of(name),
                Arrays.stream(columns).map(ColumnDefinition::of).toList(),
                new PrimaryKey(name + "_pkey", 0),
                indexes,
                List.of(),
                List.of(),
                0);
    }
}
