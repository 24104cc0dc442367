package dev.merapi.codegen.processor;

import dev.merapi.api.module.Bits;
import dev.merapi.api.module.Decimal;
import dev.merapi.api.module.Unsigned;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.codegen.model.Carrier;
import dev.merapi.codegen.model.Place;
import dev.merapi.codegen.model.Place.Presence;
import dev.merapi.codegen.model.Scalar;
import dev.merapi.codegen.model.ValueType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Reads the types of columns, fields, parameters and results. What is empty was reported. */
final class TypeReader {
    private static final String SUPPORTED =
            "use a primitive, String, byte[], BigInteger, BigDecimal, a type of java.time, UUID, Json, Identity,"
                    + " ConnectionId, an enum, a record, a sealed interface of records, List or Optional";

    private static final Map<String, Scalar> SCALARS = scalars();
    private static final Map<String, Carrier> CARRIERS = Map.of(
            "java.lang.Byte", Carrier.BYTE,
            "java.lang.Short", Carrier.SHORT,
            "java.lang.Integer", Carrier.INT,
            "java.lang.Long", Carrier.LONG,
            "java.math.BigInteger", Carrier.BIG);

    /** Types people reach for, and what to use instead. */
    private static final Map<String, String> INSTEAD = Map.ofEntries(
            Map.entry("java.lang.Character", "use String, or int for a code point"),
            Map.entry("java.util.Date", "use java.time.Instant"),
            Map.entry("java.sql.Timestamp", "use java.time.Instant"),
            Map.entry("java.sql.Date", "use java.time.LocalDate"),
            Map.entry("java.time.ZonedDateTime", "use Instant, and a second component for the zone if it matters"),
            Map.entry("java.time.OffsetDateTime", "use Instant, and a second component for the offset if it matters"),
            Map.entry("java.time.Period", "use dev.merapi.api.value.Interval"),
            Map.entry("java.util.OptionalInt", "use @Nullable Integer or Optional<Integer>"),
            Map.entry("java.util.OptionalLong", "use @Nullable Long or Optional<Long>"),
            Map.entry("java.util.OptionalDouble", "use @Nullable Double or Optional<Double>"),
            Map.entry("java.util.ArrayList", "use List"),
            Map.entry("java.util.Collection", "use List"),
            Map.entry("java.util.Set", "use List, or a table of its own"),
            Map.entry("java.util.Map", "use a List of a record with key and value, or a table of its own"),
            Map.entry("java.lang.Object", SUPPORTED));

    private final Problems problems;
    private final IntegerReader integers;
    private final ShapeReader shapes;

    TypeReader(Problems problems, Reach reach) {
        this.problems = problems;
        integers = new IntegerReader(problems);
        shapes = new ShapeReader(problems, reach, this);
    }

    /** Where the records, enums and sealed interfaces are kept that were met. */
    ShapeReader shapes() {
        return shapes;
    }

    /** Reads what stands in a place that may be empty. */
    Optional<Place> place(TypeMirror type, Element at) {
        boolean nullable = Annotations.isNullable(type) || Annotations.isNullable(at);
        if (type.getKind().isPrimitive()) {
            if (nullable) {
                problems.error(
                        at,
                        "%s cannot be absent: declare it as @Nullable %s",
                        type.getKind().toString().toLowerCase(java.util.Locale.ROOT),
                        boxed(type));
                return Optional.empty();
            }
            return value(type, at).map(value -> new Place(value, Presence.REQUIRED, false));
        }
        if (isOptional(type)) {
            return optional((DeclaredType) type, nullable, at);
        }
        boolean boxed = type.getKind() == TypeKind.DECLARED;
        return value(type, at).map(value -> new Place(value, nullable ? Presence.NULLABLE : Presence.REQUIRED, boxed));
    }

    private Optional<Place> optional(DeclaredType type, boolean nullable, Element at) {
        if (nullable) {
            problems.error(at, "an Optional is never null: leave @Nullable out, or leave Optional out");
            return Optional.empty();
        }
        if (type.getTypeArguments().isEmpty()) {
            problems.error(at, "Optional needs the type of its value: write Optional<String> or the like");
            return Optional.empty();
        }
        TypeMirror argument = type.getTypeArguments().getFirst();
        if (isOptional(argument) || Annotations.isNullable(argument)) {
            problems.error(at, "a value can be absent in one way only: leave the inner Optional or @Nullable out");
            return Optional.empty();
        }
        return value(argument, at).map(value -> new Place(value, Presence.OPTIONAL, true));
    }

    /** Reads a type whose value is there. */
    private Optional<? extends ValueType> value(TypeMirror type, Element at) {
        if (!annotationsFit(type, at)) {
            return Optional.empty();
        }
        return switch (type.getKind()) {
            case BOOLEAN -> scalar(Scalar.BOOLEAN);
            case FLOAT -> scalar(Scalar.FLOAT);
            case DOUBLE -> scalar(Scalar.DOUBLE);
            case BYTE -> integers.read(Carrier.BYTE, type, at);
            case SHORT -> integers.read(Carrier.SHORT, type, at);
            case INT -> integers.read(Carrier.INT, type, at);
            case LONG -> integers.read(Carrier.LONG, type, at);
            case ARRAY -> array((ArrayType) type, at);
            case DECLARED -> declared((DeclaredType) type, at);
            // The compiler itself says that it cannot find the class.
            case ERROR -> Optional.empty();
            default -> unsupported(type, at);
        };
    }

