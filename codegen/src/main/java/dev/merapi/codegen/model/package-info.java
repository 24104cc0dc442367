/**
 * A module as data: tables, functions and the types of their columns, free of the compiler they were read from and of
 * the language they are written out in. Immutable.
 */
package dev.merapi.codegen.model;
