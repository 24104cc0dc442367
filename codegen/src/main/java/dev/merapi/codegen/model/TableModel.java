package dev.merapi.codegen.model;

import dev.merapi.api.module.Visibility;
import java.util.List;
import java.util.Optional;

/**
 * A table.
 *
 * @param row the record of its rows
 * @param indexes keys and indexes; the primary key, if there is one, first
 */
public record TableModel(
        String name,
        Visibility visibility,
        Shape.RecordShape row,
        List<ColumnModel> columns,
        List<IndexModel> indexes,
        Kind kind) {
    /** What becomes of its rows. */
    public sealed interface Kind {}

    /** They stay. */
    public record Stored() implements Kind {}

    /** They live until the transaction ends. */
    public record Event() implements Kind {}

    /**
     * They schedule calls.
     *
     * @param function the name of the function, as clients call it
     * @param atColumn the position of the column that says when
     */
    public record Scheduled(String function, int atColumn) implements Kind {}

    public TableModel {
        columns = List.copyOf(columns);
        indexes = List.copyOf(indexes);
    }

    /** The method of {@code Db} that leads to it. */
    public String accessor() {
        return Names.toMethod(name);
    }

    /** The modifier of its handle, which nobody can name who cannot name its rows. */
    public String modifier() {
        return row.isPublic() ? "public " : "";
    }

    /** The simple name of its handle. */
    public String handleName() {
        return Names.toClass(name) + "Table";
    }

    public Optional<IndexModel> primaryKey() {
        return indexes.stream()
                .filter(index -> index.role() == IndexModel.Role.PRIMARY_KEY)
                .findFirst();
    }

    /** Whether an inserted row may come back altered. */
    public boolean isAlteredByStoring() {
        return row.isRounded() || columns.stream().anyMatch(ColumnModel::autoInc);
    }
}
