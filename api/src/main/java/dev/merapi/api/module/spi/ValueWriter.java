package dev.merapi.api.module.spi;

import dev.merapi.api.value.BsatnWriter;

/** Writes values of one type; mostly a reference to a method of {@link BsatnWriter}, {@link Values} or a codec. */
@FunctionalInterface
public interface ValueWriter<T> {
    /** Appends a value. */
    void put(BsatnWriter out, T value);
}
