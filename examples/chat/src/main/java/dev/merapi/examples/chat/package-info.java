/** A chat as a module: its tables are {@code User} and {@code Message}, its functions are in {@code Chat}. */
@NullMarked
package dev.merapi.examples.chat;

import org.jspecify.annotations.NullMarked;
