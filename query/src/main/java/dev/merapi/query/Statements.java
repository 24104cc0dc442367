package dev.merapi.query;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.value.RowLayout;
import dev.merapi.query.exec.operator.QueryContext;
import dev.merapi.query.exec.operator.RowSource;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.Row;
import dev.merapi.query.system.LiveDescription;
import dev.merapi.store.ReadView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all kinds of prepared statements have in common when they run. */
final class Statements {
    private Statements() {}

    /** The context of one run. */
    static QueryContext context(
            ReadView view,
            Execution execution,
            List<@Nullable Object> parameters,
            EvalContext.Sequences sequences,
            SqlOptions options,
            boolean counting) {
        SessionInfo session = execution.session();
        EvalContext.Environment environment = new EvalContext.Environment(
                new EvalContext.Caller(session.user(), session.role(), session.claims(), session.schema()),
                execution.now(),
                view.offset(),
                execution.random(),
                sequences,
                execution.cancelled());
        return new QueryContext(view, new EvalContext(parameters, environment), options.maxHeldRows(), counting)
                .withLive(() -> live(execution));
    }

    /** Who follows what is nobody's business but that of those who may see everything. */
    static LiveDescription live(Execution execution) {
        if (!execution.session().privileged()) {
            throw SessionInfo.denied(execution.session(), "SELECT from merapi.live_…");
        }
        LiveDescription live = execution.live();
        if (live == null) {
            throw new CodedException(ErrorCode.UNSUPPORTED_SQL, "what is kept live is not known here")
                    .hint("ask in a SELECT, sent to a server");
        }
        return live;
    }

    /** Encodes rows as they come. */
    static List<byte[]> encode(RowType type, RowSource rows, SqlOptions options) {
        RowLayout layout = RowLayout.of(type);
        List<byte[]> encoded = new ArrayList<>();
        for (Row row = rows.next(); row != null; row = rows.next()) {
            if (encoded.size() == options.maxResultRows()) {
                throw new CodedException(ErrorCode.RESULT_TOO_LARGE, "result has too many rows")
                        .with("limit", options.maxResultRows())
                        .hint("add a LIMIT, or ask for it in parts");
            }
            encoded.add(layout.encode(row.toArray()));
        }
        return encoded;
    }

    static List<byte[]> encode(RowType type, List<Row> rows, SqlOptions options) {
        if (rows.isEmpty()) {
            return List.of();
        }
        var iterator = rows.iterator();
        return encode(type, () -> iterator.hasNext() ? iterator.next() : null, options);
    }
}
