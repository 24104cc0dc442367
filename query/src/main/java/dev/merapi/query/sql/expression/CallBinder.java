package dev.merapi.query.sql.expression;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.expr.AggregateFunction;
import dev.merapi.query.expr.Functions;
import dev.merapi.query.expr.OverFunction;
import dev.merapi.query.expr.ScalarFunction;
import dev.merapi.query.expr.TableFunction;
import dev.merapi.query.expr.WindowFunction;
import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.Name;
import dev.merapi.query.sql.ast.TypeName;
import dev.merapi.query.sql.ast.Window;
import dev.merapi.query.sql.expression.Term.Value;
import dev.merapi.query.sql.scope.BindContext;
import dev.merapi.query.sql.scope.BindErrors;
import dev.merapi.query.sql.scope.Nearest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexVisitorImpl;
import org.jspecify.annotations.Nullable;

/** Calls of functions by name: which kind, which overload, and with what casts. */
final class CallBinder {
    /** Functions that may be called with named arguments, each with its parameters; those not named are 0. */
    private static final Map<String, List<String>> NAMED =
            Map.of("make_interval", List.of("years", "months", "weeks", "days", "hours", "mins", "secs"));

    /** Forms of SQL under the names of the functions that do the work. */
    private static final Map<String, String> SYNONYMS = Map.of(
            "char_length", "length",
            "character_length", "length",
            "pow", "power",
            "ceiling", "ceil",
            "row_to_json", "to_jsonb");

    private final ExpressionBinder binder;
    private final Coercion coercion;

    CallBinder(ExpressionBinder binder) {
        this.binder = binder;
        this.coercion = binder.coercion();
    }

    private Functions functions() {
        return binder.context().functions();
    }

    Term bind(Expr.Call written) {
        Expr.Call call = positional(written);
        String name = functionName(call.name());
        if (name.equals("grouping") && call.modifiers().over() == null) {
            return new Value(binder.calls().grouping(call, binder), call.position());
        }
        Window over = call.modifiers().over();
        if (over != null) {
            return window(call, name, over);
        }
        if (functions().isAggregate(name)) {
            return aggregate(call, name);
        }
        if (HypotheticalSets.isOne(call, name)) {
            Expr.Call counting = HypotheticalSets.counting(call, name);
            return aggregate(counting, counting.name().last());
        }
        refuseModifiers(call);
        if (functions().isWindow(name)) {
            throw BindErrors.at(call.position(), ErrorCode.WRONG_OBJECT_TYPE, "window function needs OVER")
                    .with("function", name)
                    .hint("write " + name + "(…) OVER (ORDER BY …)");
        }
        if (functions().isTable(name)) {
            return table(call, name);
        }
        return scalar(call, name);
    }

    private String functionName(Name name) {
        if (functions().isScalar(name.toString())) {
            return name.toString(); // auth.uid() and its like: a schema of functions alone
        }
        boolean known = name.isSimple()
                || (name.parts().size() == 2 && name.parts().get(0).equals("pg_catalog"));
        if (!known) {
            throw BindErrors.at(name, ErrorCode.UNKNOWN_FUNCTION, "function does not exist")
                    .with("function", name);
        }
        String last = name.last();
        String synonym = SYNONYMS.get(last);
        return synonym == null || functions().isScalar(last) ? last : synonym;
    }

    /** The arguments of a call, each with the type it has by itself. */
    private static List<Term> arguments(Expr.Call call, String name, ExpressionBinder binder) {
        WholeRows rows = new WholeRows(binder);
        List<Term> arguments = new ArrayList<>();
        for (Expr argument : call.arguments()) {
            Term row = rows.argument(name, argument);
            arguments.add(row == null ? binder.bind(argument) : row);
        }
        return arguments;
    }

    private Term scalar(Expr.Call call, String name) {
        List<Term> arguments = arguments(call, name, binder);
        List<@Nullable ColumnType> types = types(arguments);
        ScalarFunction function = resolve(
                () -> call.modifiers().variadic()
                        ? functions().resolveVariadic(name, types)
                        : functions().resolveFunction(name, types),
                call);
        if (function == null) {
            Term cast = cast(call, name, arguments);
            if (cast != null) {
                return cast;
            }
            throw unknown(binder.context(), name, types, call.position());
        }
        return new Value(coercion.call(function, coercion.to(arguments, function.parameterTypes())), call.position());
    }

