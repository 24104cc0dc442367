package dev.merapi.query.sql.expression;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.query.expr.Constants;
import dev.merapi.query.expr.ScalarFunction;
import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.expression.Term.RowOf;
import dev.merapi.query.sql.expression.Term.Value;
import dev.merapi.query.sql.scope.BindContext;
import dev.merapi.query.sql.scope.BindErrors;
import dev.merapi.query.sql.scope.Scope;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/** Binds the expressions of one clause of one query. */
public final class ExpressionBinder {
    private final BindContext context;
    private final Scope scope;
    private final Subqueries subqueries;
    private final Calls calls;
    private final Coercion coercion;
    private final LiteralBinder literals;
    private final OperatorBinder operators;
    private final PredicateBinder predicates;
    private final ConditionalBinder conditionals;
    private final CallBinder functions;
    private final ArrayBinder arrays;
    private final FieldBinder fields;

    public ExpressionBinder(BindContext context, Scope scope, Subqueries subqueries, Calls calls) {
        this.context = context;
        this.scope = scope;
        this.subqueries = subqueries;
        this.calls = calls;
        this.coercion = new Coercion(context);
        this.literals = new LiteralBinder(context);
        this.operators = new OperatorBinder(this);
        this.predicates = new PredicateBinder(this);
        this.conditionals = new ConditionalBinder(this);
        this.functions = new CallBinder(this);
        this.arrays = new ArrayBinder(this);
        this.fields = new FieldBinder(coercion);
    }

    /** A binder for the same columns where other calls are allowed. */
    public ExpressionBinder with(Calls otherCalls) {
        return new ExpressionBinder(context, scope, subqueries, otherCalls);
    }

    public BindContext context() {
        return context;
    }

    public Scope scope() {
        return scope;
    }

    public Coercion coercion() {
        return coercion;
    }

    Calls calls() {
        return calls;
    }

    OperatorBinder operators() {
        return operators;
    }

    Subqueries subqueries() {
        return subqueries;
    }

    /** Binds an expression; it may come out without a type. */
    public Term bind(Expr expr) {
        context.enter(expr.position());
        Term term = dispatch(expr);
        context.leave();
        return term;
    }

    public List<Term> bind(List<Expr> expressions) {
        List<Term> terms = new ArrayList<>(expressions.size());
        for (Expr expression : expressions) {
            terms.add(bind(expression));
        }
        return terms;
    }

    /** Binds an expression and gives it the type it has if nothing else decides. */
    public RexNode value(Expr expr) {
        return coercion.settled(bind(expr));
    }

    /** Binds an expression that has to be of, or become, a type without a written cast. */
    public RexNode value(Expr expr, ColumnType type, String clause) {
        Term term = bind(expr);
        ColumnType found = term.type();
        if (term instanceof RowOf || (found != null && !context.casts().implicit(found, type))) {
            throw BindErrors.at(expr.position(), ErrorCode.TYPE_MISMATCH, "expression has the wrong type")
                    .with("clause", clause)
                    .with("expected", type.sqlName())
                    .with("type", Coercion.render(found));
        }
        return coercion.to(term, type);
    }

    /** Binds a condition. */
    public RexNode condition(Expr expr, String clause) {
        return coercion.condition(bind(expr), clause);
    }

    /** A comparison of two bound terms. */
    public RexNode compare(SqlOperator operator, Term left, Term right, int position) {
        return operators.compare(operator, left, right, position);
    }

    /** A call of an operator that is no comparison, on expressions that have types. */
    public RexNode operator(String symbol, RexNode left, RexNode right, int position) {
        return operators.operator(symbol, new Value(left, position), new Value(right, position), position);
    }

    /** The field of a record, or the payload of a variant. */
    public Term field(Term base, String field, int position) {
        return fields.field(base, field, position);
    }

    /** The fields that {@code (base).*} stands for. */
    public List<Column> fieldsOf(Term base, int position) {
        return fields.fields(base, position);
    }

    /** The columns of a query that yields at most one row, each as a value. */
    public List<Term> columnsOf(Expr.ScalarQuery query) {
        return new RowQueries(this).columnsOf(query);
    }

