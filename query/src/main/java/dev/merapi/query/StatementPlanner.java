package dev.merapi.query;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.RowType;
import dev.merapi.query.exec.PlanCompiler;
import dev.merapi.query.exec.write.WritePlan;
import dev.merapi.query.sql.BoundDdl;
import dev.merapi.query.sql.BoundExplain;
import dev.merapi.query.sql.BoundMerge;
import dev.merapi.query.sql.BoundQuery;
import dev.merapi.query.sql.BoundSession;
import dev.merapi.query.sql.BoundStatement;
import dev.merapi.query.sql.BoundWrite;
import dev.merapi.query.sql.WithWrite;
import dev.merapi.query.sql.bind.Binder;
import dev.merapi.store.ReadView;
import dev.merapi.store.Transaction;
import java.util.ArrayList;
import java.util.List;

/** Makes bound statements executable. */
final class StatementPlanner {
    private final PlanSource source;
    private final Binder binder;
    private final LiveExplainer liveExplainer;
    private final PlanCompiler compiler = new PlanCompiler();

    StatementPlanner(PlanSource source, Binder binder, LiveExplainer liveExplainer) {
        this.source = source;
        this.binder = binder;
        this.liveExplainer = liveExplainer;
    }

    Prepared plan(BoundStatement statement) {
        Prepared prepared = prepare(statement);
        return compiler.readsLive() ? new ReadingLive(prepared) : prepared;
    }

    private Prepared prepare(BoundStatement statement) {
        return switch (statement) {
            case BoundQuery query -> rows(query);
            case BoundWrite write -> rows(write);
            case BoundMerge merge -> rows(merge);
            case BoundDdl definition -> new DefinitionStatement(source, definition, new CheckCompiler(binder));
            case BoundExplain explain -> explain(explain);
            case BoundSession session -> new SessionStatement(session);
        };
    }

    private RowStatement rows(BoundQuery query) {
        if (query.with().isEmpty()) {
            return new QueryStatement(source, query.rowType(), query.parameterTypes(), compiler.plan(query.rel()));
        }
        List<WriteStatement.Step> steps = steps(query.with());
        return new WriteStatement(
                source,
                query.parameterTypes(),
                steps,
                new WriteStatement.Rows(query.rowType(), compiler.plan(query.rel())));
    }

    private RowStatement rows(BoundWrite write) {
        List<WriteStatement.Step> steps = steps(write.with());
        return new WriteStatement(
                source,
                write.parameterTypes(),
                steps,
                new WriteStatement.Write(
                        WritePlan.compile(write, compiler),
                        write.returning() == null ? null : write.returning().rowType()));
    }

    private RowStatement rows(BoundMerge merge) {
        List<WritePlan> parts = new ArrayList<>();
        merge.parts().forEach(part -> parts.add(WritePlan.compile(part, compiler)));
        return new WriteStatement(source, merge.parameterTypes(), List.of(), new WriteStatement.Merge(parts));
    }

    private List<WriteStatement.Step> steps(List<WithWrite> with) {
        List<WriteStatement.Step> steps = new ArrayList<>();
        for (WithWrite write : with) {
            steps.add(new WriteStatement.Step(write.workingTable(), WritePlan.compile(write.write(), compiler)));
        }
        return steps;
    }

    private Prepared explain(BoundExplain explain) {
        if (explain.live() && explain.statement() instanceof BoundQuery query) {
            return new LiveExplainStatement(source, query, liveExplainer);
        }
        return switch (explain.statement()) {
            case BoundQuery query -> new ExplainStatement(source, rows(query), explain.analyze());
            case BoundWrite write -> new ExplainStatement(source, rows(write), explain.analyze());
            case BoundMerge merge -> new ExplainStatement(source, rows(merge), explain.analyze());
            case BoundDdl definition -> throw ExplainStatement.hasNoPlan();
            case BoundExplain nested -> throw ExplainStatement.hasNoPlan();
            case BoundSession session -> throw ExplainStatement.hasNoPlan();
        };
    }

    /** A statement that reads tables about what is kept live. */
    private record ReadingLive(Prepared statement) implements Prepared {
        @Override
        public StatementKind kind() {
            return statement.kind();
        }

        @Override
        public boolean writes() {
            return statement.writes();
        }

        @Override
        public boolean readsLive() {
            return true;
        }

        @Override
        public List<ColumnType> parameterTypes() {
            return statement.parameterTypes();
        }

        @Override
        public RowType resultType() {
            return statement.resultType();
        }

        @Override
        public SqlResult run(ReadView view, Execution execution) {
            return statement.run(view, execution);
        }

        @Override
        public SqlResult execute(Transaction transaction, Execution execution) {
            return statement.execute(transaction, execution);
        }
    }
}
