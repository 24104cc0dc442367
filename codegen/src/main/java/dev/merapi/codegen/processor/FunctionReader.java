package dev.merapi.codegen.processor;

import dev.merapi.api.module.ClientConnected;
import dev.merapi.api.module.ClientDisconnected;
import dev.merapi.api.module.Init;
import dev.merapi.api.module.Procedure;
import dev.merapi.api.module.Reducer;
import dev.merapi.api.module.View;
import dev.merapi.api.module.Visibility;
import dev.merapi.api.module.spi.FunctionDescriptor.Kind;
import dev.merapi.codegen.model.FunctionModel;
import dev.merapi.codegen.model.Names;
import dev.merapi.codegen.model.Place;
import dev.merapi.codegen.model.Shape.Field;
import dev.merapi.codegen.model.Shape.RecordShape;
import dev.merapi.codegen.model.ValueType;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Reads one function. What is empty was reported. */
final class FunctionReader {
    private final Problems problems;
    private final Reach reach;
    private final TypeReader types;

    FunctionReader(Problems problems, Reach reach, TypeReader types) {
        this.problems = problems;
        this.reach = reach;
        this.types = types;
    }

    Optional<FunctionModel> read(Element element) {
        List<Class<? extends Annotation>> annotations = Annotations.FUNCTIONS.stream()
                .filter(annotation -> Annotations.has(element, annotation))
                .toList();
        if (annotations.size() > 1) {
            problems.error(
                    element,
                    "%s is annotated @%s and @%s, and a function is one thing: leave one out, and share code by a"
                            + " method that both call",
                    element.getSimpleName(),
                    annotations.get(0).getSimpleName(),
                    annotations.get(1).getSimpleName());
            return Optional.empty();
        }
        String obstacle = reach.obstacle(element);
        if (!obstacle.isEmpty()) {
            problems.error(element, "%s", obstacle);
            return Optional.empty();
        }
        if (!element.getModifiers().contains(Modifier.STATIC)) {
            problems.error(
                    element,
                    "%s is not static, and a module has no instances: add static, and keep state in tables",
                    element.getSimpleName());
            return Optional.empty();
        }
        return element instanceof VariableElement field ? query(field) : method((ExecutableElement) element);
    }

    private Optional<FunctionModel> method(ExecutableElement method) {
        if (!method.getTypeParameters().isEmpty()) {
            problems.error(
                    method, "%s is generic, and clients send one type: fill the types in", method.getSimpleName());
            return Optional.empty();
        }
        Kind kind = kind(method);
        String name = name(method, kind);
        boolean named = isGoodName(method, name);
        if (!hasContext(method, kind) || !named) {
            return Optional.empty();
        }
        Optional<List<Field>> parameters = parameters(method, kind);
        return switch (kind) {
            case REDUCER, INIT, CLIENT_CONNECTED, CLIENT_DISCONNECTED ->
                returnsNothing(method, kind)
                        ? parameters.map(found -> function(method, name, kind, found, null))
                        : Optional.empty();
            case VIEW -> viewResult(method).map(result -> function(method, name, kind, List.of(), result));
            case PROCEDURE -> {
                if (method.getReturnType().getKind() == TypeKind.VOID) {
                    yield parameters.map(found -> function(method, name, kind, found, null));
                }
                Optional<Place> result = types.place(method.getReturnType(), method);
                yield result.flatMap(place -> parameters.map(found -> function(method, name, kind, found, place)));
            }
            case QUERY -> throw new IllegalStateException("a query is no method");
        };
    }

    private FunctionModel function(
            ExecutableElement method, String name, Kind kind, List<Field> parameters, @Nullable Place result) {
        return new FunctionModel(
                name,
                kind,
                visibility(method, kind),
                Reach.nameOf(Reach.ownerOf(method)),
                method.getSimpleName().toString(),
                parameters,
                result,
                null);
    }

    // ---- context, parameters, result

    private boolean hasContext(ExecutableElement method, Kind kind) {
        String expected = switch (kind) {
            case VIEW -> "ViewContext";
            case PROCEDURE -> "ProcedureContext";
            default -> "ReducerContext";
        };
        List<? extends VariableElement> parameters = method.getParameters();
        boolean good = !parameters.isEmpty() && isContext(parameters.getFirst().asType(), expected);
        if (!good) {
            Element at = parameters.isEmpty() ? method : parameters.getFirst();
            problems.error(
                    at,
                    "the first parameter of %s has to be %s<Db>: write it so; Db is the class generated into package"
                            + " %s",
                    method.getSimpleName(),
                    expected,
                    reach.packageName());
        }
        return good;
    }

    /** While its class is still to be generated, the compiler knows no more of {@code Db} than its name. */
    private boolean isContext(TypeMirror type, String expected) {
        if (type.getKind() != TypeKind.DECLARED) {
            return false;
        }
        DeclaredType declared = (DeclaredType) type;
        TypeElement element = (TypeElement) declared.asElement();
        boolean context = element.getQualifiedName().contentEquals("dev.merapi.api.module." + expected);
        if (!context || declared.getTypeArguments().size() != 1) {
            return false;
        }
        String argument = declared.getTypeArguments().getFirst().toString();
        return Set.of("Db", reach.packageName() + ".Db").contains(argument);
    }

