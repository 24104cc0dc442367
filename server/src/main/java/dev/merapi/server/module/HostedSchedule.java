package dev.merapi.server.module;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.module.spi.TableDescriptor;
import dev.merapi.api.value.BsatnReader;
import dev.merapi.server.database.DatabaseLoop;
import dev.merapi.server.database.Request;
import dev.merapi.store.Catalog;
import dev.merapi.store.Transaction;
import dev.merapi.wire.Confirm;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The scheduled tables of a published module. Immutable; any thread. */
final class HostedSchedule<D> implements ScheduledCalls {
    /** The tag of an interval; the other is a time. */
    private static final byte EVERY = 0;

    private record Source(HostedTable table, int function, int atColumn) {}

    private final HostedModule<D> module;
    private final ModuleSurroundings surroundings;
    private final ModuleCaller self;
    private final DatabaseLoop loop;
    private final Map<Integer, Source> sources = new HashMap<>();

    /**
     * @param catalog as of the publication
     */
    HostedSchedule(
            HostedModule<D> module,
            ModuleSurroundings surroundings,
            ModuleCaller self,
            DatabaseLoop loop,
            Catalog catalog) {
        this.module = module;
        this.surroundings = surroundings;
        this.self = self;
        this.loop = loop;
        List<TableDescriptor> tables = module.descriptor().tables();
        List<HostedTable> hosted = module.resolve(catalog);
        for (int i = 0; i < tables.size(); i++) {
            if (tables.get(i).kind() instanceof TableDescriptor.Scheduled(int function, int atColumn)) {
                sources.put(hosted.get(i).tableId(), new Source(hosted.get(i), function, atColumn));
            }
        }
    }

    @Override
    public Set<Integer> tables() {
        return sources.keySet();
    }

    @Override
    public Time time(int table, byte[] row) {
        Source source = source(table);
        int at = source.table().layout().valueStart(row, source.atColumn());
        long micros = ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN).getLong(at + 1);
        return row[at] == EVERY ? new Time.Every(micros) : new Time.At(micros);
    }

    @Override
    public void start(int table, long rowId, byte[] row, Consumer<Outcome> then) {
        Source source = source(table);
        boolean once = time(table, row) instanceof Time.At;
        String function = module.function(source.function()).name();
        ReducerRun<D> run = new ReducerRun<>(
                new ModuleTransaction<>(module, function, self, surroundings),
                module.descriptor().reducer(source.function(), new BsatnReader(row)));
        Request.Work<Boolean> work = tx -> {
            if (!isThere(tx, table, rowId, row)) {
                return false;
            }
            run.run(tx);
            return !once || !isThere(tx, table, rowId, row) || tx.delete(table, rowId);
        };
        submit(function, work, new Request.Completion<>() {
            @Override
            public void completed(Boolean ran, Request.Receipt receipt) {
                then.accept(ran ? Outcome.RAN : Outcome.GONE);
            }

            @Override
            public void failed(CodedException reason) {
                if (isPassing(reason)) {
                    then.accept(Outcome.BUSY);
                    return;
                }
                surroundings.log().of(function).error("scheduled call failed: " + reason);
                if (once) {
                    forget(function, table, rowId, row);
                }
                then.accept(Outcome.RAN);
            }
        });
    }

    /** A call that is to run once has failed: it would fail again after each restart. */
    private void forget(String function, int table, long rowId, byte[] row) {
        Request.Work<Boolean> work = tx -> isThere(tx, table, rowId, row) && tx.delete(table, rowId);
        submit(function, work, new Unheard("row of the failed call of " + function + " cannot be deleted: that"));
    }

    private void submit(String cause, Request.Work<Boolean> work, Request.Completion<Boolean> completion) {
        loop.submit(new Request.Write<>(self.caller(), cause, work, Confirm.COMMITTED, completion));
    }

    private static boolean isThere(Transaction tx, int table, long rowId, byte[] row) {
        return tx.catalog().contains(table) && Arrays.equals(tx.table(table).row(rowId), row);
    }

    private static boolean isPassing(CodedException reason) {
        return reason.code() == ErrorCode.BUSY || reason.code() == ErrorCode.LOG_FULL;
    }

    private Source source(int table) {
        Source source = sources.get(table);
        if (source == null) {
            throw new IllegalArgumentException("table " + table + " is not scheduled");
        }
        return source;
    }
}
