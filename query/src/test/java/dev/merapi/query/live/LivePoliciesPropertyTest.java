package dev.merapi.query.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.query.SessionInfo;
import dev.merapi.query.live.row.RowChange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random policies, also ones that read a table of memberships, and random transactions, also ones that grant and revoke
 * memberships or change policies: after every commit each subscriber has the rows the query gives the same caller once.
 */
class LivePoliciesPropertyTest {
    private static final int WORLDS = Integer.getInteger("policies.worlds", 10);
    private static final int COMMITS = 25;

    /** Whom no policy concerns, forced or not. */
    private static final SessionInfo WRITER = new SessionInfo("", "service_role", true, Map.of(), "public");

    private static final List<String> QUERIES = List.of(
            "SELECT id, owner, n FROM docs",
            "SELECT * FROM docs WHERE team = 1",
            "SELECT id FROM docs WHERE n > 2 AND team = 2",
            "SELECT team, count(*), sum(n) FROM docs GROUP BY team",
            "SELECT d.id, m.person FROM docs d JOIN members m ON m.team = d.team",
            "SELECT id, n FROM docs ORDER BY n, id LIMIT 3",
            "SELECT person FROM members WHERE EXISTS (SELECT 1 FROM docs WHERE docs.owner = members.person)");

    /** What a subscriber holds: the first rows and every change since. */
    private static final class Subscriber {
        final SessionInfo session;
        final String sql;
        LiveQuery query;
        LiveResult result;
        List<String> rows = new ArrayList<>();

        Subscriber(LiveWorld world, SessionInfo session, String sql) {
            this.session = session;
            this.sql = sql;
            begin(world);
        }

        void begin(LiveWorld world) {
            query = world.compileAs(session, sql);
            result = world.attach(query);
            rows = new ArrayList<>(
                    world.rows(query).stream().map(Arrays::toString).toList());
        }

