package dev.merapi.codegen.processor;

import dev.merapi.codegen.model.Names;
import dev.merapi.codegen.model.Place;
import dev.merapi.codegen.model.Shape;
import dev.merapi.codegen.model.Shape.EnumShape;
import dev.merapi.codegen.model.Shape.Field;
import dev.merapi.codegen.model.Shape.RecordShape;
import dev.merapi.codegen.model.Shape.SumShape;
import dev.merapi.codegen.model.ValueType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/** Reads records, enums and sealed interfaces, each once. What is empty was reported. */
final class ShapeReader {
    /** A tag is one byte. */
    private static final int MAX_VARIANTS = 256;

    private final Problems problems;
    private final Reach reach;
    private final TypeReader types;
    private final Map<String, Optional<Shape>> read = new TreeMap<>();
    private final Map<Shape, TypeElement> elements = new HashMap<>();
    private final Deque<String> open = new ArrayDeque<>();

    ShapeReader(Problems problems, Reach reach, TypeReader types) {
        this.problems = problems;
        this.reach = reach;
        this.types = types;
    }

    /** Whether a type is made of others in a way that can be stored. */
    static boolean isShape(TypeElement type) {
        return type.getKind() == ElementKind.RECORD
                || type.getKind() == ElementKind.ENUM
                || (type.getKind() == ElementKind.INTERFACE
                        && type.getModifiers().contains(Modifier.SEALED));
    }

    static boolean isEmptyRecord(ValueType type) {
        return type instanceof ValueType.ShapeValue value
                && value.shape() instanceof RecordShape row
                && row.fields().isEmpty();
    }

    /** All that were read without fault, in the order of their names. */
    List<Shape> all() {
        return read.values().stream().flatMap(Optional::stream).toList();
    }

    /** Where a type that was read is declared. */
    Map<Shape, TypeElement> elements() {
        return elements;
    }

    /** Reads a type where it is used. */
    Optional<Shape> read(TypeElement type, DeclaredType use, Element at) {
        if (!use.getTypeArguments().isEmpty() || !type.getTypeParameters().isEmpty()) {
            problems.error(
                    at,
                    "%s is generic, and bytes need one form: write a record with the types filled in",
                    type.getSimpleName());
            return Optional.empty();
        }
        return read(type, at);
    }

    /** Reads a type; its own faults are reported at the type, those of its use where it is used. */
    Optional<Shape> read(TypeElement type, Element at) {
        String name = type.getQualifiedName().toString();
        if (open.contains(name)) {
            problems.error(
                    at,
                    "%s contains itself, and a row has an end: keep the inner ones in a table of their own and refer to"
                            + " them by key",
                    type.getSimpleName());
            return Optional.empty();
        }
        Optional<Shape> known = read.get(name);
        if (known != null) {
            return known;
        }
        open.push(name);
        Optional<Shape> shape = reach(type, at) ? readNew(type) : Optional.empty();
        open.pop();
        read.put(name, shape);
        shape.ifPresent(found -> elements.put(found, type));
        return shape;
    }

    /** Reads a record, for the row of a table. */
    Optional<RecordShape> record(TypeElement type) {
        return read(type, type).map(RecordShape.class::cast);
    }

    private boolean reach(TypeElement type, Element at) {
        String obstacle = reach.obstacle(type);
        if (!obstacle.isEmpty()) {
            problems.error(at, "%s", obstacle);
        }
        return obstacle.isEmpty();
    }

    private Optional<Shape> readNew(TypeElement type) {
        return switch (type.getKind()) {
            case RECORD -> readRecord(type);
            case ENUM -> readEnum(type);
            default -> readSum(type);
        };
    }

    private Optional<Shape> readRecord(TypeElement type) {
        List<Field> fields = new ArrayList<>();
        Map<String, String> names = new HashMap<>();
        boolean whole = true;
        for (RecordComponentElement component : type.getRecordComponents()) {
            String name = component.getSimpleName().toString();
            String sqlName = Names.toSql(name);
            whole &= isGoodName(sqlName, name, component);
            String other = names.putIfAbsent(sqlName, name);
            if (other != null) {
                problems.error(
                        component, "%s and %s are both called %s in SQL: rename one of them", other, name, sqlName);
                whole = false;
            }
            Optional<Place> place = types.place(component.asType(), component);
            place.ifPresent(found -> fields.add(new Field(name, sqlName, found)));
            whole &= place.isPresent();
        }
        return whole
                ? Optional.of(new RecordShape(Reach.nameOf(type), sqlName(type), Reach.isPublic(type), fields))
                : Optional.empty();
    }

    private boolean isGoodName(String sqlName, String name, Element at) {
        boolean good = Names.isSqlName(sqlName);
        if (!good) {
            problems.error(
                    at,
                    "%s gives the SQL name %s, which is none: use letters, digits and underscores, at most %d of them",
                    name,
                    sqlName,
                    Names.MAX_SQL_NAME_LENGTH);
        }
        return good;
    }

    private Optional<Shape> readEnum(TypeElement type) {
        List<String> constants = type.getEnclosedElements().stream()
                .filter(element -> element.getKind() == ElementKind.ENUM_CONSTANT)
                .map(element -> element.getSimpleName().toString())
                .toList();
        return hasGoodSize(type, constants, "constants")
                ? Optional.of(new EnumShape(Reach.nameOf(type), sqlName(type), constants))
                : Optional.empty();
    }

    private Optional<Shape> readSum(TypeElement type) {
        List<RecordShape> variants = new ArrayList<>();
        boolean whole = hasGoodSize(type, type.getPermittedSubclasses(), "variants");
        for (TypeMirror permitted : type.getPermittedSubclasses()) {
            TypeElement variant = (TypeElement) ((DeclaredType) permitted).asElement();
            if (variant.getKind() != ElementKind.RECORD) {
                problems.error(
                        variant,
                        "%s is a variant of %s and no record: variants of a stored sealed interface are records",
                        variant.getSimpleName(),
                        type.getSimpleName());
                whole = false;
                continue;
            }
            Optional<Shape> shape = read(variant, (DeclaredType) permitted, variant);
            shape.ifPresent(found -> variants.add((RecordShape) found));
            whole &= shape.isPresent();
        }
        return whole ? Optional.of(new SumShape(Reach.nameOf(type), sqlName(type), variants)) : Optional.empty();
    }

    private boolean hasGoodSize(TypeElement type, Collection<?> choices, String what) {
        boolean good = !choices.isEmpty() && choices.size() <= MAX_VARIANTS;
        if (!good) {
            problems.error(
                    type,
                    "%s has %d %s: a stored type has 1 to %d",
                    type.getSimpleName(),
                    choices.size(),
                    what,
                    MAX_VARIANTS);
        }
        return good;
    }

    private static String sqlName(TypeElement type) {
        return Names.toSql(type.getSimpleName().toString());
    }
}
