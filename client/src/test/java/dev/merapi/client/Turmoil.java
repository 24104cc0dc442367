package dev.merapi.client;

import dev.merapi.testing.property.Draw;
import dev.merapi.wire.RowChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What chance does to a client and its server: commits, lost connections, slow phases, forgotten history. */
final class Turmoil {
    private Turmoil() {}

    static void fill(Draw draw, ModelServer server) {
        for (int i = draw.intBetween(0, 12); i > 0; i--) {
            commit(draw, server);
        }
    }

    static void happen(Draw draw, World world, ModelServer server) {
        switch (draw.intBetween(0, 11)) {
            case 0, 1, 2, 3 -> commit(draw, server);
            case 4, 5 -> noted(draw, "run", world::run);
            case 6 -> {
                int steps = draw.intBetween(1, 5);
                noted(draw, "step " + steps, () -> {
                    for (int i = 0; i < steps; i++) {
                        world.transport().step();
                    }
                });
            }
            case 7 -> noted(draw, "drop the connection", world::drop);
            case 8 -> {
                Duration time = Duration.ofMillis(draw.intBetween(1, 3000));
                noted(draw, "pass " + time, () -> world.pass(time));
            }
            case 9 -> noted(draw, "lag", server::lag);
            case 10 -> noted(draw, "catch up", server::catchUp);
            default -> happenRarely(draw, server);
        }
    }

    private static void happenRarely(Draw draw, ModelServer server) {
        switch (draw.intBetween(0, 6)) {
            case 0 -> noted(draw, "truncate the history", server::truncateHistory);
            case 1 -> noted(draw, "start a new history", server::startNewHistory);
            case 2, 3 -> {
                int lost = draw.intBetween(0, 3);
                noted(draw, "crash and lose " + lost, () -> server.crash(lost));
            }
            default -> noted(draw, "progress", server::progress);
        }
    }

    private static void noted(Draw draw, String what, Runnable action) {
        draw.note(what);
        action.run();
    }

    static void settle(World world, ModelServer server) {
        for (int i = 0; i < 4; i++) {
            world.run();
            server.catchUp();
            world.pass(Duration.ofSeconds(2));
        }
    }

    static void commit(Draw draw, ModelServer server) {
        Set<Long> touched = new HashSet<>();
        List<RowChange> changes = new ArrayList<>();
        if (draw.oneIn(5)) {
            exchangeKeys(draw, server, changes, touched);
        }
        for (int i = draw.intBetween(1, 3); i > 0; i--) {
            long id = draw.intBetween(0, 14);
            if (!touched.add(id)) {
                continue;
            }
            byte[] row = ModelServer.row(id, draw.bool() ? null : "b" + draw.intBetween(0, 9), draw.intBetween(0, 9));
            if (!server.has(id)) {
                changes.add(new RowChange.Insert(row));
            } else if (draw.bool()) {
                changes.add(new RowChange.Delete(server.current(id)));
            } else if (!Arrays.equals(row, server.current(id))) {
                changes.add(new RowChange.Update(server.current(id), row));
            }
        }
        if (!changes.isEmpty()) {
            server.commit(changes);
            draw.note("commit " + server.position() + " " + changes.size() + " changes");
        }
    }

    private static void exchangeKeys(Draw draw, ModelServer server, List<RowChange> changes, Set<Long> touched) {
        long one = draw.intBetween(0, 14);
        long other = draw.intBetween(0, 14);
        if (one != other && server.has(one) && server.has(other)) {
            touched.add(one);
            touched.add(other);
            changes.add(new RowChange.Update(server.current(one), ModelServer.row(other, "swapped", 1)));
            changes.add(new RowChange.Update(server.current(other), ModelServer.row(one, "swapped", 9)));
        }
    }
}
