package dev.merapi.testing.system.postgres;

import static dev.merapi.testing.property.Property.property;
import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.query.live.LiveResult;
import dev.merapi.testing.property.Draw;
import dev.merapi.testing.sql.SqlQueries;
import dev.merapi.testing.sql.SqlSchema;
import dev.merapi.testing.sql.SqlTransactions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random live queries followed while random transactions run: after each, the rows are those that PostgreSQL gives,
 * which has run the same transactions.
 */
@Tag("slow")
class LiveQueriesPostgresTest {
    private static final int COMMITS = 8;

    private int comparisons;

    @Test
    void followed_rows_are_those_that_postgresql_gives() {
        try (PostgresContender postgres = PostgresContender.start()) {
            property().runs(200).explore(draw -> follow(draw, postgres));
        }

        System.out.println(comparisons + " comparisons with PostgreSQL");
        assertThat(comparisons).isGreaterThanOrEqualTo(2_000);
    }

    private void follow(Draw draw, PostgresContender postgres) {
        SqlSchema schema = SqlSchema.draw(draw);
        schema.statements().forEach(draw::note);
        postgres.begin(schema.statements());
        SqlTransactions transactions = new SqlTransactions(draw, schema);
        try (LiveDatabase merapi = new LiveDatabase(schema.statements())) {
            commit(draw, transactions, merapi, postgres);
            Map<String, LiveResult> watched = new LinkedHashMap<>();
            for (int i = 0; i < 3; i++) {
                String sql = new SqlQueries(draw, schema, SqlQueries.Options.ONE_ANSWER)
                        .query()
                        .sql();
                draw.note(sql);
                watched.put(sql, merapi.watch(sql));
            }
            for (int i = 0; i < COMMITS; i++) {
                commit(draw, transactions, merapi, postgres);
                watched.forEach((sql, result) -> {
                    comparisons++;
                    assertThat(plain(merapi.rows(result))).as(sql).isEqualTo(plain(postgres.tell(sql)));
                });
            }
        }
    }

    private static void commit(
            Draw draw, SqlTransactions transactions, LiveDatabase merapi, PostgresContender postgres) {
        List<String> statements = transactions.transaction();
        draw.note(String.join("; ", statements));
        merapi.commit(statements);
        for (String statement : statements) {
            assertThat(postgres.tell(statement)).as(statement).isInstanceOf(Answer.Count.class);
        }
    }

    /** Of numbers that are equal but written differently either may stand for a group. */
    private static String plain(Answer answer) {
        return GeneratedQueriesPostgresTest.plainNumbers(answer.render(false));
    }
}
