package dev.merapi.cli;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.client.ClientBuilder;
import dev.merapi.client.MerapiClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server, as whom. */
final class ConnectionOptions {
    private static final String DEFAULT_URL = "ws://127.0.0.1:3000";

    @Option(
            names = {"-u", "--url"},
            paramLabel = "URL",
            description = "The server. Default: $MERAPI_URL, else " + DEFAULT_URL)
    private @Nullable String url;

    @Option(
            names = {"-d", "--database"},
            paramLabel = "NAME",
            description = "The database. Default: $MERAPI_DATABASE, else the server's default one")
    private @Nullable String database;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with the token to use. Default: the token in $MERAPI_TOKEN, else none."
                    + " (There is no option for the token itself: everybody on the machine could read it.)")
    private @Nullable Path tokenFile;

    String url(Streams streams) {
        return url != null ? url : streams.variable("MERAPI_URL").orElse(DEFAULT_URL);
    }

    /** A builder with everything but listeners. */
    ClientBuilder builder(Streams streams) {
        ClientBuilder builder = MerapiClient.builder()
                .uri(url(streams))
                .clientName("merapi-cli/" + Version.line())
                .database(
                        database != null
                                ? database
                                : streams.variable("MERAPI_DATABASE").orElse(""));
        token(streams).ifPresent(builder::token);
        return builder;
    }

    private Optional<String> token(Streams streams) {
        if (tokenFile == null) {
            return streams.variable("MERAPI_TOKEN");
        }
        try {
            return Optional.of(Files.readString(tokenFile).strip());
        } catch (IOException e) {
            throw new CodedException(ErrorCode.CLI_INPUT, "the token file cannot be read")
                    .with("file", tokenFile)
                    .causedBy(e);
        }
    }
}
