/**
 * The annotation processor: reads a module from the compiler, refuses what cannot be one at the line that is wrong, and
 * has the rest written out. {@code ModuleReader} is the way through; each other reader knows one part.
 *
 * <p>Belongs to the thread of the compiler.
 */
package dev.merapi.codegen.processor;
