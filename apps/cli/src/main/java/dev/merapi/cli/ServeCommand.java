package dev.merapi.cli;

import dev.merapi.server.Server;
import dev.merapi.server.ServerConfig;
import dev.merapi.server.ServerConfigFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "serve",
        description = "Runs a server until it is stopped by SIGINT (Ctrl-C) or SIGTERM.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Options given here count more than the same settings in the configuration file.",
            "On a stop signal the server accepts nothing new, answers what it has accepted, and closes its files."
        })
@SuppressWarnings("NullAway.Init") // the fields are set from the command line
final class ServeCommand implements Callable<Integer> {
    private static final Path DEFAULT_DATA = Path.of("data");

    @ParentCommand
    private Main main;

    @Option(names = "--host", paramLabel = "HOST", description = "Address to listen on. Default: 127.0.0.1")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "PORT", description = "Port to listen on, 0 for any free one. Default: 3000")
    private @Nullable Integer port;

    @Option(names = "--config", paramLabel = "FILE", description = "Configuration file, see docs/server.md")
    private @Nullable Path config;

    @ArgGroup(exclusive = true)
    private @Nullable Storage storage;

    static final class Storage {
        @Option(
                names = "--data",
                paramLabel = "DIR",
                description = "Keep the databases in this directory. Default: data")
        private @Nullable Path directory;

        @Option(names = "--memory", description = "Keep the databases in memory: they are gone when the server ends")
        private boolean memory;
    }

    @Override
    public Integer call() throws InterruptedException {
        Streams streams = main.streams();
        try (Server server = Server.start(serverConfig())) {
            Path data = server.config().dataDirectory();
            streams.out()
                    .println("listening on ws://" + server.config().host() + ":" + server.port() + ", databases "
                            + String.join(", ", server.databases())
                            + (data == null ? ", in memory" : ", data in " + data.toAbsolutePath()));
            streams.out().flush();
            main.stopping().await();
        }
        streams.out().println("stopped");
        return ExitCode.OK.number();
    }

    private ServerConfig serverConfig() {
        ServerConfig result = config == null ? ServerConfig.directory(DEFAULT_DATA) : ServerConfigFile.read(config);
        if (host != null) {
            result = result.withHost(host);
        }
        if (port != null) {
            result = result.withPort(port);
        }
        if (storage != null) {
            result = result.withDataDirectory(storage.memory ? null : storage.directory);
        }
        return result;
    }
}
