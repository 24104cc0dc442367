/**
 * The command line: reads arguments, calls server, client or an example, prints what comes of it. What a script may
 * rely on is in {@link dev.merapi.cli.ExitCode} and {@link dev.merapi.cli.ErrorLine}.
 *
 * <p>Commands run on the main thread; the thread of the shutdown hook asks them to stop and waits for them.
 */
package dev.merapi.cli;
