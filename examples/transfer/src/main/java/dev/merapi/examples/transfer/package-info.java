/**
 * Money that moves between accounts, as a module: the table is {@code Account}, the functions are in {@code Transfer}.
 */
@NullMarked
package dev.merapi.examples.transfer;

import org.jspecify.annotations.NullMarked;
