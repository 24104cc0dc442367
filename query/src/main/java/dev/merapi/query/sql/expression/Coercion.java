package dev.merapi.query.sql.expression;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.value.TextFormat;
import dev.merapi.query.expr.Casts;
import dev.merapi.query.expr.Constants;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.RelTypes;
import dev.merapi.query.expr.ScalarFunction;
import dev.merapi.query.expr.Volatility;
import dev.merapi.query.sql.expression.Term.RowOf;
import dev.merapi.query.sql.expression.Term.UnknownNull;
import dev.merapi.query.sql.expression.Term.UnknownText;
import dev.merapi.query.sql.expression.Term.UntypedParameter;
import dev.merapi.query.sql.expression.Term.Value;
import dev.merapi.query.sql.scope.BindContext;
import dev.merapi.query.sql.scope.BindErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** Gives terms the types their places ask for. */
public final class Coercion {
    private final BindContext context;

    public Coercion(BindContext context) {
        this.context = context;
    }

    /** The term with the type a function, operator or common type has settled on; the cast is known to exist. */
    public RexNode to(Term term, ColumnType target) {
        return switch (term) {
            case Value value -> cast(value, target);
            case UnknownText text -> withModifiers(literal(text, Casts.base(target)), target);
            case UnknownNull unknown -> Constants.of(context.rex(), target, null);
            case UntypedParameter parameter -> withModifiers(parameter(parameter, Casts.base(target)), target);
            case RowOf row -> throw rowAsValue(row);
        };
    }

    /** All terms with the types a function wants, one by one. */
    public List<RexNode> to(List<Term> terms, List<ColumnType> targets) {
        List<RexNode> nodes = new ArrayList<>(terms.size());
        for (int i = 0; i < terms.size(); i++) {
            nodes.add(to(terms.get(i), targets.get(i)));
        }
        return nodes;
    }

    /** The term as the value of a column: casts that only assignment may apply are allowed. */
    public RexNode assign(Term term, ColumnType target, String column) {
        if (!(term instanceof Value value)) {
            // A literal that is too long for its column is refused when it is stored, so the cast is the assigning one.
            RexNode node = to(term, Casts.base(target));
            return context.casts().needed(Casts.base(target), target)
                    ? convert(context.casts().assignmentCast(Casts.base(target), target), node)
                    : node;
        }
        ColumnType from = value.type();
        if (!context.casts().needed(from, target)) {
            return value.node();
        }
        if (!context.casts().assignment(from, target)) {
            throw BindErrors.at(term.position(), ErrorCode.TYPE_MISMATCH, "column has another type than the expression")
                    .with("column", column)
                    .with("column type", target.sqlName())
                    .with("expression type", from.sqlName())
                    .hint("cast the expression: (…)::" + target.sqlName());
        }
        return convert(context.casts().assignmentCast(from, target), value.node());
    }

    /** The term with a cast that was written. */
    RexNode explicit(Term term, ColumnType target, String intervalFields) {
        RexNode node = term instanceof UnknownText text && target == ScalarType.INTERVAL && !intervalFields.isEmpty()
                ? Constants.of(context.rex(), target, IntervalLiteral.parse(text.text(), intervalFields))
                : explicit(term, target);
        return node;
    }

    private RexNode explicit(Term term, ColumnType target) {
        if (term instanceof Value value && !context.casts().explicit(value.type(), target)) {
            throw BindErrors.at(term.position(), ErrorCode.CANNOT_CAST, "no cast between these types")
                    .with("from", value.type().sqlName())
                    .with("to", target.sqlName());
        }
        return to(term, target);
    }

    /** The term with the type it has if nothing else decides: text. */
    public RexNode settled(Term term) {
        ColumnType type = term instanceof UntypedParameter parameter
                ? context.parameters().find(parameter.number())
                : term.type();
        return to(term, type == null ? ScalarType.TEXT : type);
    }

    /** The term as a condition. */
    public RexNode condition(Term term, String clause) {
        ColumnType type = term.type();
        if ((type != null && type != ScalarType.BOOL) || term instanceof RowOf) {
            throw BindErrors.at(term.position(), ErrorCode.TYPE_MISMATCH, "condition is not boolean")
                    .with("clause", clause)
                    .with("type", type == null ? "record" : type.sqlName())
                    .hint("compare it with something");
        }
        return to(term, ScalarType.BOOL);
    }

