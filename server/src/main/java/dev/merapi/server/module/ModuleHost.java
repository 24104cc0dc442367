package dev.merapi.server.module;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.module.spi.FunctionDescriptor;
import dev.merapi.api.module.spi.ModuleDescriptor;
import dev.merapi.api.value.BsatnReader;
import dev.merapi.server.database.DatabaseLoop;
import dev.merapi.server.database.Request;
import dev.merapi.wire.Confirm;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The module of one database, if it has one: publishes it and runs its functions. Any thread, but for what runs inside
 * transactions.
 */
public final class ModuleHost {
    private static final int LOG_LINES = 1000;
    private static final byte[] NOTHING = new byte[0];
    private static final String PUBLISH = "publish";

    private final String database;
    private final DatabaseLoop loop;
    private final InstantSource clock;
    private final LongSupplier seeds;
    private volatile @Nullable Published<?> published;

    /** A module with all that surrounds its calls. */
    private record Published<D>(HostedModule<D> module, ModuleSurroundings surroundings) {}

    /**
     * @param seeds only asked here
     */
    public ModuleHost(String database, DatabaseLoop loop, InstantSource clock, RandomGenerator seeds) {
        this.database = database;
        this.loop = loop;
        this.clock = clock;
        this.seeds = new SplittableRandom(seeds.nextLong())::nextLong;
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
        loop.submit(new Request.Write<>(publisher.caller(), PUBLISH, work, Confirm.DURABLE, new Request.Completion<>() {
            @Override
            public void completed(Boolean value, Request.Receipt receipt) {
                published = new Published<>(module, surroundings);
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

    /**
     * The request to call a reducer, for {@link DatabaseLoop#submit}.
     *
     * @param arguments its arguments in BSATN, one after another
     * @throws CodedException NO_MODULE, UNKNOWN_REDUCER, PERMISSION_DENIED, and INVALID_ARGUMENTS for bytes that are
     *     not its arguments
     */
    public Request call(
            String function,
            byte[] arguments,
            ModuleCaller caller,
            boolean privileged,
            Confirm confirm,
            Request.Completion<Boolean> completion) {
        return call(published(), function, arguments, caller, privileged, confirm, completion);
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

    private static <D> Request call(
            Published<D> target,
            String function,
            byte[] arguments,
            ModuleCaller caller,
            boolean privileged,
            Confirm confirm,
            Request.Completion<Boolean> completion) {
        HostedModule<D> module = target.module();
        int number = module.find(function, privileged);
        ReducerRun<D> run = run(module, number, arguments, caller, target.surroundings());
        return new Request.Write<>(caller.caller(), function, run, confirm, completion);
    }

    private static <D> ReducerRun<D> run(
            HostedModule<D> module,
            int number,
            byte[] arguments,
            ModuleCaller caller,
            ModuleSurroundings surroundings) {
        FunctionDescriptor function = module.function(number);
        try {
            return new ReducerRun<>(
                    module,
                    function.name(),
                    module.descriptor().reducer(number, new BsatnReader(arguments)),
                    caller,
                    surroundings);
        } catch (CodedException e) {
            throw new CodedException(ErrorCode.INVALID_ARGUMENTS, "arguments are not those of the function")
                    .with("function", function.name())
                    .with("parameters", function.parameters())
                    .with("reason", e.getMessage())
                    .causedBy(e);
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
