/**
 * What stands between a module and the host that runs it. Generated code implements {@link
 * dev.merapi.api.module.spi.ModuleDescriptor} and uses the rest; the host finds the descriptor by {@link
 * java.util.ServiceLoader} and implements {@link dev.merapi.api.module.spi.RowStore}. Authors of modules need none of
 * it.
 *
 * <p>Rows, keys and arguments cross this border as BSATN (see {@link dev.merapi.api.value.Bsatn}); a row is the bytes
 * of its columns one after another, an absent value an option. Nothing here holds state of its own or knows a thread.
 */
package dev.merapi.api.module.spi;
