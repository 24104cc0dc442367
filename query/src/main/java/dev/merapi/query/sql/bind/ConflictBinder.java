package dev.merapi.query.sql.bind;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.query.expr.RelTypes;
import dev.merapi.query.expr.relation.WorkingTableNode;
import dev.merapi.query.sql.OnConflict;
import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.Name;
import dev.merapi.query.sql.ast.Statement;
import dev.merapi.query.sql.expression.ExpressionBinder;
import dev.merapi.query.sql.expression.NoCalls;
import dev.merapi.query.sql.policy.RowPolicies;
import dev.merapi.query.sql.policy.RowPolicies.Demand;
import dev.merapi.query.sql.rel.FromResult;
import dev.merapi.query.sql.rel.Rels;
import dev.merapi.query.sql.scope.BindErrors;
import dev.merapi.query.sql.scope.Relation;
import dev.merapi.query.sql.scope.Relation.ScopeColumn;
import dev.merapi.query.sql.scope.Scope;
import dev.merapi.query.sql.select.QueryBinder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexNode;

/** ON CONFLICT. */
final class ConflictBinder {
    private final WriteBinder writes;
    private final QueryBinder.Statements statement;
    private final TargetTable target;

    ConflictBinder(WriteBinder writes, QueryBinder.Statements statement, TargetTable target) {
        this.writes = writes;
        this.statement = statement;
        this.target = target;
    }

    OnConflict bind(Statement.Conflict conflict) {
        List<IndexDefinition> arbiters = arbiters(conflict);
        List<Statement.Assignment> assignments = conflict.assignments();
        if (assignments == null) {
            return new OnConflict(arbiters, null);
        }
        return new OnConflict(arbiters, update(conflict, assignments));
    }

    private List<IndexDefinition> arbiters(Statement.Conflict conflict) {
        Statement.Conflict.Target place = conflict.target();
        if (place == null) {
            if (conflict.assignments() != null) {
                throw BindErrors.at(conflict.position(), ErrorCode.SYNTAX_ERROR, "DO UPDATE needs a conflict target")
                        .hint("write ON CONFLICT (key columns) DO UPDATE …");
            }
            return List.of();
        }
        Name constraint = place.constraint();
        return constraint == null ? byColumns(place) : List.of(byName(constraint));
    }

    private IndexDefinition byName(Name constraint) {
        return target.schema()
                .index(constraint.last())
                .filter(IndexDefinition::unique)
                .orElseThrow(
                        () -> BindErrors.at(constraint, ErrorCode.UNKNOWN_OBJECT, "table has no such unique constraint")
                                .with("table", target.schema().name())
                                .with("constraint", constraint));
    }

    private List<IndexDefinition> byColumns(Statement.Conflict.Target place) {
        Set<Integer> columns = new HashSet<>();
        for (Expr expression : place.columns()) {
            Expr plain = expression instanceof Expr.Collate collate ? collate.operand() : expression;
            if (!(plain instanceof Expr.ColumnRef column) || !column.name().isSimple()) {
                throw BindErrors.unsupported(
                        expression.position(), "conflict target that is no column", "name the columns of a unique key");
            }
            columns.add(target.indexOf(column.name()));
        }
        List<IndexDefinition> arbiters = target.schema().indexes().stream()
                .filter(index -> index.unique() && new HashSet<>(index.columns()).equals(columns))
                .toList();
        if (arbiters.isEmpty()) {
            throw BindErrors.at(
                            place.position(),
                            ErrorCode.INVALID_COLUMN_REFERENCE,
                            "no unique key has exactly these columns")
                    .with("table", target.schema().name())
                    .hint("name the columns of its primary key or of a unique constraint");
        }
        return arbiters;
    }

    /** The working row is the existing row followed by the proposed one; a bare column name could mean both. */
    private OnConflict.ConflictUpdate update(Statement.Conflict conflict, List<Statement.Assignment> assignments) {
        int number = writes.context().newWorkingTable();
        RelNode both = workingTable(number);
        FromResult existing = InsertBinder.tableRows(both, target, target.visibleName(), 0);
        FromResult excluded = InsertBinder.tableRows(both, target, "excluded", target.width());
        List<ScopeColumn> columns = new ArrayList<>(existing.columns());
        columns.addAll(excluded.columns());
        List<Relation> relations = new ArrayList<>(existing.relations());
        relations.addAll(excluded.relations());
        Scope scope = new Scope(writes.context(), null, both.getRowType(), columns, relations);

        RelNode rows = WriteBinder.where(statement.queries(), both, scope, conflict.where());
        ExpressionBinder binder = statement.queries().expressions(scope, new NoCalls("ON CONFLICT"));
        Map<Integer, RexNode> values = writes.assignments(target, assignments, binder);
        List<RexNode> row = new ArrayList<>();
        for (int i = 0; i < target.width(); i++) {
            RexNode value = values.get(i);
            row.add(value == null ? writes.context().rex().makeInputRef(rows, i) : value);
        }
        Set<CorrelationId> variables = scope.takeCorrelation();
        RelNode rel = Rels.project(rows, row, target.columnNames(), variables);
        RowPolicies policies = writes.policies();
        return new OnConflict.ConflictUpdate(
                number,
                writes.around(statement, rel),
                policies.checks(target.schema(), both, 0, List.of(Demand.UPDATABLE, Demand.READABLE)),
                policies.checks(target.schema(), rel, 0, List.of(Demand.UPDATED, Demand.READABLE)));
    }

    private RelNode workingTable(int number) {
        RelDataTypeFactory.Builder builder =
                writes.context().cluster().getTypeFactory().builder();
        for (String prefix : List.of("", "excluded.")) {
            for (ColumnDefinition column : target.schema().columns()) {
                // What is proposed for a NOT NULL column may be NULL: that is found out later.
                boolean nullable = column.nullable() || !prefix.isEmpty();
                builder.add(prefix + column.name(), RelTypes.standard().of(column.type(), nullable));
            }
        }
        return WorkingTableNode.create(writes.context().cluster(), number, builder.build());
    }
}