    /** The type CASE, UNION and the like give to terms that meet in one place. */
    public ColumnType common(List<Term> terms, String construct) {
        List<@Nullable ColumnType> types = new ArrayList<>();
        for (Term term : terms) {
            if (term instanceof RowOf row) {
                throw rowAsValue(row);
            }
            types.add(term.type());
        }
        ColumnType common = context.casts().commonType(types);
        if (common == null) {
            throw mismatch(terms, construct);
        }
        return common;
    }

    private CodedException mismatch(List<Term> terms, String construct) {
        List<@Nullable ColumnType> before = new ArrayList<>();
        for (Term term : terms) {
            ColumnType type = term.type();
            ColumnType common = context.casts().commonType(before);
            before.add(type);
            if (type != null && context.casts().commonType(before) == null) {
                return BindErrors.at(term.position(), ErrorCode.TYPE_MISMATCH, "types do not go together")
                        .with("construct", construct)
                        .with("types", (common == null ? "?" : common.sqlName()) + " and " + type.sqlName())
                        .hint("cast one of them");
            }
        }
        return BindErrors.at(terms.get(0).position(), ErrorCode.TYPE_MISMATCH, "types do not go together")
                .with("construct", construct);
    }

    /** A call of a function whose arguments have its types. */
    public RexNode call(ScalarFunction function, RexNode... arguments) {
        return context.rex().makeCall(function.operator(), arguments);
    }

    /** A call of a function whose arguments have its types. */
    public RexNode call(ScalarFunction function, List<RexNode> arguments) {
        return context.rex().makeCall(function.operator(), arguments);
    }

    private RexNode cast(Value value, ColumnType target) {
        ColumnType from = value.type();
        if (!context.casts().needed(from, target)) {
            return value.node();
        }
        if (Constants.isConstant(value.node()) && Constants.value(value.node()) == null) {
            return Constants.of(context.rex(), target, null);
        }
        return convert(context.casts().cast(from, target), value.node());
    }

    /**
     * A cast, carried out at once if it is of a constant: then the constant can be looked up in an index. One that
     * fails is left for the execution, which may never come to it.
     */
    private RexNode convert(ScalarFunction cast, RexNode node) {
        if (cast.volatility() == Volatility.IMMUTABLE && Constants.isConstant(node)) {
            try {
                Object result = cast.apply(EvalContext.ofParameters(List.of()), Constants.value(node));
                return Constants.of(context.rex(), cast.resultType(), result);
            } catch (CodedException e) {
                return call(cast, node);
            }
        }
        return call(cast, node);
    }

    private RexNode withModifiers(RexNode node, ColumnType target) {
        ColumnType base = Casts.base(target);
        return context.casts().needed(base, target) ? convert(context.casts().cast(base, target), node) : node;
    }

    private RexNode literal(UnknownText text, ColumnType type) {
        RexNode moment = DateWords.value(context, text.text(), type);
        if (moment != null) {
            return moment;
        }
        try {
            return Constants.of(context.rex(), type, TextFormat.parse(type, text.text()));
        } catch (CodedException e) {
            throw e.at(text.position() + 1);
        }
    }

    private RexNode parameter(UntypedParameter parameter, ColumnType type) {
        // Another use may have settled the type since this term was made.
        context.parameters().settle(parameter.number(), type, parameter.position());
        return parameterNode(parameter.number(), type);
    }

    RexNode parameterNode(int number, ColumnType type) {
        return context.rex().makeDynamicParam(RelTypes.standard().of(type, true), number - 1);
    }

    static CodedException rowAsValue(RowOf row) {
        return BindErrors.unsupported(
                row.position(), "a row as a value", "rows can be compared, tested for NULL and used with IN");
    }

    /** Renders a type for an error; null is an unknown one. */
    static String render(@Nullable ColumnType type) {
        return type == null ? "unknown" : type.sqlName().toLowerCase(Locale.ROOT);
    }
}
