package dev.merapi.cli;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.cli.screen.Screen;
import dev.merapi.examples.earthquakes.EarthquakeDemo;
import dev.merapi.server.Server;
import dev.merapi.server.ServerConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        description = "Starts a server, streams a week of real earthquakes into a table and shows live queries on it.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "With --seconds it ends by itself; the last line says how many rows were inserted and updated, and whether",
            "the live results equal fresh queries (exit code 5 if not). Without, the server stays until Ctrl-C."
        })
@SuppressWarnings("NullAway.Init") // the fields are set from the command line
final class DemoCommand implements Callable<Integer> {
    private static final int DEFAULT_SECONDS = 60;

    /** Starting and comparing take some of the time that was asked for. */
    private static final Duration RESERVED = Duration.ofSeconds(2);

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Option(names = "--seconds", paramLabel = "N", description = "Replay everything within N seconds, then end")
    private @Nullable Integer seconds;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description =
                    "Port to listen on. Default: " + ServerConfig.DEFAULT_PORT + ", or any other if that is taken")
    private @Nullable Integer port;

    @Override
    public Integer call() throws InterruptedException {
        if (seconds != null && seconds < 1) {
            throw new ParameterException(spec.commandLine(), "--seconds must be at least 1");
        }
        long start = System.nanoTime();
        try (Server server = startServer()) {
            Thread runner = Thread.currentThread();
            main.stopping().onRequest(runner::interrupt);
            EarthquakeDemo.Outcome outcome;
            String url = "ws://127.0.0.1:" + server.port();
            try (Screen screen =
                    Screen.open(main.streams().out(), main.streams().outputIsTerminal())) {
                EarthquakeDemo demo = new EarthquakeDemo(url, ServerConfig.DEFAULT_DATABASE, new ScreenDisplay(screen));
                outcome = demo.run(replayTime(start));
            }
            return finish(outcome);
        } catch (InterruptedException e) {
            if (main.stopping().isRequested()) {
                return ExitCode.OK.number();
            }
            throw e;
        }
    }

    private Server startServer() {
        ServerConfig config = ServerConfig.memory();
        if (port != null) {
            return Server.start(config.withPort(port));
        }
        try {
            return Server.start(config);
        } catch (CodedException e) {
            if (e.code() == ErrorCode.CANNOT_LISTEN) {
                return Server.start(config.withPort(0));
            }
            throw e;
        }
    }

    private Duration replayTime(long start) {
        Duration wanted = Duration.ofSeconds(seconds == null ? DEFAULT_SECONDS : seconds);
        Duration used = Duration.ofNanos(System.nanoTime() - start).plus(RESERVED);
        Duration left = wanted.minus(used);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private int finish(EarthquakeDemo.Outcome outcome) throws InterruptedException {
        if (seconds == null && outcome.isEqual()) {
            main.streams().out().println(outcome.summary());
            main.streams().out().println("the server stays until Ctrl-C");
            main.streams().out().flush();
            main.stopping().await();
            return ExitCode.OK.number();
        }
        if (!outcome.isEqual()) {
            main.streams().out().flush();
            throw new CodedException(ErrorCode.CLI_DEMO_DIFFERS, "live and fresh results of the demo differ")
                    .with("summary", outcome.summary());
        }
        main.streams().out().println(outcome.summary());
        return ExitCode.OK.number();
    }

    /** A screen that can be redrawn shows everything; else there is a line from time to time. */
    private static final class ScreenDisplay implements EarthquakeDemo.Display {
        private static final Duration BETWEEN_LINES = Duration.ofSeconds(1);

        private final Screen screen;
        private long lastLine = System.nanoTime() - BETWEEN_LINES.toNanos();

        private ScreenDisplay(Screen screen) {
            this.screen = screen;
        }

        @Override
        public int width() {
            return screen.width();
        }

        @Override
        public void show(List<String> lines, String summary) {
            if (screen.canRedraw()) {
                screen.draw(lines);
            } else if (System.nanoTime() - lastLine >= BETWEEN_LINES.toNanos()) {
                lastLine = System.nanoTime();
                screen.append(summary);
            }
        }
    }
}
