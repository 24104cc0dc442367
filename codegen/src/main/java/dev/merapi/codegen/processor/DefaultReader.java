package dev.merapi.codegen.processor;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.module.Default;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.value.TextFormat;
import dev.merapi.codegen.model.Place;
import dev.merapi.codegen.model.Shape.EnumShape;
import dev.merapi.codegen.model.ValueType;
import java.util.Optional;
import javax.lang.model.element.RecordComponentElement;
import org.jspecify.annotations.Nullable;

/** Reads defaults as SQL will, so that a wrong one is refused by the compiler and not by the first publish. */
final class DefaultReader {
    private final Problems problems;

    DefaultReader(Problems problems) {
        this.problems = problems;
    }

    /** The default of a component as SQL, or null if it has none or a wrong one. */
    @Nullable
    String read(RecordComponentElement component, Place place) {
        Default given = component.getAnnotation(Default.class);
        if (given == null) {
            return null;
        }
        if (place.type() instanceof ValueType.ShapeValue value && value.shape() instanceof EnumShape constants) {
            if (!constants.constants().contains(given.value())) {
                problems.error(
                        component,
                        "@Default(\"%s\") is no constant of %s: write one of %s",
                        given.value(),
                        constants.javaName().simple(),
                        String.join(", ", constants.constants()));
            }
            return quoted(given.value());
        }
        Optional<ColumnType> type = literalType(place.type());
        if (type.isEmpty()) {
            problems.error(
                    component,
                    "a column of this type has no default: leave @Default out, and declare the component @Nullable if"
                            + " older rows have none");
            return null;
        }
        return literal(component, given.value(), type.get());
    }

    private @Nullable String literal(RecordComponentElement component, String text, ColumnType type) {
        try {
            TextFormat.parse(type, text);
        } catch (CodedException e) {
            problems.error(component, "@Default(\"%s\") is no %s: %s", text, type.sqlName(), e.getMessage());
            return null;
        }
        boolean plain = type == ScalarType.BOOL || (type instanceof ScalarType scalar && scalar.isInteger());
        return plain ? text.strip() : quoted(text);
    }

    private static Optional<ColumnType> literalType(ValueType type) {
        return switch (type) {
            case ValueType.ScalarValue value -> Optional.of(value.scalar().columnType());
            case ValueType.IntegerValue value -> Optional.of(value.column());
            case ValueType.DecimalValue value -> Optional.of(value.column());
            case ValueType.ScheduleValue value -> Optional.empty();
            case ValueType.ListValue value -> Optional.empty();
            case ValueType.ShapeValue value -> Optional.empty();
        };
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