    /** {@code float8(x)}: the name of a type called with one argument is a cast. */
    private @Nullable Term cast(Expr.Call call, String name, List<Term> arguments) {
        if (arguments.size() != 1 || functions().isScalar(name) || !call.name().isSimple()) {
            return null;
        }
        ColumnType type;
        try {
            type = TypeNames.resolve(new TypeName(call.name(), List.of(), 0, ""));
        } catch (CodedException e) {
            return null;
        }
        return new Value(coercion.explicit(arguments.get(0), type, ""), call.position());
    }

    private Term aggregate(Expr.Call call, String name) {
        ExpressionBinder inside = binder.with(binder.calls().insideAggregate());
        List<Term> arguments = arguments(call, name, inside);
        call.modifiers().withinGroup().forEach(item -> arguments.add(inside.bind(item.expression())));
        AggregateFunction function = resolve(() -> functions().resolveAggregate(name, types(arguments)), call);
        requireStar(call, name);
        if (function == null) {
            throw unknown(binder.context(), name, types(arguments), call.position());
        }
        requireWithinGroup(call, function);
        List<RexNode> values = coercion.to(arguments, function.parameterTypes());
        requireOwnRows(call, values);
        return new Value(binder.calls().aggregate(function, values, call, binder), call.position());
    }

    /**
     * An aggregate over nothing but columns of an outer query is one of that query, in PostgreSQL. Here it would be
     * taken for one of the query it stands in, so it is refused.
     */
    private static void requireOwnRows(Expr.Call call, List<RexNode> values) {
        boolean[] found = new boolean[2];
        for (RexNode value : values) {
            value.accept(new RexVisitorImpl<Void>(true) {
                @Override
                public @Nullable Void visitInputRef(RexInputRef ref) {
                    found[0] = true;
                    return null;
                }

                @Override
                public @Nullable Void visitSubQuery(RexSubQuery query) {
                    found[0] = true; // it may look at this query's rows
                    return null;
                }

                @Override
                public @Nullable Void visitFieldAccess(RexFieldAccess access) {
                    found[1] = true;
                    return null;
                }
            });
        }
        if (found[1] && !found[0]) {
            throw BindErrors.unsupported(
                    call.position(),
                    "an aggregate of an outer query inside a sub-query",
                    "compute it in the outer query and name its column");
        }
    }

    private static void requireStar(Expr.Call call, String name) {
        boolean bare =
                call.arguments().isEmpty() && call.modifiers().withinGroup().isEmpty();
        if (call.modifiers().star() && !name.equals("count")) {
            throw BindErrors.at(call.position(), ErrorCode.UNKNOWN_FUNCTION, "function does not exist")
                    .with("function", name + "(*)");
        }
        if (bare && !call.modifiers().star() && name.equals("count")) {
            throw BindErrors.at(call.position(), ErrorCode.WRONG_OBJECT_TYPE, "count without arguments is count(*)");
        }
    }

    private static void requireWithinGroup(Expr.Call call, AggregateFunction function) {
        boolean ordered = function.kind() == AggregateFunction.Kind.ORDERED_SET;
        if (ordered == call.modifiers().withinGroup().isEmpty()) {
            throw BindErrors.at(
                            call.position(),
                            ErrorCode.WRONG_OBJECT_TYPE,
                            ordered ? "aggregate needs WITHIN GROUP" : "aggregate takes no WITHIN GROUP")
                    .with("function", function.name());
        }
        if (ordered && call.modifiers().distinct()) {
            throw BindErrors.at(call.position(), ErrorCode.SYNTAX_ERROR, "DISTINCT does not go with WITHIN GROUP");
        }
    }

    private Term window(Expr.Call call, String name, Window over) {
        ExpressionBinder inside = binder.with(binder.calls().insideWindow());
        List<Term> arguments = inside.bind(call.arguments());
        List<@Nullable ColumnType> types = types(arguments);
        OverFunction function = functions().isWindow(name)
                ? resolve(() -> functions().resolveWindow(name, types), call)
                : resolve(() -> functions().resolveAggregate(name, types), call);
        if (function == null) {
            if (functions().isScalar(name) || functions().isTable(name)) {
                throw BindErrors.at(call.position(), ErrorCode.WRONG_OBJECT_TYPE, "function takes no OVER")
                        .with("function", name);
            }
            throw unknown(binder.context(), name, types, call.position());
        }
        if (function instanceof AggregateFunction aggregate && aggregate.kind() == AggregateFunction.Kind.ORDERED_SET) {
            throw BindErrors.unsupported(call.position(), "ordered-set aggregates with OVER", "use a sub-query");
        }
        return new Value(
                binder.calls().window(function, coercion.to(arguments, parameterTypes(function)), call, over, binder),
                call.position());
    }

