package dev.merapi.query.sql.bind;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.PolicyDefinition.Command;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.expr.RelTypes;
import dev.merapi.query.expr.relation.PolicyNode;
import dev.merapi.query.expr.relation.WorkingTableNode;
import dev.merapi.query.sql.Returning;
import dev.merapi.query.sql.WithWrite;
import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.FromItem;
import dev.merapi.query.sql.ast.Name;
import dev.merapi.query.sql.ast.Query;
import dev.merapi.query.sql.ast.Statement;
import dev.merapi.query.sql.expression.ExpressionBinder;
import dev.merapi.query.sql.expression.NoCalls;
import dev.merapi.query.sql.policy.RowPolicies;
import dev.merapi.query.sql.rel.FromResult;
import dev.merapi.query.sql.rel.Rels;
import dev.merapi.query.sql.scope.BindContext;
import dev.merapi.query.sql.scope.BindErrors;
import dev.merapi.query.sql.scope.Relation;
import dev.merapi.query.sql.scope.Relation.ScopeColumn;
import dev.merapi.query.sql.scope.Scope;
import dev.merapi.query.sql.select.FromBinder;
import dev.merapi.query.sql.select.QueryBinder;
import dev.merapi.query.sql.select.SelectList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.jspecify.annotations.Nullable;

/** What INSERT, UPDATE and DELETE have in common: target, assignments, WHERE, RETURNING. */
abstract class WriteBinder {
    private final QueryBinder outermost;
    private final ObjectNames names;
    private final List<WithWrite> with;
    private final UnaryOperator<RelNode> enclosing;
    private boolean returningReads;

    /**
     * Makes a binder for one statement.
     *
     * @param with the writing common table expressions of the whole statement, as found so far
     * @param enclosing puts the definitions of enclosing WITH clauses around a tree
     */
    WriteBinder(QueryBinder outermost, ObjectNames names, List<WithWrite> with, UnaryOperator<RelNode> enclosing) {
        this.outermost = outermost;
        this.names = names;
        this.with = with;
        this.enclosing = enclosing;
    }

    /** Whether the RETURNING clause looks at the rows of the target. */
    boolean returningReads() {
        return returningReads;
    }

    /** The statement's WITH clause; everything else is bound with what it puts in sight. */
    QueryBinder.Statements open(Query.@Nullable With clause) {
        return outermost.statement(clause);
    }

    /** Puts around a tree what it reads from WITH clauses. */
    RelNode around(QueryBinder.Statements statement, RelNode rel) {
        return enclosing.apply(statement.around(rel));
    }

    BindContext context() {
        return outermost.context();
    }

    /** The writing parts of the WITH clause; empty for a statement that is such a part itself. */
    List<WithWrite> with(boolean outermostStatement) {
        return outermostStatement ? List.copyOf(with) : List.of();
    }

    TargetTable target(Name name, @Nullable String alias) {
        TableSchema table = names.get(name);
        return new TargetTable(table, alias, name.position());
    }

    /**
     * The target's rows with their row ids, and the tables of FROM or USING beside them.
     *
     * @param commands those for which policies have to let a row through
     */
    FromResult rows(QueryBinder queries, TargetTable target, List<FromItem> others, List<Command> commands) {
        FromBinder from = new FromBinder(queries, null);
        FromItem.Alias alias =
                target.alias() == null ? null : new FromItem.Alias(target.visibleName(), List.of(), List.of());
        RelNode rows = policies().target(target.schema(), commands);
        FromResult result = from.table(rows, target.schema(), alias, target.position());
        return others.isEmpty() ? result : from.continued(result, others);
    }

    RowPolicies policies() {
        return QueryBinder.policies(context());
    }

    /** Whether expressions over rows with the target's columns in front look at one of these. */
    static boolean readsTarget(TargetTable target, List<? extends RexNode> expressions, Set<CorrelationId> variables) {
        // A query inside that looks at the row at all is taken to look at the target's part of it.
        return !variables.isEmpty()
                || expressions.stream()
                        .anyMatch(node -> RelOptUtil.InputFinder.bits(node).nextSetBit(0) >= 0
                                && RelOptUtil.InputFinder.bits(node).nextSetBit(0) < target.width());
    }

    /** The same for a condition {@link #where} has put on rows. */
    static boolean readsTarget(TargetTable target, FromResult from, RelNode rows) {
        return !rows.equals(from.rel())
                && rows instanceof Filter filter
                && readsTarget(target, List.of(filter.getCondition()), filter.getVariablesSet());
    }

    /**
     * The rows with other policies for the target, which is the leaf that stands most to the left.
     *
     * @param commands those for which policies have to let a row through
     */
    RelNode guardedBy(RelNode rows, TargetTable target, List<Command> commands) {
        if (rows instanceof PolicyNode) {
            return policies().target(target.schema(), commands);
        }
        List<RelNode> inputs = new ArrayList<>(rows.getInputs());
        inputs.set(0, guardedBy(inputs.get(0), target, commands));
        return rows.copy(rows.getTraitSet(), inputs);
    }

