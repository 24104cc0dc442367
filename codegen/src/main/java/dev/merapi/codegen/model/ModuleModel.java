package dev.merapi.codegen.model;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A module.
 *
 * @param name what its database is called
 * @param javaName the class that is annotated {@code @Module}
 * @param tables in the order of their names, which is that of their numbers
 * @param functions in the order of their names, which is that of their numbers
 * @param shapes every record, enum and sealed interface that is stored or handed over, in the order of their names
 */
public record ModuleModel(
        String name, JavaName javaName, List<TableModel> tables, List<FunctionModel> functions, List<Shape> shapes) {
    public ModuleModel {
        tables = List.copyOf(tables);
        functions = List.copyOf(functions);
        shapes = List.copyOf(shapes);
    }

    public String packageName() {
        return javaName.packageName();
    }

    /** The types that stand within rows, arguments or results, so that a column type is needed for them. */
    public Set<Shape> nestedShapes() {
        Set<Shape> nested = new HashSet<>();
        Stream<Place> columns =
                tables.stream().flatMap(table -> table.columns().stream()).map(ColumnModel::place);
        Stream<Place> parameters = functions.stream()
                .flatMap(function -> function.parameters().stream())
                .map(Shape.Field::place);
        Stream<Place> results = functions.stream().map(FunctionModel::result).filter(Objects::nonNull);
        Stream.of(columns, parameters, results)
                .flatMap(places -> places)
                .forEach(place -> collect(place.type(), nested));
        return nested;
    }

    private static void collect(ValueType type, Set<Shape> nested) {
        if (type instanceof ValueType.ListValue list) {
            collect(list.element(), nested);
        } else if (type instanceof ValueType.ShapeValue value) {
            collect(value.shape(), nested);
        }
    }

    private static void collect(Shape shape, Set<Shape> nested) {
        nested.add(shape);
        switch (shape) {
            case Shape.RecordShape row ->
                row.fields().forEach(field -> collect(field.place().type(), nested));
            case Shape.SumShape sum -> sum.variants().forEach(variant -> collect(variant, nested));
            case Shape.EnumShape constants -> {}
        }
    }

    /** A generated class in the module's package. */
    public JavaName generated(String simpleName) {
        return new JavaName(packageName(), simpleName);
    }

    /** The class of all table handles. */
    public JavaName db() {
        return generated("Db");
    }

    /** The class the host finds. */
    public JavaName descriptor() {
        return generated(javaName.simple() + "Descriptor");
    }

    /** The class that reads and writes a type of the author's. */
    public JavaName codec(Shape shape) {
        return codec(shape.javaName());
    }

    /** The same by the type's name: the names of all types around it and its own, in one word. */
    public JavaName codec(JavaName type) {
        String name = type.name();
        boolean inModule = type.packageName().equals(packageName()) && name.startsWith(javaName.name() + ".");
        String within = inModule ? name.substring(javaName.name().length() + 1) : name;
        return generated(within.replace(".", "") + "Codec");
    }
}
