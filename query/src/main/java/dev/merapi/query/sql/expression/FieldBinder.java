package dev.merapi.query.sql.expression;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.RecordType;
import dev.merapi.api.schema.SumType;
import dev.merapi.api.value.RecordValue;
import dev.merapi.api.value.SumValue;
import dev.merapi.query.expr.ScalarFunction;
import dev.merapi.query.expr.ScalarFunction.Traits;
import dev.merapi.query.sql.expression.Term.Value;
import dev.merapi.query.sql.scope.BindErrors;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Parts of values: {@code (place).x}, and {@code (shape).circle}, which is NULL for every other variant. */
final class FieldBinder {
    private final Coercion coercion;

    FieldBinder(Coercion coercion) {
        this.coercion = coercion;
    }

    Term field(Term base, String field, int position) {
        ScalarFunction access = switch (base.type()) {
            case RecordType record -> ofRecord(record, field);
            case SumType sum -> ofSum(sum, field);
            case null, default -> throw noFields(base.type(), position);
        };
        if (access == null) {
            throw BindErrors.at(position, ErrorCode.UNKNOWN_COLUMN, "type has no such field")
                    .with("type", Coercion.render(base.type()))
                    .with("field", field)
                    .hint("merapi.types lists the fields and variants of all types");
        }
        return new Value(coercion.call(access, ((Value) base).node()), position);
    }

    /** All fields of a record, by name. */
    List<Column> fields(Term base, int position) {
        if (base.type() instanceof RecordType record) {
            return record.fields();
        }
        throw noFields(base.type(), position);
    }

    private static CodedException noFields(@Nullable ColumnType type, int position) {
        return BindErrors.unsupported(position, "fields of values", "values of this type have no fields")
                .with("type", Coercion.render(type));
    }

    private static @Nullable ScalarFunction ofRecord(RecordType type, String name) {
        int index = type.indexOf(name);
        if (index < 0) {
            return null;
        }
        Column field = type.fields().get(index);
        return new ScalarFunction(
                "." + name,
                List.of(type),
                field.type(),
                field.nullable() ? Traits.STRICT_PARTIAL : Traits.STRICT,
                (context, arguments) -> ((RecordValue) Objects.requireNonNull(arguments[0])).get(index));
    }

    private static @Nullable ScalarFunction ofSum(SumType type, String name) {
        int tag = type.indexOf(name);
        ColumnType payload = tag < 0 ? null : type.variants().get(tag).payload();
        if (payload == null) {
            return null;
        }
        return new ScalarFunction("." + name, List.of(type), payload, Traits.STRICT_PARTIAL, (context, arguments) -> {
            SumValue value = (SumValue) Objects.requireNonNull(arguments[0]);
            return value.tag() == tag ? value.payload() : null;
        });
    }
}
