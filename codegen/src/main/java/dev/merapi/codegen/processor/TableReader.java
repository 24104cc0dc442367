package dev.merapi.codegen.processor;

import dev.merapi.api.module.AutoInc;
import dev.merapi.api.module.Default;
import dev.merapi.api.module.PrimaryKey;
import dev.merapi.api.module.Table;
import dev.merapi.api.module.Unique;
import dev.merapi.codegen.model.ColumnModel;
import dev.merapi.codegen.model.IndexModel;
import dev.merapi.codegen.model.Names;
import dev.merapi.codegen.model.Shape.Field;
import dev.merapi.codegen.model.Shape.RecordShape;
import dev.merapi.codegen.model.TableModel;
import dev.merapi.codegen.model.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;

/** Reads the tables of one record. */
final class TableReader {
    private final Problems problems;
    private final ShapeReader shapes;
    private final DefaultReader defaults;

    TableReader(Problems problems, ShapeReader shapes) {
        this.problems = problems;
        this.shapes = shapes;
        defaults = new DefaultReader(problems);
    }

    /** The tables of a type that is annotated {@code @Table}; what is wrong is reported and left out. */
    List<TableModel> read(TypeElement type) {
        Table[] tables = type.getAnnotationsByType(Table.class);
        if (!isRowType(type)) {
            return List.of();
        }
        Optional<RecordShape> row = shapes.record(type);
        if (row.isEmpty()) {
            return List.of();
        }
        List<TableModel> found = new ArrayList<>();
        for (Table table : tables) {
            if (tables.length > 1 && table.name().isEmpty()) {
                problems.error(
                        type,
                        "one of several tables of %s has no name: write @Table(name = \"…\")",
                        row.get().javaName().simple());
            } else {
                read(type, row.get(), table).ifPresent(found::add);
            }
        }
        return found;
    }

    private boolean isRowType(TypeElement type) {
        if (type.getKind() != ElementKind.RECORD) {
            problems.error(
                    type,
                    "@Table stands on %s, which is no record: declare it as public record %s(…) {}",
                    type.getSimpleName(),
                    type.getSimpleName());
            return false;
        }
        if (!type.getTypeParameters().isEmpty()) {
            problems.error(
                    type,
                    "%s is generic, and a table has one row type: write a record with the types filled in",
                    type.getSimpleName());
            return false;
        }
        if (type.getRecordComponents().isEmpty()) {
            problems.error(type, "%s has no components, and a table has columns: add one", type.getSimpleName());
            return false;
        }
        return true;
    }

    private Optional<TableModel> read(TypeElement type, RecordShape row, Table table) {
        String name = table.name().isEmpty() ? row.sqlName() : table.name();
        if (!isGoodName(type, name)) {
            return Optional.empty();
        }
        List<ColumnModel> columns = new ArrayList<>();
        for (int i = 0; i < row.fields().size(); i++) {
            columns.add(column(type.getRecordComponents().get(i), row.fields().get(i)));
        }
        List<IndexModel> indexes = new KeyReader(problems, type, row, name).read();
        return kind(type, row, table, columns, indexes)
                .map(kind -> new TableModel(name, table.visibility(), row, columns, indexes, kind));
    }

    private boolean isGoodName(TypeElement type, String name) {
        boolean system = name.startsWith("pg_") || name.startsWith("st_");
        if (system) {
            problems.error(type, "%s begins like a table of the system: leave pg_ and st_ to it", name);
        } else if (!Names.isSqlName(name)) {
            problems.error(
                    type,
                    "%s is no good name of a table: use lower-case letters, digits and underscores, at most %d, and no"
                            + " digit in front",
                    name,
                    Names.MAX_SQL_NAME_LENGTH);
        }
        return !system && Names.isSqlName(name);
    }

    private ColumnModel column(RecordComponentElement component, Field field) {
        boolean autoInc = Annotations.has(component, AutoInc.class);
        boolean keyed = Annotations.has(component, PrimaryKey.class) || Annotations.has(component, Unique.class);
        if (autoInc && !isNumber(field)) {
            problems.error(
                    component,
                    "@AutoInc numbers rows, and %s is no integer of at most 64 bits that is always there: declare it"
                            + " as long",
                    field.component());
        }
        if (Annotations.has(component, Default.class) && (autoInc || keyed)) {
            problems.error(
                    component,
                    "%s differs from row to row, so a default helps nobody: leave @Default out",
                    field.component());
            return new ColumnModel(field, autoInc, null);
        }
        return new ColumnModel(field, autoInc, defaults.read(component, field.place()));
    }

    private static boolean isNumber(Field field) {
        return !field.place().isNullable()
                && field.place().type() instanceof ValueType.IntegerValue integer
                && integer.column().fixedWidth() <= Long.BYTES;
    }

    // ---- kinds

    private Optional<TableModel.Kind> kind(
            TypeElement type, RecordShape row, Table table, List<ColumnModel> columns, List<IndexModel> indexes) {
        if (table.event() && !table.scheduled().isEmpty()) {
            problems.error(
                    type, "rows of an event table are gone before a schedule comes: leave event or scheduled out");
            return Optional.empty();
        }
        if (table.event()) {
            return Optional.of(new TableModel.Event());
        }
        if (table.scheduled().isEmpty()) {
            return Optional.of(new TableModel.Stored());
        }
        return scheduled(type, row, table, columns, indexes);
    }

    private Optional<TableModel.Kind> scheduled(
            TypeElement type, RecordShape row, Table table, List<ColumnModel> columns, List<IndexModel> indexes) {
        List<Integer> at = new ArrayList<>();
        for (int i = 0; i < row.fields().size(); i++) {
            if (row.fields().get(i).place().type() instanceof ValueType.ScheduleValue) {
                at.add(i);
            }
        }
        if (at.size() != 1 || row.fields().get(at.getFirst()).place().isNullable()) {
            problems.error(
                    type,
                    "scheduled table %s needs exactly one component of type ScheduleAt that is always there: add"
                            + " ScheduleAt at",
                    row.javaName().simple());
            return Optional.empty();
        }
        boolean numbered = indexes.stream()
                .filter(index -> index.role() == IndexModel.Role.PRIMARY_KEY)
                .map(index -> columns.get(index.columns().getFirst()))
                .anyMatch(TableReader::isScheduleKey);
        if (!numbered) {
            problems.error(
                    type,
                    "scheduled table %s needs a numbered key: add @PrimaryKey @AutoInc long id",
                    row.javaName().simple());
            return Optional.empty();
        }
        return Optional.of(new TableModel.Scheduled(table.scheduled(), at.getFirst()));
    }

    private static boolean isScheduleKey(ColumnModel column) {
        return column.autoInc()
                && column.place().type() instanceof ValueType.IntegerValue integer
                && integer.column().fixedWidth() == Long.BYTES;
    }
}