    private static List<ColumnType> parameterTypes(OverFunction function) {
        return switch (function) {
            case AggregateFunction aggregate -> aggregate.parameterTypes();
            case WindowFunction window -> window.parameterTypes();
        };
    }

    private Term table(Expr.Call call, String name) {
        List<Term> arguments = binder.bind(call.arguments());
        TableFunction function = resolve(() -> functions().resolveTable(name, types(arguments)), call);
        if (function == null) {
            throw unknown(binder.context(), name, types(arguments), call.position());
        }
        return new Value(
                binder.calls().table(function, coercion.to(arguments, function.parameterTypes()), call, binder),
                call.position());
    }

    private static void refuseModifiers(Expr.Call call) {
        Expr.Modifiers modifiers = call.modifiers();
        String what = modifiers.star()
                ? "*"
                : modifiers.distinct()
                        ? "DISTINCT"
                        : !modifiers.orderBy().isEmpty()
                                ? "ORDER BY"
                                : !modifiers.withinGroup().isEmpty()
                                        ? "WITHIN GROUP"
                                        : modifiers.filter() != null ? "FILTER" : "";
        if (!what.isEmpty()) {
            throw BindErrors.at(call.position(), ErrorCode.WRONG_OBJECT_TYPE, "function is no aggregate")
                    .with("function", call.name())
                    .with("found", what);
        }
    }

    /** The call with its named arguments in their places. */
    private Expr.Call positional(Expr.Call call) {
        if (call.argumentNames().isEmpty()) {
            return call;
        }
        List<String> parameters = NAMED.get(call.name().last());
        if (parameters == null) {
            throw BindErrors.unsupported(
                    call.position(), "named arguments of " + call.name(), "give the arguments in order");
        }
        Expr zero = new Expr.NumberLiteral("0", call.position());
        List<Expr> arguments = new ArrayList<>(Collections.nCopies(parameters.size(), zero));
        for (int i = 0; i < call.arguments().size(); i++) {
            String name = call.argumentNames().get(i);
            int place = name == null ? i : parameters.indexOf(name);
            if (place < 0 || place >= parameters.size()) {
                throw BindErrors.at(call.position(), ErrorCode.UNKNOWN_FUNCTION, "function has no such argument")
                        .with("function", call.name())
                        .with("argument", name);
            }
            arguments.set(place, call.arguments().get(i));
        }
        return new Expr.Call(call.name(), arguments, List.of(), call.modifiers());
    }

    /** Something that resolves an overload; ambiguity is an exception without a position. */
    private interface Resolution<F> {
        @Nullable
        F resolve();
    }

    private static <F> @Nullable F resolve(Resolution<F> resolution, Expr.Call call) {
        try {
            return resolution.resolve();
        } catch (CodedException e) {
            throw e.at(call.position() + 1);
        }
    }

    static List<@Nullable ColumnType> types(List<Term> terms) {
        List<@Nullable ColumnType> types = new ArrayList<>(terms.size());
        for (Term term : terms) {
            if (term instanceof Term.RowOf row) {
                throw Coercion.rowAsValue(row);
            }
            types.add(term.type());
        }
        return types;
    }

    static CodedException unknown(
            BindContext context, String name, List<? extends @Nullable ColumnType> types, int position) {
        List<String> rendered = new ArrayList<>();
        for (ColumnType type : types) {
            rendered.add(Coercion.render(type));
        }
        CodedException error = BindErrors.at(position, ErrorCode.UNKNOWN_FUNCTION, "function does not exist")
                .with("function", name + "(" + String.join(", ", rendered) + ")");
        Functions functions = context.functions();
        boolean exists = functions.isScalar(name)
                || functions.isAggregate(name)
                || functions.isTable(name)
                || functions.isWindow(name);
        if (exists) {
            return error.hint("no function of this name takes these arguments: cast them");
        }
        String nearest = Nearest.of(name, functions.names());
        return nearest == null ? error : error.hint("did you mean " + nearest + "?");
    }
}
