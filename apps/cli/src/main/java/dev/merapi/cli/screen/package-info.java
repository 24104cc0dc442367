/** The terminal: whether there is one, and a part of it that is drawn again and again. Used by one thread. */
package dev.merapi.cli.screen;
