package dev.merapi.query.sql.policy;

import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.PolicyDefinition;
import dev.merapi.api.schema.PolicyDefinition.Command;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.expr.RelTypes;
import dev.merapi.query.expr.relation.PolicyNode;
import dev.merapi.query.expr.relation.TableNode;
import dev.merapi.query.expr.relation.WorkingTableNode;
import dev.merapi.query.sql.PolicyChecks;
import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.expression.Junctions;
import dev.merapi.query.sql.parse.ScriptParser;
import dev.merapi.query.sql.rel.FromResult;
import dev.merapi.query.sql.rel.Rels;
import dev.merapi.query.sql.scope.BindContext;
import dev.merapi.query.sql.scope.Relation;
import dev.merapi.query.sql.scope.Relation.ScopeColumn;
import dev.merapi.query.sql.scope.Scope;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/**
 * Puts the policies of tables into a statement, as PostgreSQL does: rows that exist are filtered, rows that are made
 * are held against checks. A row is let through when one permissive policy and all restrictive ones are true for it.
 *
 * <p>Policies see no WITH clause of the statement and look up names where their own schema says: what they mean does
 * not depend on who asks how.
 */
public final class RowPolicies {
    /** Binds the condition of a policy, queries in it included. */
    @FunctionalInterface
    public interface Conditions {
        RexNode bind(Expr condition, Scope row);
    }

    private final BindContext context;
    private final Conditions binder;

    public RowPolicies(BindContext context, Conditions binder) {
        this.context = context;
        this.binder = binder;
    }

    /** Whether the policies of a table apply. */
    public boolean guard(TableSchema table) {
        return context.subject().isSubjectTo(table.rowSecurity());
    }

    /** The rows of a table that may be read. */
    public RelNode readable(TableSchema table) {
        return rows(TableNode.create(context.cluster(), table, false), List.of(Command.SELECT));
    }

    /** The rows of a table, with their row ids, with which all this may be done. */
    public RelNode target(TableSchema table, List<Command> commands) {
        return rows(TableNode.create(context.cluster(), table, true), commands);
    }

    private RelNode rows(TableNode rows, List<Command> commands) {
        TableSchema table = rows.schema();
        if (!guard(table)) {
            return rows;
        }
        // One policy for all commands is one condition, however many of them it concerns.
        Set<List<PolicyDefinition>> distinct = new LinkedHashSet<>();
        commands.forEach(command -> distinct.add(applicable(table, command)));
        Scope scope = scope(rows, table, 0);
        List<RexNode> terms = new ArrayList<>();
        for (List<PolicyDefinition> policies : distinct) {
            conditions(policies, scope, table, true).forEach(condition -> terms.add(condition.passes()));
        }
        RexNode all = Junctions.and(context.rex(), terms);
        return PolicyNode.create(Rels.filter(rows, all, scope.takeCorrelation()));
    }

    private List<PolicyDefinition> applicable(TableSchema table, Command command) {
        return table.rowSecurity().policies().stream()
                .filter(policy -> policy.concerns(command)
                        && policy.concerns(context.subject().role()))
                .toList();
    }

    /** What has to be true; {@code policy} is named where only one can be meant. */
    private record Condition(@Nullable String policy, RexNode passes) {}

    private List<Condition> conditions(
            List<PolicyDefinition> policies, Scope scope, TableSchema table, boolean existing) {
        List<RexNode> permissive = new ArrayList<>();
        List<Condition> conditions = new ArrayList<>();
        for (PolicyDefinition policy : policies) {
            String sql =
                    existing ? policy.usingSql() : policy.effectiveCheckSql().orElse(null);
            if (sql == null) {
                continue;
            }
            RexNode condition = condition(policy, sql, scope, table);
            if (policy.permissive()) {
                permissive.add(condition);
            } else {
                conditions.add(new Condition(policy.name(), condition));
            }
        }
        RexNode allowed =
                permissive.isEmpty() ? context.rex().makeLiteral(false) : Junctions.or(context.rex(), permissive);
        conditions.addFirst(new Condition(null, allowed));
        return conditions;
    }

