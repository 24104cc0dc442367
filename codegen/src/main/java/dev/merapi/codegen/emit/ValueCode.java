package dev.merapi.codegen.emit;

import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.codegen.model.Carrier;
import dev.merapi.codegen.model.JavaName;
import dev.merapi.codegen.model.ModuleModel;
import dev.merapi.codegen.model.Place;
import dev.merapi.codegen.model.Scalar;
import dev.merapi.codegen.model.ValueType;
import dev.merapi.codegen.model.ValueType.DecimalValue;
import dev.merapi.codegen.model.ValueType.IntegerValue;
import dev.merapi.codegen.model.ValueType.ListValue;
import dev.merapi.codegen.model.ValueType.ScalarValue;
import dev.merapi.codegen.model.ValueType.ScheduleValue;
import dev.merapi.codegen.model.ValueType.ShapeValue;

/** Expressions about values: their Java type, their column type, and how they are written and read. */
final class ValueCode {
    private final ModuleModel module;
    private final JavaFile file;

    ValueCode(ModuleModel module, JavaFile file) {
        this.module = module;
        this.file = file;
    }

    // ---- types

    /** The Java type of a place. */
    String javaType(Place place) {
        return switch (place.presence()) {
            case REQUIRED -> place.boxed() ? boxedType(place.type()) : javaType(place.type());
            case NULLABLE -> boxedType(place.type());
            case OPTIONAL -> file.type(Types.OPTIONAL) + "<" + boxedType(place.type()) + ">";
        };
    }

    /** The Java type, primitive where there is one. */
    String javaType(ValueType type) {
        return switch (type) {
            case ScalarValue value -> named(value.scalar().javaType());
            case IntegerValue value -> named(value.carrier().javaType());
            case DecimalValue value -> file.type(Types.BIG_DECIMAL);
            case ScheduleValue value -> file.type(Types.SCHEDULE_AT);
            case ListValue value -> file.type(Types.LIST) + "<" + boxedType(value.element()) + ">";
            case ShapeValue value -> file.type(value.shape().javaName());
        };
    }

    /** The Java type as an argument of another. */
    String boxedType(ValueType type) {
        return switch (type) {
            case ScalarValue value when value.scalar() == Scalar.BOOLEAN -> "Boolean";
            case ScalarValue value when value.scalar() == Scalar.FLOAT -> "Float";
            case ScalarValue value when value.scalar() == Scalar.DOUBLE -> "Double";
            case IntegerValue value ->
                value.carrier() == Carrier.BIG
                        ? javaType(value)
                        : value.carrier().boxed();
            default -> javaType(type);
        };
    }

    private String named(String javaType) {
        return javaType.contains(".") ? file.type(JavaName.of(javaType)) : javaType;
    }

    /** The column type as an expression. */
    String columnType(ValueType type) {
        return switch (type) {
            case ScalarValue value -> scalarType(value.scalar().columnType());
            case IntegerValue value -> scalarType(value.column());
            case DecimalValue value -> decimalType(value.column());
            case ScheduleValue value -> file.type(Types.SCHEDULE_AT) + ".TYPE";
            case ListValue value ->
                "new %s(%s, %s)"
                        .formatted(file.type(Types.ARRAY_TYPE), columnType(value.element()), value.nullableElements());
            case ShapeValue value -> file.type(module.codec(value.shape())) + ".TYPE";
        };
    }

    /** A column with a name as an expression. */
    String column(String name, Place place) {
        return "%s.%s(\"%s\", %s)"
                .formatted(
                        file.type(Types.COLUMN),
                        place.isNullable() ? "optional" : "required",
                        name,
                        columnType(place.type()));
    }

    private String decimalType(DecimalType type) {
        String name = file.type(Types.DECIMAL_TYPE);
        return type.isConstrained()
                ? "new %s(%d, %d)".formatted(name, type.precision(), type.scale())
                : name + ".UNCONSTRAINED";
    }

    private String scalarType(ScalarType type) {
        return file.type(Types.SCALAR_TYPE) + "." + type.name();
    }

    // ---- writing

    /** Writes what stands in a place, with the tag of an option where it may be absent. */
    String put(Place place, String out, String expression, String column) {
        return switch (place.presence()) {
            case REQUIRED -> put(place.type(), out, isPrimitive(place) ? expression : required(expression, column), 0);
            case NULLABLE -> values("putNullable", out, expression, writer(place.type(), 0));
            case OPTIONAL -> values("putOptional", out, required(expression, column), writer(place.type(), 0));
        };
    }

    /** Writes a value that is there. */
    String put(ValueType type, String out, String expression) {
        return put(type, out, expression, 0);
    }

    private String put(ValueType type, String out, String expression, int depth) {
        return switch (type) {
            case ScalarValue value ->
                value.scalar().codec() == Scalar.Codec.BUFFER
                        ? "%s.put%s(%s)".formatted(out, value.scalar().methodSuffix(), expression)
                        : values("put" + value.scalar().methodSuffix(), out, expression);
            case IntegerValue value -> putInteger(value, out, expression);
            case DecimalValue value -> putDecimal(value.column(), out, expression);
            case ScheduleValue value -> values("putScheduleAt", out, expression);
            case ListValue value ->
                values(
                        value.nullableElements() ? "putListOfNullable" : "putList",
                        out,
                        expression,
                        writer(value.element(), depth));
            case ShapeValue value -> "%s.put(%s, %s)".formatted(codec(value), out, expression);
        };
    }

