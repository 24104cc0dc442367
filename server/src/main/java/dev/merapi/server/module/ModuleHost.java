package dev.merapi.server.module;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.module.spi.FunctionCall;
import dev.merapi.api.module.spi.FunctionDescriptor;
import dev.merapi.api.module.spi.ModuleDescriptor;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.value.BsatnReader;
import dev.merapi.server.database.CommitListener;
import dev.merapi.server.database.DatabaseLoop;
import dev.merapi.server.database.Request;
import dev.merapi.store.Snapshot;
import dev.merapi.wire.Confirm;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The module of one database, if it has one: publishes it and runs its functions. Any thread, but for what runs inside
 * transactions.
 */
public final class ModuleHost {
    private static final Logger LOG = LoggerFactory.getLogger(ModuleHost.class);

    private static final int LOG_LINES = 1000;
    private static final byte[] NOTHING = new byte[0];
    private static final String PUBLISH = "publish";

    private final String database;
    private final InstantSource clock;
    private final LongSupplier seeds;
    /** Guarded by itself. */
    private final SplittableRandom procedureSeeds;

    private final Schedules schedules;
    private volatile @Nullable DatabaseLoop writer;
    private volatile @Nullable Published<?> published;

    /** A module with all that surrounds its calls. */
    private record Published<D>(HostedModule<D> module, ModuleSurroundings surroundings) {}

    /**
     * @param seeds only asked here
     */
    public ModuleHost(String database, InstantSource clock, RandomGenerator seeds) {
        this.database = database;
        this.clock = clock;
        this.seeds = new SplittableRandom(seeds.nextLong())::nextLong;
        this.procedureSeeds = new SplittableRandom(seeds.nextLong());
        this.schedules = new Schedules(database, clock);
    }

    /** Before the threads start: where calls go. */
    public void connect(DatabaseLoop loop) {
        writer = loop;
    }

    private DatabaseLoop loop() {
        DatabaseLoop loop = writer;
        if (loop == null) {
            throw new IllegalStateException("module host is not connected to a writer");
        }
        return loop;
    }

    /**
     * Makes the tables of a module as it wants them, runs its init function if it is the first of the database, and
     * lets it answer calls from then on, all in one transaction.
     *
     * @param publisher who publishes: the sender init sees
     * @param completion told what has become of it: MODULE_INCOMPATIBLE with a list when the tables that are there
     *     cannot be brought to what the module wants without losing something; whatever init throws
     */
    public <D> void publish(
            ModuleDescriptor<D> descriptor, ModuleCaller publisher, Request.Completion<Boolean> completion) {
        try {
            ModuleChecks.requireRunnable(descriptor);
        } catch (CodedException e) {
            completion.failed(e);
            return;
        }
        HostedModule<D> module = new HostedModule<>(descriptor);
        ModuleSurroundings surroundings = new ModuleSurroundings(
                ModuleCaller.ofDatabase(database).sender(), seeds, new ModuleLog(descriptor.name(), clock, LOG_LINES));
        Request.Work<Boolean> work = tx -> {
            boolean first = new TablePublisher(descriptor, tx).publish();
            int init = module.find(FunctionDescriptor.Kind.INIT);
            if (first && init >= 0) {
                run(module, init, NOTHING, publisher, surroundings).run(tx);
            }
            module.tables(tx.catalog());
            return true;
        };
        loop().submit(new Request.Write<>(
                publisher.caller(), PUBLISH, work, Confirm.DURABLE, new Request.Completion<>() {
                    @Override
                    public void completed(Boolean value, Request.Receipt receipt) {
                        published = new Published<>(module, surroundings);
                        loadSchedules(module, surroundings);
                        completion.completed(value, receipt);
                    }

                    @Override
                    public void failed(CodedException reason) {
                        completion.failed(reason);
                    }

                    @Override
                    public void flush() {
                        completion.flush();
                    }
                }));
    }

    private <D> void loadSchedules(HostedModule<D> module, ModuleSurroundings surroundings) {
        loop().submit(new Request.Read(new Request.SnapshotReceiver() {
            @Override
            public void accept(Snapshot snapshot) {
                try {
                    schedules.load(
                            new HostedSchedule<>(
                                    module,
                                    surroundings,
                                    ModuleCaller.ofDatabase(database),
                                    loop(),
                                    snapshot.catalog()),
                            snapshot);
                } catch (CodedException e) {
                    failed(e);
                }
            }

            @Override
            public void failed(CodedException reason) {
                LOG.warn("schedules of database {} cannot be read: {}", database, reason.toString());
            }
        }));
    }