    private Optional<? extends ValueType> declared(DeclaredType type, Element at) {
        TypeElement element = (TypeElement) type.asElement();
        String name = element.getQualifiedName().toString();
        Carrier carrier = CARRIERS.get(name);
        if (carrier != null) {
            return integers.read(carrier, type, at);
        }
        Scalar scalar = SCALARS.get(name);
        if (scalar != null) {
            return scalar(scalar);
        }
        return switch (name) {
            case "java.math.BigDecimal" -> decimal(type, at);
            case "dev.merapi.api.value.ScheduleAt" -> Optional.of(new ValueType.ScheduleValue());
            case "java.util.List" -> list(type, at);
            case "java.util.Optional" -> {
                problems.error(at, "Optional cannot stand within a List: use List<@Nullable …>");
                yield Optional.empty();
            }
            default ->
                ShapeReader.isShape(element)
                        ? shapes.read(element, type, at).map(ValueType.ShapeValue::new)
                        : unsupported(type, at);
        };
    }

    private Optional<? extends ValueType> list(DeclaredType type, Element at) {
        if (type.getTypeArguments().isEmpty()) {
            problems.error(at, "List needs the type of its elements: write List<String> or the like");
            return Optional.empty();
        }
        TypeMirror element = type.getTypeArguments().getFirst();
        Optional<? extends ValueType> value = value(element, at);
        if (value.isPresent() && ShapeReader.isEmptyRecord(value.get())) {
            problems.error(at, "a list of records without components is only a number: store that");
            return Optional.empty();
        }
        return value.map(found -> new ValueType.ListValue(found, Annotations.isNullable(element)));
    }

    private Optional<? extends ValueType> decimal(DeclaredType type, Element at) {
        Decimal form = type.getAnnotation(Decimal.class);
        if (form == null) {
            return Optional.of(new ValueType.DecimalValue(DecimalType.UNCONSTRAINED));
        }
        boolean fits = form.precision() >= 1
                && form.precision() <= DecimalType.MAX_PRECISION
                && form.scale() >= 0
                && form.scale() <= form.precision();
        if (!fits) {
            problems.error(
                    at,
                    "@Decimal(precision = %d, scale = %d) is no form of a decimal: precision is 1 to %d, scale 0 to the"
                            + " precision",
                    form.precision(),
                    form.scale(),
                    DecimalType.MAX_PRECISION);
            return Optional.empty();
        }
        return Optional.of(new ValueType.DecimalValue(new DecimalType(form.precision(), form.scale())));
    }

    private Optional<? extends ValueType> array(ArrayType type, Element at) {
        TypeMirror element = type.getComponentType();
        if (element.getKind() != TypeKind.BYTE) {
            problems.error(at, "arrays are not supported but for byte[]: use List<%s>", boxed(element));
            return Optional.empty();
        }
        if (Annotations.isNullable(element)) {
            problems.error(at, "@Nullable byte[] says that bytes are absent: write byte @Nullable []");
            return Optional.empty();
        }
        return scalar(Scalar.BYTES);
    }

    private static Optional<? extends ValueType> scalar(Scalar scalar) {
        return Optional.of(new ValueType.ScalarValue(scalar));
    }

    /** Annotations that give an integer or decimal its form are not without effect elsewhere, but a mistake. */
    private boolean annotationsFit(TypeMirror type, Element at) {
        String name = type.getKind() == TypeKind.DECLARED
                ? qualified(type)
                : type.getKind().name();
        boolean integer = CARRIERS.containsKey(name)
                || switch (type.getKind()) {
                    case BYTE, SHORT, INT, LONG -> true;
                    default -> false;
                };
        if (!integer && (Annotations.has(type, Bits.class) || Annotations.has(type, Unsigned.class))) {
            problems.error(at, "@Bits and @Unsigned are for integers, and %s is none: leave them out", plain(type));
            return false;
        }
        if (Annotations.has(type, Decimal.class) && !name.equals("java.math.BigDecimal")) {
            problems.error(at, "@Decimal is for BigDecimal, and this is %s: leave it out", plain(type));
            return false;
        }
        return true;
    }

    private Optional<ValueType> unsupported(TypeMirror type, Element at) {
        String instead = type.getKind() == TypeKind.CHAR
                ? "use String, or int for a code point"
                : INSTEAD.getOrDefault(type.getKind() == TypeKind.DECLARED ? qualified(type) : "", SUPPORTED);
        problems.error(at, "%s is not a type of columns or arguments: %s", plain(type), instead);
        return Optional.empty();
    }

    private static boolean isOptional(TypeMirror type) {
        return type.getKind() == TypeKind.DECLARED && qualified(type).equals("java.util.Optional");
    }

    private static String qualified(TypeMirror type) {
        return ((TypeElement) ((DeclaredType) type).asElement())
                .getQualifiedName()
                .toString();
    }

    /** The type without annotations and packages. */
    private static String plain(TypeMirror type) {
        return type.getKind() == TypeKind.DECLARED
                ? ((DeclaredType) type).asElement().getSimpleName().toString()
                : type.toString().replaceAll("@\\S+\\s+", "");
    }

    private static String boxed(TypeMirror type) {
        return switch (type.getKind()) {
            case BOOLEAN -> "Boolean";
            case BYTE -> "Byte";
            case SHORT -> "Short";
            case INT -> "Integer";
            case LONG -> "Long";
            case FLOAT -> "Float";
            case DOUBLE -> "Double";
            case CHAR -> "String";
            default -> plain(type);
        };
    }

    private static Map<String, Scalar> scalars() {
        Map<String, Scalar> scalars = new HashMap<>();
        Arrays.stream(Scalar.values())
                .filter(scalar -> scalar.javaType().contains("."))
                .forEach(scalar -> scalars.put(scalar.javaType(), scalar));
        scalars.put("java.lang.Boolean", Scalar.BOOLEAN);
        scalars.put("java.lang.Float", Scalar.FLOAT);
        scalars.put("java.lang.Double", Scalar.DOUBLE);
        return Map.copyOf(scalars);
    }
}
