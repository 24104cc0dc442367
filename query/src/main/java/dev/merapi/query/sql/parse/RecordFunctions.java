package dev.merapi.query.sql.parse;

import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.FromItem;
import dev.merapi.query.sql.ast.Name;
import dev.merapi.query.sql.ast.Query;
import dev.merapi.query.sql.ast.TypeName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code jsonb_to_recordset(x) AS t (a integer, …)} and its kin, as the query they are short for: the fields of each
 * object taken out and cast.
 */
final class RecordFunctions {
    private static final String OBJECT = "value";

    private RecordFunctions() {}

    /** The function as a sub-query; null if it is another one, or has no list of columns with types. */
    static @Nullable FromItem asQuery(Expr.Call call, FromItem.Functions item) {
        FromItem.Alias alias = item.alias();
        String name = call.name().last();
        boolean known = name.equals("json_to_record")
                || name.equals("jsonb_to_record")
                || name.equals("json_to_recordset")
                || name.equals("jsonb_to_recordset");
        if (!known
                || alias == null
                || alias.definitions().isEmpty()
                || item.ordinality()
                || call.arguments().size() != 1) {
            return null;
        }
        int position = item.position();
        Expr argument = call.arguments().get(0);
        FromItem.Alias inner = new FromItem.Alias(OBJECT, List.of(OBJECT), List.of());
        FromItem objects = name.endsWith("set")
                ? new FromItem.Functions(
                        List.of(Expr.Call.of("jsonb_array_elements", position, argument)),
                        List.of(List.of()),
                        false,
                        inner,
                        position)
                : new FromItem.SubQuery(
                        query(List.of(new Query.Item(json(argument, position), OBJECT)), List.of(), position),
                        true,
                        inner,
                        position);
        List<Query.Item> fields = new ArrayList<>();
        for (FromItem.ColumnDefinition column : alias.definitions()) {
            fields.add(new Query.Item(field(column, position), column.name()));
        }
        return new FromItem.SubQuery(
                query(fields, List.of(objects), position),
                true,
                new FromItem.Alias(alias.name(), List.of(), List.of()),
                position);
    }

    private static Expr json(Expr argument, int position) {
        TypeName type = new TypeName(new Name(List.of("jsonb"), position), List.of(), 0, "");
        return new Expr.Cast(argument, type, position);
    }

    private static Expr field(FromItem.ColumnDefinition column, int position) {
        Expr object = new Expr.ColumnRef(new Name(List.of(OBJECT), position));
        Expr key = new Expr.StringLiteral(column.name(), position);
        String type = column.type().name().last();
        if (column.type().arrayDimensions() > 0) {
            return array(new Expr.Binary("->", object, key, position), column, position);
        }
        boolean json = type.equals("json") || type.equals("jsonb");
        return new Expr.Cast(new Expr.Binary(json ? "->" : "->>", object, key, position), column.type(), position);
    }

    /**
     * The elements one by one, because a JSON array is written otherwise than an SQL one; NULL if there is no array.
     */
    private static Expr array(Expr value, FromItem.ColumnDefinition column, int position) {
        Expr elements = Expr.Call.of("jsonb_array_elements_text", position, value);
        Expr list = new Expr.ArrayQuery(query(List.of(new Query.Item(elements, null)), List.of(), position), position);
        Expr present = new Expr.Binary(
                "=",
                Expr.Call.of("jsonb_typeof", position, value),
                new Expr.StringLiteral("array", position),
                position);
        Expr cast = new Expr.Cast(list, column.type(), position);
        return new Expr.Case(null, List.of(new Expr.Case.When(present, cast)), null, position);
    }

    private static Query query(List<Query.Item> items, List<FromItem> from, int position) {
        Query.Select select = new Query.Select(Query.Distinct.ALL, items, from, null, null, null, List.of(), position);
        return new Query(null, select, List.of(), Query.Limit.NONE, false, position);
    }
}
