package dev.merapi.cli;

import dev.merapi.api.error.CodedException;
import dev.merapi.cli.screen.Terminals;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code merapi} command: finds the command that was meant, runs it, and turns what happens into an exit code. */
@Command(
        name = "merapi",
        description = "A realtime database for the JVM.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DemoCommand.class, ServeCommand.class, SqlCommand.class, LiveCommand.class, VersionCommand.class
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0  everything was done, or a running command was stopped by SIGINT or SIGTERM",
            "  1  the server refused a statement or a live query",
            "  2  the command line makes no sense",
            "  3  no connection to the server, or the server refused it",
            "  4  the server could not be started",
            "  5  the demo's live result was not equal to a fresh query",
            "  6  a defect of this program",
            "",
            "Errors are written to standard error as one line: merapi: CODE: message (what to do)",
            "The codes are described in docs/errors.md."
        })
public final class Main implements Runnable {
    private final Streams streams;
    private final Stopping stopping;

    @Spec
    private CommandSpec spec;

    Main(Streams streams, Stopping stopping) {
        this.streams = streams;
        this.stopping = stopping;
        this.spec = CommandSpec.create();
    }

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, false, System.out.charset());
        Streams streams = new Streams(
                System.in, out, System.err, Terminals.inputIsTerminal(), Terminals.outputIsTerminal(), System.getenv());
        Stopping stopping = new Stopping();
        stopping.install();
        int exitCode = run(streams, stopping, arguments);
        out.flush();
        stopping.finished(exitCode);
        System.exit(exitCode);
    }

    /** Runs a command and gives its exit code; never throws. */
    static int run(Streams streams, Stopping stopping, String... arguments) {
        CommandLine commandLine = new CommandLine(new Main(streams, stopping))
                .setOut(new PrintWriter(streams.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(streams.err(), true, StandardCharsets.UTF_8))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, args) -> {
                    streams.err().println(usageLine(e));
                    return ExitCode.USAGE.number();
                })
                .setExecutionExceptionHandler((e, command, parsed) -> report(streams, e));
        return commandLine.execute(arguments);
    }

    private static String usageLine(ParameterException e) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        return ErrorLine.of("CLI_USAGE", e.getMessage() + " (see " + command + " --help)");
    }

    private static int report(Streams streams, Exception e) {
        if (e instanceof CodedException coded) {
            streams.err().println(ErrorLine.of(coded));
            return ExitCode.of(coded.code()).number();
        }
        streams.err().println(ErrorLine.of("INTERNAL", e.toString()));
        Arrays.stream(e.getStackTrace())
                .limit(20)
                .forEach(frame -> streams.err().println("    at " + frame));
        return ExitCode.INTERNAL.number();
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }

    Streams streams() {
        return streams;
    }

    Stopping stopping() {
        return stopping;
    }
}