    private String putDecimal(DecimalType column, String out, String expression) {
        if (!column.isConstrained()) {
            return values("putDecimal", out, expression);
        }
        String precision = String.valueOf(column.precision());
        return values("putDecimal", out, expression, precision, String.valueOf(column.scale()));
    }

    private String putInteger(IntegerValue value, String out, String expression) {
        if (value.isSameBits()) {
            return "%s.put%s(%s)".formatted(out, bufferMethod(value), expression);
        }
        String method = value.carrier().isPrimitive() ? "putInteger" : "putBigInteger";
        return values(method, out, scalarType(value.column()), expression);
    }

    /** A reference to what writes values of the type. */
    String writer(ValueType type) {
        return writer(type, 0);
    }

    private String writer(ValueType type, int depth) {
        return switch (type) {
            case ScalarValue value -> {
                boolean buffer = value.scalar().codec() == Scalar.Codec.BUFFER;
                yield file.type(buffer ? Types.WRITER : Types.VALUES) + "::put"
                        + value.scalar().methodSuffix();
            }
            case IntegerValue value when isExactly(value) -> file.type(Types.WRITER) + "::put" + bufferMethod(value);
            case ScheduleValue value -> file.type(Types.VALUES) + "::putScheduleAt";
            case ShapeValue value -> codec(value) + "::put";
            default -> {
                String to = numbered("to", depth);
                String item = numbered("item", depth);
                yield "(%s, %s) -> %s".formatted(to, item, put(type, to, item, depth + 1));
            }
        };
    }

    // ---- reading

    /** Reads what stands in a place. */
    String get(Place place, String in) {
        return switch (place.presence()) {
            case REQUIRED -> get(place.type(), in, 0);
            case NULLABLE -> values("getNullable", in, reader(place.type(), 0));
            case OPTIONAL -> values("getOptional", in, reader(place.type(), 0));
        };
    }

    private String get(ValueType type, String in, int depth) {
        return switch (type) {
            case ScalarValue value ->
                value.scalar().codec() == Scalar.Codec.BUFFER
                        ? "%s.get%s()".formatted(in, value.scalar().methodSuffix())
                        : values("get" + value.scalar().methodSuffix(), in);
            case IntegerValue value -> getInteger(value, in);
            case DecimalValue value -> values("getDecimal", in);
            case ScheduleValue value -> values("getScheduleAt", in);
            case ListValue value ->
                values(value.nullableElements() ? "getListOfNullable" : "getList", in, reader(value.element(), depth));
            case ShapeValue value -> "%s.get(%s)".formatted(codec(value), in);
        };
    }

    private String getInteger(IntegerValue value, String in) {
        if (value.isSameBits()) {
            return "%s.get%s()".formatted(in, bufferMethod(value));
        }
        String method = value.carrier().isPrimitive() ? "getInteger" : "getBigInteger";
        String call = values(method, in, scalarType(value.column()));
        return switch (value.carrier()) {
            case LONG, BIG -> call;
            case BYTE, SHORT, INT -> "(" + value.carrier().javaType() + ") " + call;
        };
    }

    private String reader(ValueType type, int depth) {
        return switch (type) {
            case ScalarValue value -> {
                boolean buffer = value.scalar().codec() == Scalar.Codec.BUFFER;
                yield file.type(buffer ? Types.READER : Types.VALUES) + "::get"
                        + value.scalar().methodSuffix();
            }
            case IntegerValue value when value.isSameBits() -> file.type(Types.READER) + "::get" + bufferMethod(value);
            case DecimalValue value -> file.type(Types.VALUES) + "::getDecimal";
            case ScheduleValue value -> file.type(Types.VALUES) + "::getScheduleAt";
            case ShapeValue value -> codec(value) + "::get";
            default -> {
                String from = numbered("from", depth);
                yield from + " -> " + get(type, from, depth + 1);
            }
        };
    }

    // ---- small parts

    private static boolean isPrimitive(Place place) {
        return place.type().isPrimitive() && !place.boxed();
    }

    private String required(String expression, String column) {
        return values("required", expression, "\"" + column + "\"");
    }

    private String values(String method, String... arguments) {
        return "%s.%s(%s)".formatted(file.type(Types.VALUES), method, String.join(", ", arguments));
    }

    private String codec(ShapeValue value) {
        return file.type(module.codec(value.shape()));
    }

    /** Whether the method that writes it takes exactly its type: those for bytes and shorts take an int. */
    private static boolean isExactly(IntegerValue value) {
        return value.isSameBits() && value.column().fixedWidth() >= Integer.BYTES;
    }

    private static String bufferMethod(IntegerValue value) {
        return switch (value.carrier()) {
            case BYTE -> "Byte";
            case SHORT -> "Short";
            case INT -> "Int";
            case LONG -> "Long";
            case BIG -> throw new IllegalStateException("a BigInteger has no bits of its own");
        };
    }

    /** Parameters of lambdas within lambdas need names of their own. */
    private static String numbered(String name, int depth) {
        return depth == 0 ? name : name + (depth + 1);
    }
}
