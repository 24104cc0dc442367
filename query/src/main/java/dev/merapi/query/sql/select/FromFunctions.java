package dev.merapi.query.sql.select;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.expr.AggregateFunction;
import dev.merapi.query.expr.OverFunction;
import dev.merapi.query.expr.RelTypes;
import dev.merapi.query.expr.TableFunction;
import dev.merapi.query.expr.relation.TableCall;
import dev.merapi.query.expr.relation.TableFunctionNode;
import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.FromItem;
import dev.merapi.query.sql.ast.Window;
import dev.merapi.query.sql.expression.Calls;
import dev.merapi.query.sql.expression.ExpressionBinder;
import dev.merapi.query.sql.expression.NoCalls;
import dev.merapi.query.sql.rel.FromResult;
import dev.merapi.query.sql.rel.Placeholders;
import dev.merapi.query.sql.scope.BindErrors;
import dev.merapi.query.sql.scope.Relation;
import dev.merapi.query.sql.scope.Scope;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** Functions in FROM. They see what stands to their left whether or not LATERAL is written. */
final class FromFunctions {
    private final QueryBinder queries;
    private final @Nullable Scope lateral;

    FromFunctions(QueryBinder queries, @Nullable Scope lateral) {
        this.queries = queries;
        this.lateral = lateral;
    }

    FromResult bind(FromItem.Functions item) {
        FromItem.Alias alias = item.alias();
        boolean records = item.definitions().stream().anyMatch(list -> !list.isEmpty())
                || (alias != null && !alias.definitions().isEmpty());
        if (records) {
            throw BindErrors.unsupported(
                    item.position(), "functions that return records", "take the fields out with ->> and cast them");
        }
        Collected collected = new Collected();
        ExpressionBinder binder = queries.expressions(Scope.empty(queries.context(), lateral), collected);
        List<Expr.Call> calls = spread(item.calls());
        for (Expr.Call call : calls) {
            RexNode value = binder.value(call);
            boolean rows = value instanceof RexInputRef ref && Placeholders.isTable(ref);
            if (!rows) {
                if (Placeholders.containsAny(value)) {
                    throw BindErrors.unsupported(
                            call.position(),
                            "function that returns rows inside another call",
                            "call it in FROM itself");
                }
                if (calls.size() > 1) {
                    throw BindErrors.unsupported(
                            call.position(), "ROWS FROM with a function of one value", "call it in the select list");
                }
                return scalar(item, call, value);
            }
        }
        return rows(item, calls, collected.calls);
    }

    /** {@code unnest(a, b)} is short for ROWS FROM (unnest(a), unnest(b)). */
    private static List<Expr.Call> spread(List<Expr.Call> calls) {
        List<Expr.Call> result = new ArrayList<>();
        for (Expr.Call call : calls) {
            if (call.name().last().equals("unnest") && call.arguments().size() > 1) {
                call.arguments()
                        .forEach(argument -> result.add(
                                new Expr.Call(call.name(), List.of(argument), List.of(), Expr.Modifiers.NONE)));
            } else {
                result.add(call);
            }
        }
        return result;
    }

    private FromResult rows(FromItem.Functions item, List<Expr.Call> written, List<TableCall> calls) {
        RelNode rel = TableFunctionNode.create(queries.context().cluster(), calls, item.ordinality());
        List<String> names = new ArrayList<>(rel.getRowType().getFieldNames());
        FromItem.Alias alias = item.alias();
        String function = written.get(0).name().last();
        boolean single = calls.size() == 1 && calls.get(0).function().columns().size() == 1;
        if (single && alias != null && names.get(0).equals(function)) {
            names.set(0, alias.name()); // a column called after its function takes the alias
        }
        return named(rel, function, names, item, single && !item.ordinality());
    }

    /** A function of one value is a table of one row. */
    private FromResult scalar(FromItem.Functions item, Expr.Call call, RexNode value) {
        if (item.ordinality()) {
            throw BindErrors.unsupported(item.position(), "WITH ORDINALITY for one value", "the ordinal is 1");
        }
        FromItem.Alias alias = item.alias();
        String name = alias == null ? call.name().last() : alias.name();
        RelNode rel = ValuesBinder.node(queries.context().cluster(), List.of(name), List.of(List.of(value)));
        return named(rel, call.name().last(), List.of(name), item, true);
    }

    private static FromResult named(
            RelNode rel, String function, List<String> columns, FromItem.Functions item, boolean scalar) {
        FromItem.Alias alias = item.alias();
        List<String> names = new ArrayList<>(columns);
        if (alias != null) {
            FromBinder.rename(names, alias, item.position());
        }
        Relation relation = new Relation(
                alias == null ? function : alias.name(), null, null, FromResult.columnsOf(rel, names), scalar);
        return FromResult.of(rel, relation);
    }

    /** Remembers the calls at the top; anywhere deeper, rows have no place to go. */
    private final class Collected implements Calls {
        private final List<TableCall> calls = new ArrayList<>();
        private final NoCalls refuse = new NoCalls("functions in FROM");

        @Override
        public RexNode table(TableFunction function, List<RexNode> arguments, Expr.Call call, ExpressionBinder binder) {
            if (containsRows(arguments)) {
                throw BindErrors.at(
                        call.position(), ErrorCode.UNSUPPORTED_SQL, "function that returns rows is not allowed here");
            }
            calls.add(new TableCall(function, arguments));
            // A stand-in, unlike any expression there is: its index says which call it means.
            return queries.context()
                    .rex()
                    .makeInputRef(
                            RelTypes.standard().of(function.columns().get(0).type(), true),
                            Placeholders.TABLE + calls.size() - 1);
        }

        private boolean containsRows(List<RexNode> arguments) {
            return arguments.stream().anyMatch(Placeholders::containsAny);
        }

        @Override
        public RexNode aggregate(
                AggregateFunction function, List<RexNode> arguments, Expr.Call call, ExpressionBinder binder) {
            return refuse.aggregate(function, arguments, call, binder);
        }

        @Override
        public RexNode grouping(Expr.Call call, ExpressionBinder binder) {
            return refuse.grouping(call, binder);
        }

        @Override
        public RexNode window(
                OverFunction function, List<RexNode> arguments, Expr.Call call, Window over, ExpressionBinder binder) {
            return refuse.window(function, arguments, call, over, binder);
        }

        @Override
        public Calls insideAggregate() {
            return refuse;
        }

        @Override
        public Calls insideWindow() {
            return refuse;
        }
    }
}
