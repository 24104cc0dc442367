package everything;

import dev.merapi.api.module.Bits;
import dev.merapi.api.module.ClientConnected;
import dev.merapi.api.module.ClientDisconnected;
import dev.merapi.api.module.Decimal;
import dev.merapi.api.module.Init;
import dev.merapi.api.module.Module;
import dev.merapi.api.module.Procedure;
import dev.merapi.api.module.ProcedureContext;
import dev.merapi.api.module.Reducer;
import dev.merapi.api.module.ReducerContext;
import dev.merapi.api.module.Unsigned;
import dev.merapi.api.module.View;
import dev.merapi.api.module.ViewContext;
import dev.merapi.api.module.Visibility;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One of each kind of function. */
@Module("everything")
public final class Everything {
    /** A view that is a query. */
    @View
    static final String OPEN_TASKS = "SELECT id, title FROM task WHERE state <> 'DONE'";

    private Everything() {}

    @Init
    static void init(ReducerContext<Db> ctx) {
        ctx.db().task().insert(new Task(0, "begin", State.OPEN, null, Optional.empty()));
    }

    @ClientConnected
    static void hello(ReducerContext<Db> ctx) {
        ctx.log().info("hello " + ctx.sender());
    }

    @ClientDisconnected
    static void goodbye(ReducerContext<Db> ctx) {}

    @Reducer
    static void addTask(ReducerContext<Db> ctx, String title, @Nullable Integer priority, Optional<String> note) {
        ctx.db().task().insert(new Task(0, title, State.OPEN, priority, note));
    }

    @Reducer(name = "finish", visibility = Visibility.PRIVATE)
    static void finishTask(ReducerContext<Db> ctx, @Unsigned int id, List<Shape> in, State state) throws Exception {
        if (!ctx.db().task().id().delete(id)) {
            throw new Exception("no task " + id + in + state);
        }
    }

    @Reducer
    static void remind(ReducerContext<Db> ctx, Reminder reminder) {
        ctx.db().note().insert(new Note(reminder.id(), reminder.text()));
    }

    @View
    static List<Task> urgent(ViewContext<Db> ctx) {
        return ctx.db().task().iterate().stream()
                .filter(task -> task.priority() != null)
                .toList();
    }

    @View(name = "oldest_task", visibility = Visibility.PRIVATE)
    static Optional<Task> oldest(ViewContext<Db> ctx) {
        return ctx.db().task().iterate().first();
    }

    @Procedure
    static @Decimal(precision = 10, scale = 2) BigDecimal price(
            ProcedureContext<Db> ctx, @Unsigned @Bits(16) int pieces) {
        return ctx.transaction(tx -> BigDecimal.valueOf(tx.db().task().count() * pieces));
    }

    @Procedure
    static void sweep(ProcedureContext<Db> ctx) {
        ctx.run(tx -> tx.db().event().insert(new Rows("swept")));
    }
}
