package everything;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.module.ReducerContext;
import dev.merapi.api.module.spi.FunctionDescriptor;
import dev.merapi.api.module.spi.ModuleDescriptor;
import dev.merapi.api.module.spi.RowStore;
import dev.merapi.api.value.BsatnReader;
import dev.merapi.api.value.BsatnWriter;
import dev.merapi.codegen.processor.ModuleScenario;
import java.lang.reflect.Proxy;
import java.util.List;

/** Arguments are read before a function runs, and results are written behind it. */
public final class Calls implements ModuleScenario {
    @Override
    public void run(ModuleDescriptor<?> found, RowStore store) throws Exception {
        EverythingDescriptor descriptor = (EverythingDescriptor) found;
        ReducerContext<Db> context = context(descriptor.db(store));

        byte[] arguments = new BsatnWriter()
                .putString("write")
                .putByte(0)
                .putInt(9)
                .putByte(1)
                .toByteArray();
        descriptor
                .reducer(number(descriptor, "add_task"), new BsatnReader(arguments))
                .run(context);

        Task task = context.db().task().iterate().first().orElseThrow();
        assertThat(task.title()).isEqualTo("write");
        assertThat(task.priority()).isEqualTo(9);
        assertThat(task.note()).isEmpty();

        refusesOtherArguments(descriptor);
        throwsWhatTheFunctionThrows(descriptor, context);
        writesTheResultOfAView(descriptor, context);
    }

    private static void refusesOtherArguments(EverythingDescriptor descriptor) {
        int number = number(descriptor, "add_task");
        for (byte[] bytes : List.of(new byte[0], new byte[] {0, 0, 0, 0, 1, 1, 1})) {
            assertThatThrownBy(() -> descriptor.reducer(number, new BsatnReader(bytes)))
                    .isInstanceOfSatisfying(
                            CodedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_BSATN));
        }
        assertThatThrownBy(() -> descriptor.reducer(99, new BsatnReader(new byte[0])))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> descriptor.view(number)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static void throwsWhatTheFunctionThrows(EverythingDescriptor descriptor, ReducerContext<Db> context) {
        BsatnWriter arguments = new BsatnWriter().putInt(77).putInt(1);
        ShapeCodec.put(arguments, new Shape.Nothing());
        StateCodec.put(arguments, State.DONE);

        assertThatThrownBy(() -> descriptor
                        .reducer(number(descriptor, "finish"), new BsatnReader(arguments.toByteArray()))
                        .run(context))
                .hasMessage("no task 77[Nothing[]]DONE");
    }

    private static void writesTheResultOfAView(EverythingDescriptor descriptor, ReducerContext<Db> context)
            throws Exception {
        BsatnWriter result = new BsatnWriter();

        descriptor.view(number(descriptor, "urgent")).run(new Reading(context), result);

        BsatnReader in = new BsatnReader(result.toByteArray());
        assertThat(in.getInt()).isEqualTo(1);
        assertThat(TaskCodec.get(in).title()).isEqualTo("write");
        in.expectEnd();
    }

    private static int number(EverythingDescriptor descriptor, String name) {
        List<String> names =
                descriptor.functions().stream().map(FunctionDescriptor::name).toList();
        return names.indexOf(name);
    }

    /** A context of which only the tables are asked for. */
    @SuppressWarnings("unchecked")
    private static ReducerContext<Db> context(Db db) {
        return (ReducerContext<Db>) Proxy.newProxyInstance(
                Calls.class.getClassLoader(), new Class<?>[] {ReducerContext.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("db")) {
                        return db;
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    private record Reading(ReducerContext<Db> context) implements dev.merapi.api.module.ViewContext<Db> {
        @Override
        public dev.merapi.api.value.Identity sender() {
            throw new UnsupportedOperationException("the views here are the same for all");
        }

        @Override
        public Db db() {
            return context.db();
        }
    }
}
