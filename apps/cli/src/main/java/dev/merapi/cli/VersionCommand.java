package dev.merapi.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(name = "version", description = "Prints the version.", mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // the fields are set from the command line
final class VersionCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Override
    public Integer call() {
        main.streams().out().println(Version.line());
        return ExitCode.OK.number();
    }
}