    /** The body of the thread {@code schedule-<name>}. */
    public void runSchedules() {
        schedules.run();
    }

    /** What follows the commits of the database, on the writer's thread. */
    public CommitListener commitListener() {
        return schedules;
    }

    /** Ends {@link #runSchedules}. */
    public void close() {
        schedules.close();
    }

    /**
     * Finds a function and reads its arguments.
     *
     * @param arguments its arguments in BSATN, one after another
     * @param privileged whether the caller may call private functions
     * @throws CodedException NO_MODULE, UNKNOWN_REDUCER, and INVALID_ARGUMENTS for bytes that are not its arguments
     */
    public PreparedCall prepare(String function, byte[] arguments, ModuleCaller caller, boolean privileged) {
        return prepare(published(), function, arguments, caller, privileged);
    }

    private <D> PreparedCall prepare(
            Published<D> target, String name, byte[] arguments, ModuleCaller caller, boolean privileged) {
        int number = target.module().find(name, privileged);
        FunctionDescriptor function = target.module().function(number);
        if (function.kind().isReducer()) {
            ReducerRun<D> run = run(target.module(), number, arguments, caller, target.surroundings());
            return (PreparedCall.OfReducer)
                    (confirm, completion) -> new Request.Write<>(caller.caller(), name, run, confirm, completion);
        }
        FunctionCall.OfProcedure<D> call =
                read(function, () -> target.module().descriptor().procedure(number, new BsatnReader(arguments)));
        ModuleTransaction<D> transactions =
                new ModuleTransaction<>(target.module(), name, caller, target.surroundings());
        return (PreparedCall.OfProcedure) confirm -> {
            byte[] value = new ProcedureRun<>(transactions, call, loop(), confirm, clock.instant(), nextSeed()).run();
            Column result = function.result();
            return result == null
                    ? new PreparedCall.Returned(RowType.EMPTY, List.of())
                    : new PreparedCall.Returned(RowType.of(result), List.of(value));
        };
    }

    /**
     * The request to tell the module that a client has connected, or null if it does not want to know.
     *
     * @param completion fails when the module does not want the client
     */
    public @Nullable Request connected(ModuleCaller caller, Request.Completion<Boolean> completion) {
        return ofLifecycle(published, FunctionDescriptor.Kind.CLIENT_CONNECTED, caller, completion);
    }

    /** The request to tell the module that a connection has ended, or null if it does not want to know. */
    public @Nullable Request disconnected(ModuleCaller caller) {
        return ofLifecycle(published, FunctionDescriptor.Kind.CLIENT_DISCONNECTED, caller, new Unheard("disconnect"));
    }

    private static <D> @Nullable Request ofLifecycle(
            @Nullable Published<D> target,
            FunctionDescriptor.Kind kind,
            ModuleCaller caller,
            Request.Completion<Boolean> completion) {
        int number = target == null ? -1 : target.module().find(kind);
        if (target == null || number < 0) {
            return null;
        }
        String function = target.module().function(number).name();
        ReducerRun<D> run = run(target.module(), number, NOTHING, caller, target.surroundings());
        return new Request.Write<>(caller.caller(), function, run, Confirm.COMMITTED, completion);
    }

    private static <D> ReducerRun<D> run(
            HostedModule<D> module,
            int number,
            byte[] arguments,
            ModuleCaller caller,
            ModuleSurroundings surroundings) {
        FunctionDescriptor function = module.function(number);
        return new ReducerRun<>(
                new ModuleTransaction<>(module, function.name(), caller, surroundings),
                read(function, () -> module.descriptor().reducer(number, new BsatnReader(arguments))));
    }

    private static <C> C read(FunctionDescriptor function, Supplier<C> call) {
        try {
            return call.get();
        } catch (CodedException e) {
            throw new CodedException(ErrorCode.INVALID_ARGUMENTS, "arguments are not those of the function")
                    .with("function", function.name())
                    .with("parameters", function.parameters())
                    .with("reason", e.getMessage())
                    .causedBy(e);
        }
    }

    private long nextSeed() {
        synchronized (procedureSeeds) {
            return procedureSeeds.nextLong();
        }
    }

    private Published<?> published() {
        Published<?> current = published;
        if (current == null) {
            throw new CodedException(ErrorCode.NO_MODULE, "database has no module")
                    .with("database", database)
                    .hint("publish one: ./merapi publish module.jar");
        }
        return current;
    }
}
