package dev.merapi.benchmarks.query;

import dev.merapi.benchmarks.Ratio;
import dev.merapi.benchmarks.Scale;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long it takes to plan statements that were never seen before: parsing, binding, rewriting and compiling. There is
 * nothing to compare that with, so it is no ratio.
 *
 * <pre>java -cp … dev.merapi.benchmarks.query.QueryFigures</pre>
 */
public final class QueryFigures {
    private static final int MINIMUM = 20;

    private QueryFigures() {}

    private static Map<String, String> statements() {
        Map<String, String> statements = new LinkedHashMap<>();
        statements.put("by primary key", "SELECT * FROM messages WHERE id = $1");
        statements.put(
                "join and group",
                "SELECT u.city, count(*), sum(m.amount) FROM messages m JOIN users u ON u.id = m.user_id"
                        + " WHERE m.sent > '2020-01-01' GROUP BY u.city HAVING count(*) > 3 ORDER BY 2 DESC LIMIT 10");
        statements.put(
                "correlated",
                "SELECT u.id, (SELECT max(m.sent) FROM messages m WHERE m.user_id = u.id) FROM users u"
                        + " WHERE EXISTS (SELECT 1 FROM messages m WHERE m.user_id = u.id AND m.amount > 500)");
        statements.put(
                "window over a common table expression",
                "WITH per_user AS (SELECT user_id, sum(amount) AS total FROM messages GROUP BY user_id)"
                        + " SELECT name, rank() OVER (ORDER BY total DESC) FROM per_user JOIN users ON id = user_id");
        statements.put("update", "UPDATE messages SET amount = amount + $1, body = upper(body) WHERE user_id = $2");
        return statements;
    }

    public static void main(String[] arguments) {
        run(Scale.FULL, System.out);
    }

    /** Prints microseconds per statement; returns how many statements were planned. */
    static long run(Scale scale, PrintStream out) {
        int rounds = scale == Scale.FULL ? 4_000 : MINIMUM;
        long planned = 0;
        try (MessageTables tables = new MessageTables(10)) {
            for (Map.Entry<String, String> statement : statements().entrySet()) {
                List<Double> micros = new ArrayList<>();
                for (int round = 0; round < rounds; round++) {
                    // Another text each time: plans are kept by text.
                    String sql = statement.getValue() + " -- " + round;
                    long start = System.nanoTime();
                    tables.prepare(sql);
                    micros.add((System.nanoTime() - start) / 1e3);
                    planned++;
                }
                out.printf(
                        "plan %-40s first %8.1f us, then %6.1f us%n",
                        statement.getKey(), micros.getFirst(), Ratio.median(micros.subList(rounds / 2, rounds)));
            }
        }
        return planned;
    }
}
