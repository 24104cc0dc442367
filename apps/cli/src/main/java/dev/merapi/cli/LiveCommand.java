package dev.merapi.cli;

import dev.merapi.cli.output.JsonLines;
import dev.merapi.cli.output.TextTable;
import dev.merapi.cli.screen.Screen;
import dev.merapi.client.MerapiClient;
import dev.merapi.client.live.LiveEvent;
import dev.merapi.client.live.LiveEvents;
import dev.merapi.client.live.LiveIterator;
import dev.merapi.client.live.LiveOptions;
import dev.merapi.client.live.LiveRows;
import dev.merapi.client.live.LiveSubscription;
import dev.merapi.client.row.Rows;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "live",
        description = {
            "Shows the rows of a query and keeps them up to date until Ctrl-C: on a terminal as a table that is"
                    + " redrawn,",
            "else as one JSON object per line for each thing that happens (ack, rows, insert, update, delete, reset)."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Each line has the position up to which everything was told; --from goes on from it without gap or"
                    + " repetition.",
            "Rows stand as ORDER BY says, and changes say where: take out the old index, put in the new one, row by"
                    + " row."
        })
@SuppressWarnings("NullAway.Init") // the fields are set from the command line
final class LiveCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection;

    @Parameters(paramLabel = "SQL", description = "A query")
    private String sql;

    @Option(names = "--seconds", paramLabel = "N", description = "End after N seconds")
    private @Nullable Integer seconds;

    @Option(names = "--last-rows", paramLabel = "N", description = "Begin with N rows, the newest or first")
    private @Nullable Integer lastRows;

    @Option(names = "--limit", paramLabel = "N", description = "Show N rows, the newest or first (tables only)")
    private @Nullable Integer limit;

    @Option(names = "--from", paramLabel = "POSITION", description = "Go on from a position (JSON lines only)")
    private @Nullable String from;

    @Option(names = "--json", description = "JSON lines, also on a terminal")
    private boolean json;

    @Override
    public Integer call() {
        if (seconds != null && seconds < 1) {
            throw new ParameterException(spec.commandLine(), "--seconds must be at least 1");
        }
        Streams streams = main.streams();
        boolean table = streams.outputIsTerminal() && !json;
        if (table && from != null) {
            throw new ParameterException(spec.commandLine(), "--from needs --json: a table always shows all rows");
        }
        if (!table && limit != null) {
            throw new ParameterException(spec.commandLine(), "--limit is for tables; use --last-rows");
        }
        try (MerapiClient client = connection.builder(streams).connect()) {
            if (table) {
                showTable(client, streams);
            } else {
                showEvents(client, streams.out());
            }
        }
        return ExitCode.OK.number();
    }

    private LiveOptions.Builder options() {
        LiveOptions.Builder options = LiveOptions.builder();
        if (lastRows != null) {
            options.lastRows(lastRows);
        }
        return options;
    }

    private void showTable(MerapiClient client, Streams streams) {
        LiveOptions.Builder options = options();
        if (limit != null) {
            options.limit(limit);
        }
        try (Screen screen = Screen.open(streams.out(), true);
                LiveRows live = client.live(sql, options.build())) {
            long changes = 0;
            for (Rows rows : until(live)) {
                screen.draw(table(rows, live.isOrdered(), changes, screen.height()));
                changes++;
            }
        }
    }

    /**
     * When not all rows fit, those are left out that matter least: of an order the last; else the first, for those at
     * the end are the newest.
     */
    private List<String> table(Rows rows, boolean ordered, long changes, int height) {
        List<String> lines = new ArrayList<>(TextTable.lines(rows));
        int fitting = Math.max(1, height - 4);
        int hidden = lines.size() - 2 - fitting;
        if (hidden > 0) {
            int from = ordered ? lines.size() - hidden : 2;
            lines.subList(from, from + hidden).clear();
        }
        lines.add((rows.size() == 1 ? "(1 row" : "(" + rows.size() + " rows")
                + (hidden > 0 ? ", the " + (ordered ? "last " : "first ") + hidden + " not shown" : "") + "; " + changes
                + " changes; Ctrl-C ends)");
        return lines;
    }

    private void showEvents(MerapiClient client, PrintStream out) {
        LiveOptions.Builder options = options();
        if (from != null) {
            options.from(from);
        }
        try (LiveEvents live = client.liveEvents(sql, options.build())) {
            for (LiveEvent event : until(live)) {
                line(event).ifPresent(out::println);
                out.flush();
            }
        }
    }

    /** The items of a live query until the time is over or the process is asked to end. */
    private <T> Iterable<T> until(LiveSubscription<T> live) {
        main.stopping().onRequest(live::close);
        LiveIterator<T> items = live.iterator();
        if (seconds == null) {
            return () -> items;
        }
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        return () -> new Iterator<>() {
            private Optional<T> next = Optional.empty();

            @Override
            public boolean hasNext() {
                if (next.isEmpty()) {
                    next = items.poll(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
                }
                return next.isPresent();
            }

            @Override
            public T next() {
                T item = hasNext() ? next.orElseThrow() : items.next();
                next = Optional.empty();
                return item;
            }
        };
    }

    private static Optional<String> line(LiveEvent event) {
        return switch (event) {
            case LiveEvent.Ack ack ->
                Optional.of(JsonLines.object(out -> {
                    out.writeName("type").writeString("ack");
                    out.writeName("start").writeString(ack.start().name());
                    out.writeName("columns").writeStartArray();
                    ack.columns().names().forEach(out::writeString);
                    out.writeEndArray();
                    out.writeName("key").writeStartArray();
                    ack.keyColumns().forEach(out::writeString);
                    out.writeEndArray();
                }));
            case LiveEvent.InitialBatch batch ->
                Optional.of(JsonLines.object(out -> {
                    out.writeName("type").writeString("rows");
                    JsonLines.writeRows(out, "rows", batch.rows());
                    out.writeName("more").writeBoolean(batch.hasMore());
                    if (!batch.hasMore()) {
                        out.writeName("position").writeString(batch.rows().position());
                    }
                }));
            case LiveEvent.Change change ->
                Optional.of(JsonLines.object(out -> {
                    out.writeName("type").writeString(change.changeType().name().toLowerCase(Locale.ROOT));
                    JsonLines.writeRows(out, "rows", change.rows());
                    JsonLines.writeRows(out, "old", change.oldValues());
                    JsonLines.writeIndexes(out, "newIndexes", change.newIndexes());
                    JsonLines.writeIndexes(out, "oldIndexes", change.oldIndexes());
                    out.writeName("time").writeString(change.commitTime().toString());
                    out.writeName("position").writeString(change.checkpoint().lastSeqId());
                    out.writeName("commitEnd").writeBoolean(change.endOfCommit());
                }));
            case LiveEvent.Reset reset ->
                Optional.of(JsonLines.object(out -> {
                    out.writeName("type").writeString("reset");
                    out.writeName("reason").writeString(reset.reason());
                }));
            // It ends the command and is reported as every error is.
            case LiveEvent.Error(var error) -> throw error.error();
        };
    }
}
