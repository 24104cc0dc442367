/** A database that is killed: a process that writes under load, and a test that ends it without warning. */
package dev.merapi.store.crash;