    static RelNode where(QueryBinder queries, RelNode rows, Scope scope, @Nullable Expr where) {
        if (where == null) {
            return rows;
        }
        RexNode condition = queries.expressions(scope, new NoCalls("WHERE")).condition(where, "WHERE");
        return Rels.filter(rows, condition, scope.takeCorrelation());
    }

    /** The new values of the columns that are set, by position. */
    Map<Integer, RexNode> assignments(
            TargetTable target, List<Statement.Assignment> assignments, ExpressionBinder binder) {
        Map<Integer, RexNode> values = new TreeMap<>();
        Defaults defaults = new Defaults(context(), target);
        for (Statement.Assignment assignment : assignments) {
            List<Integer> columns = new ArrayList<>();
            assignment.columns().forEach(name -> columns.add(target.indexOf(name)));
            List<Assigned> assigned = new AssignedValues(binder).of(assignment);
            for (int i = 0; i < columns.size(); i++) {
                int column = columns.get(i);
                RexNode value = value(target, column, assigned.get(i), binder, defaults);
                if (values.put(column, value) != null) {
                    throw BindErrors.at(assignment.columns().get(i), ErrorCode.SYNTAX_ERROR, "column is set twice")
                            .with("column", target.column(column).name());
                }
            }
        }
        return values;
    }

    private static RexNode value(
            TargetTable target, int column, Assigned assigned, ExpressionBinder binder, Defaults defaults) {
        ColumnDefinition definition = target.column(column);
        return switch (assigned) {
            case Assigned.ToDefault unset -> defaults.of(column);
            case Assigned.To to -> {
                if (definition.identity() == ColumnDefinition.Identity.ALWAYS) {
                    throw BindErrors.at(
                                    to.term().position(),
                                    ErrorCode.GENERATED_ALWAYS,
                                    "column can only be set to DEFAULT")
                            .with("column", definition.name())
                            .hint("it is GENERATED ALWAYS AS IDENTITY");
                }
                yield binder.coercion().assign(to.term(), definition.type(), definition.name());
            }
        };
    }

    /**
     * The RETURNING clause, null if there is none.
     *
     * @param rows the written rows as names see them
     */
    @Nullable
    Returning returning(
            QueryBinder.Statements statement,
            TargetTable target,
            List<Query.Item> items,
            int workingTable,
            FromResult rows) {
        if (items.isEmpty()) {
            return null;
        }
        Scope scope = rows.scope(context(), null);
        SelectList list = SelectList.bind(statement.queries().expressions(scope, new NoCalls("RETURNING")), items);
        Set<CorrelationId> variables = scope.takeCorrelation();
        List<RexNode> columns = list.settled();
        returningReads = readsTarget(target, columns, variables) || RowVersions.namesOld(items);
        RelNode rel = Rels.project(rows.rel(), columns, list.names(), variables);
        return new Returning(workingTable, around(statement, rel), StatementBinder.rowType(rel, list.names()));
    }

    /**
     * A working table for written rows: the table's columns, which by then satisfy its constraints, and the columns of
     * {@code source} from some column on.
     */
    RelNode workingTable(int number, TargetTable target, RelNode source, int from) {
        RelDataTypeFactory.Builder builder =
                context().cluster().getTypeFactory().builder();
        builder.addAll(RelTypes.standard().row(target.schema().rowType()).getFieldList());
        List<RelDataTypeField> fields = source.getRowType().getFieldList();
        fields.subList(Math.min(from, fields.size()), fields.size()).forEach(builder::add);
        return WorkingTableNode.create(context().cluster(), number, builder.build());
    }

    /**
     * What names mean in a working table whose rows are the target's columns and then the other tables' columns: where
     * {@code rows} has the row id between the two, it has nothing.
     */
    FromResult written(FromResult rows, RelNode workingTable, int width) {
        return new FromResult(
                workingTable,
                map(rows.columns(), workingTable, width),
                rows.relations().stream()
                        .map(r -> new Relation(
                                r.alias(), r.name(), r.table(), map(r.columns(), workingTable, width), r.scalar()))
                        .toList());
    }

    private List<ScopeColumn> map(List<ScopeColumn> columns, RelNode workingTable, int width) {
        RexShuttle withoutRowId = new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                int index = ref.getIndex() > width ? ref.getIndex() - 1 : ref.getIndex();
                return context().rex().makeInputRef(workingTable, index);
            }
        };
        return columns.stream()
                .map(column -> new ScopeColumn(column.name(), column.node().accept(withoutRowId)))
                .toList();
    }
}
