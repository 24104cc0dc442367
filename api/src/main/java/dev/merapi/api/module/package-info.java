/**
 * What the author of a module writes against: annotations for tables and functions, and the contexts functions run in.
 *
 * <p>A module is plain Java: tables are records, functions are static methods. The annotation processor of {@code
 * merapi-codegen} checks them while they are compiled and writes the table handles ({@code Db}, {@code UserTable}) and
 * what the host needs to run them (see the package {@code spi}); nothing is looked up by reflection at run time.
 *
 * <p>Names inside annotations are Java names of record components and methods, except where an element is called
 * {@code name}: that is the name SQL and clients use. It is derived where it is left out: {@code ChatMessage} and
 * {@code setName} become {@code chat_message} and {@code set_name}.
 */
package dev.merapi.api.module;
