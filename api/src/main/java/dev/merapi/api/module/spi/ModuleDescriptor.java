package dev.merapi.api.module.spi;

import dev.merapi.api.value.BsatnReader;
import java.util.List;

/**
 * Everything a host knows about a module. Generated; found by {@link java.util.ServiceLoader}. Without state, so one is
 * enough for all threads and databases.
 *
 * @param <D> the generated class {@code Db} of the module
 */
public interface ModuleDescriptor<D> {
    /** The version of this package; generated code keeps the one it was compiled with. */
    int SPI_VERSION = 1;

    /** The {@link #SPI_VERSION} the module was compiled with. A host refuses one it does not know. */
    int spiVersion();

    /** The name of the module: that of its database, unless it is published under another. */
    String name();

    /** The tables; a table's place in the list is its number in {@link RowStore}. */
    List<TableDescriptor> tables();

    /** The functions; a function's place in the list is its number in the methods below. */
    List<FunctionDescriptor> functions();

    /**
     * Makes the table handles on top of a store. They belong to one thread at a time and hold nothing but buffers, so a
     * host makes them once and lets the store answer for the call that is running.
     */
    D db(RowStore rows);

    /**
     * Reads the arguments of a reducer, of whatever kind, and returns the call, ready to run. Reading needs neither the
     * tables nor their thread.
     *
     * @param function the number of a function of kind REDUCER, INIT, CLIENT_CONNECTED or CLIENT_DISCONNECTED
     * @param arguments the arguments one after another; everything is read
     * @throws dev.merapi.api.error.CodedException MALFORMED_BSATN and the like for bytes that are not the arguments of
     *     this function
     */
    FunctionCall.OfReducer<D> reducer(int function, BsatnReader arguments);

    /**
     * Returns the call of a view.
     *
     * @param function the number of a function of kind VIEW
     */
    FunctionCall.OfView<D> view(int function);

    /**
     * Reads the arguments of a procedure, as {@link #reducer} does.
     *
     * @param function the number of a function of kind PROCEDURE
     */
    FunctionCall.OfProcedure<D> procedure(int function, BsatnReader arguments);
}