    private Term dispatch(Expr expr) {
        return switch (expr) {
            case Expr.NumberLiteral number -> literals.number(number.text(), number.position());
            case Expr.StringLiteral text -> new Term.UnknownText(text.value(), text.position());
            case Expr.BitLiteral bits -> literals.bits(bits.text(), bits.position());
            case Expr.BooleanLiteral bool -> new Value(context.rex().makeLiteral(bool.value()), bool.position());
            case Expr.NullLiteral unknown -> new Term.UnknownNull(unknown.position());
            case Expr.Parameter parameter -> parameter(parameter);
            case Expr.ColumnRef column -> new Value(scope.resolve(column.name()), column.position());
            case Expr.Star star ->
                throw BindErrors.at(star.position(), ErrorCode.SYNTAX_ERROR, "* is not allowed here");
            case Expr.Unary unary -> operators.prefix(unary);
            case Expr.Binary binary -> operators.infix(binary);
            case Expr.Junction junction -> junction(junction);
            case Expr.Not not -> not(not);
            case Expr.IsTest test -> predicates.isTest(test);
            case Expr.IsDistinct distinct -> predicates.isDistinct(distinct);
            case Expr.Between between -> predicates.between(between);
            case Expr.InList in -> predicates.inList(in);
            case Expr.InQuery in -> predicates.inQuery(in);
            case Expr.Like like -> predicates.like(like);
            case Expr.Quantified quantified -> predicates.quantified(quantified);
            case Expr.Case cases -> conditionals.caseOf(cases);
            case Expr.Row row -> new RowOf(bind(row.fields()), row.position());
            case Expr.ArrayLiteral array -> arrays.literal(array);
            case Expr.Subscript subscript -> arrays.subscript(subscript);
            case Expr.Field field -> fields.field(bind(field.base()), field.field(), field.position());
            case Expr.FieldStar star ->
                throw BindErrors.at(star.position(), ErrorCode.SYNTAX_ERROR, "* is not allowed here");
            case Expr.Exists exists ->
                new Value(RexSubQuery.exists(subqueries.bind(exists.query(), scope)), exists.position());
            case Expr.ScalarQuery query -> scalarQuery(query);
            case Expr.ArrayQuery query -> arrays.query(query);
            case Expr.Cast cast -> cast(cast);
            case Expr.Collate collate -> collate(collate);
            case Expr.Default unknown ->
                throw BindErrors.at(unknown.position(), ErrorCode.SYNTAX_ERROR, "DEFAULT is not allowed here")
                        .hint("it can stand for a whole value in VALUES and SET");
            case Expr.Call call -> call(call);
        };
    }

    private Term call(Expr.Call call) {
        Term conditional = conditionals.special(call);
        return conditional != null ? conditional : functions.bind(call);
    }

    private Term parameter(Expr.Parameter parameter) {
        ColumnType known = context.parameters().find(parameter.number());
        return known == null
                ? new Term.UntypedParameter(parameter.number(), parameter.position())
                : new Value(coercion.parameterNode(parameter.number(), known), parameter.position());
    }

    private Term junction(Expr.Junction junction) {
        List<RexNode> terms = new ArrayList<>();
        for (Expr term : junction.terms()) {
            terms.add(condition(term, junction.conjunction() ? "AND" : "OR"));
        }
        return new Value(
                junction.conjunction() ? Junctions.and(context.rex(), terms) : Junctions.or(context.rex(), terms),
                junction.position());
    }

    private Term not(Expr.Not not) {
        return new Value(
                context.rex().makeCall(SqlStdOperatorTable.NOT, condition(not.operand(), "NOT")), not.position());
    }

    private Term scalarQuery(Expr.ScalarQuery query) {
        var rel = subqueries.bind(query.query(), scope);
        requireOneColumn(rel.getRowType().getFieldCount(), query.position());
        return new Value(RexSubQuery.scalar(rel), query.position());
    }

    static void requireOneColumn(int columns, int position) {
        if (columns != 1) {
            throw BindErrors.at(position, ErrorCode.SYNTAX_ERROR, "sub-query must return one column")
                    .with("columns", columns);
        }
    }

    private Term cast(Expr.Cast cast) {
        ColumnType target = TypeNames.resolveForCast(cast.type());
        @Nullable Term array = arrays.emptyOfType(cast.operand(), target);
        Term operand = array != null ? array : bind(cast.operand());
        RexNode node = coercion.explicit(operand, target, cast.type().fields());
        int digits = TypeNames.fractionDigits(cast.type());
        return new Value(digits < 0 ? node : rounded(node, target, digits, cast.position()), cast.position());
    }

    /** {@code x::timestamp(3)}: the value rounded to so many digits of a second. */
    private RexNode rounded(RexNode node, ColumnType type, int digits, int position) {
        List<ColumnType> types = List.of(type, ScalarType.I32);
        ScalarFunction round = context.functions().resolveFunction("merapi_round_time", types);
        if (round == null) {
            throw CallBinder.unknown(context, "merapi_round_time", types, position);
        }
        return coercion.call(round, node, Constants.of(context.rex(), ScalarType.I32, digits));
    }

    private Term collate(Expr.Collate collate) {
        String name = collate.collation().last();
        boolean byCodePoint =
                name.equals("C") || name.equals("POSIX") || name.equals("ucs_basic") || name.equals("default");
        if (!byCodePoint) {
            throw BindErrors.unsupported(
                    collate.position(), "collation " + name, "texts compare by code point, which is COLLATE \"C\"");
        }
        Term operand = bind(collate.operand());
        return operand instanceof Value ? operand : new Value(coercion.settled(operand), collate.position());
    }
}
