package dev.merapi.cli.shell;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be typed besides SQL. */
sealed interface ShellCommand {
    record Quit() implements ShellCommand {}

    record Help() implements ShellCommand {}

    record ListTables() implements ShellCommand {}

    record DescribeTable(String name) implements ShellCommand {}

    record Unknown(String text) implements ShellCommand {}

    List<String> NAMES = List.of("\\d", "\\q", "\\?", "exit", "help", "quit");

    String HELP = """
        Type SQL, ended by a semicolon; it may go over several lines. BEGIN to COMMIT is sent as one transaction.
          \\d          lists the tables
          \\d TABLE    describes a table
          \\?          shows this text (also: help)
          \\q          ends the shell (also: quit, exit, Ctrl-D)
        Tab completes keywords, tables and columns; the arrow keys and Ctrl-R walk through what was typed before.
        Ctrl-C drops what is being typed.\
        """;

    static boolean isCommand(String line) {
        return parse(line).isPresent();
    }

    /** The command a line is; empty when it is SQL. */
    static Optional<ShellCommand> parse(String line) {
        String text = line.strip();
        String word = text.toLowerCase(Locale.ROOT);
        if (word.equals("quit") || word.equals("exit") || word.equals("\\q")) {
            return Optional.of(new Quit());
        }
        if (word.equals("help") || word.equals("\\?") || word.equals("\\h")) {
            return Optional.of(new Help());
        }
        if (word.equals("\\d") || word.equals("\\dt")) {
            return Optional.of(new ListTables());
        }
        if (word.startsWith("\\d ")) {
            return Optional.of(new DescribeTable(text.substring(2).strip()));
        }
        return text.startsWith("\\") ? Optional.of(new Unknown(text)) : Optional.empty();
    }
}
