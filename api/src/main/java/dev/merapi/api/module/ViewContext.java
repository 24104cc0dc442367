package dev.merapi.api.module;

import dev.merapi.api.value.Identity;

/**
 * What a view works with. Asking for the {@link #sender} makes the view one of each client's own; a view that does not
 * is computed once for all.
 *
 * @param <D> the generated class {@code Db} of the module
 */
public interface ViewContext<D> {
    /** Who reads the view. */
    Identity sender();

    /** The tables, to be read; a write is refused with WRITE_IN_QUERY. */
    D db();
}
