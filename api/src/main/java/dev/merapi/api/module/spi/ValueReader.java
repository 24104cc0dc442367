package dev.merapi.api.module.spi;

import dev.merapi.api.value.BsatnReader;

/** Reads values of one type; mostly a reference to a method of {@link BsatnReader}, {@link Values} or a codec. */
@FunctionalInterface
public interface ValueReader<T> {
    /** Reads a value and steps behind it. */
    T get(BsatnReader in);
}