        void follow(LiveWorld world, QueryUpdate update) {
            if (update.ended() != null) {
                begin(world);
                return;
            }
            for (RowChange change : update.changes()) {
                if (change.before() != null) {
                    assertThat(rows.remove(Arrays.toString(change.before()))).isTrue();
                }
                if (change.after() != null) {
                    rows.add(Arrays.toString(change.after()));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void every_subscriber_has_what_the_policies_let_through(long seed) {
        for (int i = 0; i < WORLDS; i++) {
            check(seed * 100_000 + i);
        }
    }

    private static void check(long seed) {
        Random random = new Random(seed);
        LiveWorld world = new LiveWorld();
        world.run("CREATE TABLE members (person text, team int, PRIMARY KEY (person, team))");
        world.run("CREATE TABLE docs (id int PRIMARY KEY, owner text, team int, n int)");
        world.run("ALTER TABLE docs ENABLE ROW LEVEL SECURITY");
        int policies = 1 + random.nextInt(3);
        for (int i = 0; i < policies; i++) {
            world.run(policy(random, i));
        }
        if (random.nextInt(3) == 0) {
            world.run("ALTER TABLE members ENABLE ROW LEVEL SECURITY");
            world.run("CREATE POLICY m ON members USING (person = auth.uid() OR team = 3)");
        }
        List<String> log = new ArrayList<>();
        List<Subscriber> subscribers = new ArrayList<>();
        for (int commit = 0; commit < COMMITS; commit++) {
            if (subscribers.size() < 12) {
                subscribers.add(new Subscriber(world, session(random), pick(random, QUERIES.toArray(new String[0]))));
            }
            String sql = transaction(random, commit);
            log.add(sql);
            for (QueryUpdate update : world.runAs(WRITER, sql)) {
                subscribers.stream()
                        .filter(subscriber -> subscriber.result == update.result())
                        .toList()
                        .forEach(subscriber -> subscriber.follow(world, update));
            }
            for (Subscriber subscriber : subscribers) {
                List<String> wanted = world.queryAs(subscriber.session, subscriber.sql).stream()
                        .map(Arrays::toString)
                        .toList();
                assertThat(subscriber.rows)
                        .as("seed %d, %s as %s after %s", seed, subscriber.sql, subscriber.session, log)
                        .containsExactlyInAnyOrderElementsOf(wanted);
            }
        }
    }

    private static SessionInfo session(Random random) {
        String user = pick(random, "ann", "bob", "cid", "");
        boolean owner = random.nextInt(8) == 0;
        String role = owner ? "owner" : pick(random, "editor", "viewer");
        return new SessionInfo(user, role, owner, Map.of("team", String.valueOf(1 + random.nextInt(3))), "public");
    }

    private static String policy(Random random, int number) {
        return "CREATE POLICY p" + number + " ON docs"
                + (number > 0 && random.nextInt(4) == 0 ? " AS RESTRICTIVE" : "")
                + pick(random, "", "", " TO editor", " TO viewer")
                + " USING (" + condition(random) + ")";
    }

    private static String condition(Random random) {
        return switch (random.nextInt(10)) {
            case 0, 1 -> "owner = auth.uid()";
            case 2 -> "team = (auth.jwt() ->> 'team')::int";
            case 3 -> "auth.role() = 'editor' OR owner = auth.uid()";
            case 4, 5 -> "EXISTS (SELECT 1 FROM members m WHERE m.team = docs.team AND m.person = auth.uid())";
            case 6 -> "team IN (SELECT team FROM members WHERE person = auth.uid())";
            case 7 -> "n < 4";
            case 8 -> "owner = auth.uid() OR team IN (SELECT team FROM members WHERE person = auth.uid())";
            default -> "merapi_claim('team') = '2'";
        };
    }

    private static String transaction(Random random, int commit) {
        int id = 1 + random.nextInt(12);
        String owner = pick(random, "'ann'", "'bob'", "'cid'", "NULL");
        int team = 1 + random.nextInt(3);
        return switch (random.nextInt(12)) {
            case 0, 1, 2, 3 ->
                "INSERT INTO docs VALUES (%d, %s, %d, %d) ON CONFLICT (id) DO UPDATE SET owner = excluded.owner"
                        .formatted(id, owner, team, random.nextInt(6));
            case 4, 5 -> "UPDATE docs SET team = %d, n = n + 1 WHERE id %% 3 = %d".formatted(team, random.nextInt(3));
            case 6 -> "DELETE FROM docs WHERE id = " + id;
            case 7, 8 ->
                "INSERT INTO members VALUES (%s, %d) ON CONFLICT DO NOTHING"
                        .formatted(pick(random, "'ann'", "'bob'", "'cid'"), team);
            case 9 -> "DELETE FROM members WHERE team = " + team;
            case 10 ->
                "DELETE FROM members WHERE person = 'ann'; UPDATE docs SET owner = 'ann' WHERE n = "
                        + random.nextInt(6);
            default ->
                commit % 5 == 0
                        ? pick(
                                random,
                                "ALTER TABLE docs DISABLE ROW LEVEL SECURITY",
                                "ALTER TABLE docs ENABLE ROW LEVEL SECURITY",
                                "ALTER TABLE docs FORCE ROW LEVEL SECURITY",
                                "ALTER POLICY p0 ON docs USING (" + condition(random) + ")")
                        : "UPDATE docs SET owner = " + owner + " WHERE id = " + id;
        };
    }

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    @Test
    void a_policy_may_not_be_read_around_by_resuming() {
        LiveWorld world = new LiveWorld();
        world.run("CREATE TABLE docs (id int PRIMARY KEY, owner text)");
        world.run("INSERT INTO docs VALUES (1, 'ann')");
        long offset = world.live.offset();
        world.run("ALTER TABLE docs ENABLE ROW LEVEL SECURITY");
        world.run("CREATE POLICY own ON docs USING (owner = auth.uid())");
        LiveQuery query =
                world.compileAs(new SessionInfo("", "anon", false, Map.of(), "public"), "SELECT id FROM docs");

        org.assertj.core.api.Assertions.assertThatExceptionOfType(dev.merapi.api.error.CodedException.class)
                .isThrownBy(() -> world.netChanges(query, offset))
                .satisfies(e -> assertThat(e.code()).isEqualTo(dev.merapi.api.error.ErrorCode.SCHEMA_CHANGED));
    }
}
