/** Files that a released version wrote, and the program of today that has to open them. */
package dev.merapi.store.formats;
