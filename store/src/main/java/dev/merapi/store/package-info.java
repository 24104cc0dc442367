/**
 * The face of the store: a database, its one transaction, its snapshots and its commits. Everything but {@link
 * dev.merapi.store.Snapshot} and what it leads to belongs to the database's writer thread; nothing here starts a
 * thread, takes a lock or looks at a clock.
 */
package dev.merapi.store;