    private Optional<List<Field>> parameters(ExecutableElement method, Kind kind) {
        List<? extends VariableElement> parameters =
                method.getParameters().subList(1, method.getParameters().size());
        boolean takesArguments = kind == Kind.REDUCER || kind == Kind.PROCEDURE;
        if (!takesArguments && !parameters.isEmpty()) {
            problems.error(
                    parameters.getFirst(),
                    "%s takes the context alone, because nobody gives it arguments: leave %s out",
                    method.getSimpleName(),
                    parameters.getFirst().getSimpleName());
            return Optional.empty();
        }
        List<Field> fields = new ArrayList<>();
        for (VariableElement parameter : parameters) {
            String name = parameter.getSimpleName().toString();
            types.place(parameter.asType(), parameter)
                    .ifPresent(place -> fields.add(new Field(name, Names.toSql(name), place)));
        }
        return fields.size() == parameters.size() ? Optional.of(fields) : Optional.empty();
    }

    private boolean returnsNothing(ExecutableElement method, Kind kind) {
        boolean nothing = method.getReturnType().getKind() == TypeKind.VOID;
        if (!nothing) {
            problems.error(
                    method,
                    "%s returns a value that nobody receives: return void%s",
                    method.getSimpleName(),
                    kind == Kind.REDUCER ? ", write to a table, or make it a @Procedure" : "");
        }
        return nothing;
    }

    private Optional<Place> viewResult(ExecutableElement method) {
        boolean nothing = method.getReturnType().getKind() == TypeKind.VOID;
        Optional<Place> result = nothing ? Optional.empty() : types.place(method.getReturnType(), method);
        boolean rows = result.stream().anyMatch(FunctionReader::isRows);
        if (nothing || (result.isPresent() && !rows)) {
            problems.error(
                    method, "view %s has to return rows: declare List or Optional of a record", method.getSimpleName());
        }
        return rows ? result : Optional.empty();
    }

    private static boolean isRows(Place result) {
        ValueType row = switch (result.presence()) {
            case REQUIRED ->
                result.type() instanceof ValueType.ListValue list && !list.nullableElements() ? list.element() : null;
            case OPTIONAL -> result.type();
            case NULLABLE -> null;
        };
        return row instanceof ValueType.ShapeValue value
                && value.shape() instanceof RecordShape shape
                && !shape.fields().isEmpty();
    }

    // ---- queries

    private Optional<FunctionModel> query(VariableElement field) {
        String name = name(field, Kind.QUERY);
        if (!(field.getConstantValue() instanceof String sql)) {
            problems.error(
                    field,
                    "%s has no text the compiler knows: declare it as static final String with a SELECT",
                    field.getSimpleName());
            return Optional.empty();
        }
        String start = sql.strip().toLowerCase(Locale.ROOT);
        if (!start.startsWith("select") && !start.startsWith("with")) {
            problems.error(field, "a view is a SELECT, and %s is something else: write one", field.getSimpleName());
            return Optional.empty();
        }
        return isGoodName(field, name)
                ? Optional.of(new FunctionModel(
                        name,
                        Kind.QUERY,
                        visibility(field, Kind.QUERY),
                        Reach.nameOf(Reach.ownerOf(field)),
                        field.getSimpleName().toString(),
                        List.of(),
                        null,
                        sql.strip()))
                : Optional.empty();
    }

    // ---- names

    private static Kind kind(Element element) {
        if (Annotations.has(element, Init.class)) {
            return Kind.INIT;
        }
        if (Annotations.has(element, ClientConnected.class)) {
            return Kind.CLIENT_CONNECTED;
        }
        if (Annotations.has(element, ClientDisconnected.class)) {
            return Kind.CLIENT_DISCONNECTED;
        }
        if (Annotations.has(element, View.class)) {
            return Kind.VIEW;
        }
        return Annotations.has(element, Procedure.class) ? Kind.PROCEDURE : Kind.REDUCER;
    }

    private static String name(Element element, Kind kind) {
        String given = switch (kind) {
            case REDUCER -> element.getAnnotation(Reducer.class).name();
            case PROCEDURE -> element.getAnnotation(Procedure.class).name();
            case VIEW, QUERY -> element.getAnnotation(View.class).name();
            case INIT, CLIENT_CONNECTED, CLIENT_DISCONNECTED -> "";
        };
        return given.isEmpty() ? Names.toSql(element.getSimpleName().toString()) : given;
    }

    private static Visibility visibility(Element element, Kind kind) {
        return switch (kind) {
            case REDUCER -> element.getAnnotation(Reducer.class).visibility();
            case PROCEDURE -> element.getAnnotation(Procedure.class).visibility();
            case VIEW, QUERY -> element.getAnnotation(View.class).visibility();
            case INIT, CLIENT_CONNECTED, CLIENT_DISCONNECTED -> Visibility.PRIVATE;
        };
    }

    private boolean isGoodName(Element element, String name) {
        boolean good = Names.isSqlName(name);
        if (!good) {
            problems.error(
                    element,
                    "%s is no good name of a function: use lower-case letters, digits and underscores, at most %d, and"
                            + " no digit in front",
                    name,
                    Names.MAX_SQL_NAME_LENGTH);
        }
        return good;
    }
}
