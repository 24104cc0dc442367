package dev.merapi.api.module.spi;

import dev.merapi.api.module.ProcedureContext;
import dev.merapi.api.module.ReducerContext;
import dev.merapi.api.module.ViewContext;
import dev.merapi.api.value.BsatnWriter;

/** A function with its arguments, ready to run once or again. What it throws is what the function threw. */
public final class FunctionCall {
    private FunctionCall() {}

    /** Of a reducer or a function of the life cycle. */
    @FunctionalInterface
    public interface OfReducer<D> {
        /** Runs it in the transaction of the context. */
        void run(ReducerContext<D> context) throws Exception;
    }

    /** Of a view. */
    @FunctionalInterface
    public interface OfView<D> {
        /** Computes it and writes its result, a value of the function's result type. */
        void run(ViewContext<D> context, BsatnWriter result) throws Exception;
    }

    /** Of a procedure. */
    @FunctionalInterface
    public interface OfProcedure<D> {
        /** Runs it and writes its result, a value of the function's result type, or nothing if it has none. */
        void run(ProcedureContext<D> context, BsatnWriter result) throws Exception;
    }
}