    private RexNode condition(PolicyDefinition policy, String sql, Scope scope, TableSchema table) {
        Expr expression = ScriptParser.expression(sql);
        return context.insidePolicy(table, policy.searchSchema(), () -> binder.bind(expression, scope));
    }

    /** Binds the conditions of a policy for what they say about names; what is wrong with them is said here. */
    public void require(TableSchema table, PolicyDefinition policy) {
        for (String sql : new String[] {policy.usingSql(), policy.checkSql()}) {
            if (sql != null) {
                RelNode rows = TableNode.create(context.cluster(), table, false);
                Scope scope = scope(rows, table, 0);
                Rels.filter(rows, condition(policy, sql, scope, table), scope.takeCorrelation());
            }
        }
    }

    private Scope scope(RelNode rows, TableSchema table, int from) {
        List<ScopeColumn> columns = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            columns.add(
                    new ScopeColumn(table.columns().get(i).name(), context.rex().makeInputRef(rows, from + i)));
        }
        Relation relation = new Relation(table.name().table(), table.name(), table, columns, false);
        return new FromResult(rows, columns, List.of(relation)).scope(context, null);
    }

    /** What rows have to satisfy before something is done. */
    public enum Demand {
        /** A new row passes the policies for INSERT. */
        INSERTED(Command.INSERT, false),
        /** A new row passes the policies for UPDATE. */
        UPDATED(Command.UPDATE, false),
        /** A row passes the policies for SELECT, or its being there or not could be found out. */
        READABLE(Command.SELECT, true),
        /** A row that exists may be updated. */
        UPDATABLE(Command.UPDATE, true),
        /** A row that exists may be deleted. */
        DELETABLE(Command.DELETE, true);

        private final Command command;
        private final boolean existing;

        Demand(Command command, boolean existing) {
            this.command = command;
            this.existing = existing;
        }
    }

    /**
     * The checks of rows of a table; none when its policies do not apply.
     *
     * @param like what the rows to check are like
     * @param from the column from which on the row of the table stands in them
     */
    public List<PolicyChecks> checks(TableSchema table, RelNode like, int from, List<Demand> demands) {
        if (!guard(table)) {
            return List.of();
        }
        int workingTable = context.newWorkingTable();
        RelNode rows = WorkingTableNode.create(context.cluster(), workingTable, checked(table, like, from));
        List<PolicyChecks.Check> checks = new ArrayList<>();
        for (Demand demand : demands) {
            Scope scope = scope(rows, table, from);
            List<Condition> conditions = conditions(applicable(table, demand.command), scope, table, demand.existing);
            Set<CorrelationId> variables = scope.takeCorrelation();
            for (Condition condition : conditions) {
                RexNode violated = context.rex().makeCall(SqlStdOperatorTable.IS_NOT_TRUE, condition.passes());
                RelNode violating = Rels.filter(rows, violated, variables);
                checks.add(new PolicyChecks.Check(condition.policy(), demand.command, demand.existing, violating));
            }
        }
        return List.of(new PolicyChecks(workingTable, checks));
    }

    private RelDataType checked(TableSchema table, RelNode like, int from) {
        RelDataTypeFactory.Builder type = context.cluster().getTypeFactory().builder();
        for (RelDataTypeField field : like.getRowType().getFieldList()) {
            int column = type.getFieldCount() - from;
            ColumnDefinition definition =
                    column >= 0 && column < table.columns().size()
                            ? table.columns().get(column)
                            : null;
            // What is to be stored may be NULL where it must not: that is found out later.
            type.add(
                    "$" + type.getFieldCount(),
                    definition == null ? field.getType() : RelTypes.standard().of(definition.type(), true));
        }
        return type.build();
    }
}
