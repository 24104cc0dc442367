package dev.merapi.query.sql.rel;

import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.Query;
import dev.merapi.query.sql.ast.TypeName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names PostgreSQL gives to output columns that were given none. */
public final class OutputNames {
    /** What PostgreSQL calls a column it has no name for. */
    static final String NONE = "?column?";

    /** Type names as PostgreSQL's catalog has them, where SQL writes them otherwise. */
    private static final Map<String, String> INTERNAL = Map.ofEntries(
            Map.entry("int", "int4"),
            Map.entry("integer", "int4"),
            Map.entry("smallint", "int2"),
            Map.entry("bigint", "int8"),
            Map.entry("real", "float4"),
            Map.entry("float", "float8"),
            Map.entry("double", "float8"),
            Map.entry("decimal", "numeric"),
            Map.entry("dec", "numeric"),
            Map.entry("boolean", "bool"));

    private OutputNames() {}

    /** The name of an element of a select list. */
    public static String of(Query.Item item) {
        String alias = item.alias();
        return alias == null ? of(item.expression()) : alias;
    }

    /** The name of an expression. */
    public static String of(Expr expression) {
        String name = find(expression);
        return name == null ? NONE : name;
    }

    private static @Nullable String find(Expr expression) {
        return switch (expression) {
            case Expr.ColumnRef column -> column.name().last();
            case Expr.Call call -> call.name().last();
            case Expr.Cast cast -> castName(cast);
            case Expr.Case cases -> caseName(cases);
            case Expr.Collate collate -> find(collate.operand());
            case Expr.Subscript subscript -> find(subscript.base());
            case Expr.Field field -> field.field();
            case Expr.ArrayLiteral array -> "array";
            case Expr.ArrayQuery query -> "array";
            case Expr.Exists exists -> "exists";
            case Expr.ScalarQuery query -> queryName(query.query());
            case Expr.Row row -> "row";
            default -> null;
        };
    }

    private static String castName(Expr.Cast cast) {
        String operand = strong(cast.operand());
        return operand != null ? operand : internal(cast.type());
    }

    /** The name of an operand under a cast, unless it is only a keyword's or another type's. */
    private static @Nullable String strong(Expr operand) {
        return switch (operand) {
            case Expr.Cast cast -> {
                String inner = strong(cast.operand());
                yield inner != null ? inner : null;
            }
            case Expr.Case cases -> {
                Expr otherwise = cases.otherwise();
                yield otherwise == null ? null : strong(otherwise);
            }
            case Expr.ArrayLiteral array -> "array";
            default -> find(operand);
        };
    }

    private static String internal(TypeName type) {
        String name = type.name().last();
        if (name.equals("float")
                && !type.modifiers().isEmpty()
                && type.modifiers().get(0) <= 24) {
            return "float4";
        }
        return INTERNAL.getOrDefault(name, name);
    }

    private static String caseName(Expr.Case cases) {
        Expr otherwise = cases.otherwise();
        String name = otherwise == null ? null : strong(otherwise);
        return name == null ? "case" : name;
    }

    private static @Nullable String queryName(Query query) {
        Query.Body body = query.body();
        while (body instanceof Query.Nested nested) {
            body = nested.query().body();
        }
        while (body instanceof Query.SetOperation operation) {
            body = operation.left();
        }
        if (body instanceof Query.Values) {
            return "column1";
        }
        List<Query.Item> items = body instanceof Query.Select select ? select.items() : List.of();
        return items.size() == 1 ? of(items.get(0)) : null;
    }
}
