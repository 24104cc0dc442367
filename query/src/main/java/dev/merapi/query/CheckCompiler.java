package dev.merapi.query;

import dev.merapi.api.schema.CheckDefinition;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.RowLayout;
import dev.merapi.query.exec.schema.CheckColumns;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.eval.Evaluator;
import dev.merapi.query.expr.eval.EvaluatorCompiler;
import dev.merapi.query.expr.row.TableRow;
import dev.merapi.query.sql.bind.Binder;
import dev.merapi.store.ConstraintCompiler;
import dev.merapi.store.RowCheck;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;

/** Compiles the text of CHECKs, and tells which columns they mention. */
final class CheckCompiler implements ConstraintCompiler, CheckColumns {
    private final Binder binder;

    CheckCompiler(Binder binder) {
        this.binder = binder;
    }

    @Override
    public RowCheck compile(TableSchema table, CheckDefinition check) {
        Evaluator condition = new EvaluatorCompiler().compile(binder.bindCheck(table, check.sql()));
        RowLayout layout = RowLayout.of(table.rowType());
        return row ->
                Boolean.FALSE.equals(condition.eval(new TableRow(layout, row), EvalContext.ofParameters(List.of())));
    }

    @Override
    public Set<Integer> mentioned(TableSchema table, CheckDefinition check) {
        return RelOptUtil.InputFinder.bits(binder.bindCheck(table, check.sql())).asSet();
    }
}
