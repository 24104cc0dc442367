package dev.merapi.server.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.value.BsatnWriter;
import dev.merapi.api.value.RowLayout;
import dev.merapi.server.EmbeddedDatabase;
import dev.merapi.server.Server;
import dev.merapi.server.ServerConfig;
import dev.merapi.server.TestClient;
import dev.merapi.server.config.AuthConfig;
import dev.merapi.server.config.StaticToken;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.CloseCode;
import dev.merapi.wire.Confirm;
import dev.merapi.wire.ServerMessage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a database does with a module: its tables, its reducers as transactions, another version of it. */
class ModuleTest {
    private static final String INTRUDER = "token-of-an-intruder-0123456789";

    private Server server;
    private EmbeddedDatabase database;

    @BeforeEach
    void start() {
        server = Server.start(ServerConfig.memory()
                .withPort(0)
                .withAuth(AuthConfig.DEFAULT.withTokens(
                        new StaticToken(INTRUDER, "intruder", Map.of("name", "intruder")))));
        database = server.database("main");
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void publishing_makes_the_tables_and_runs_init_once() {
        database.publish(new Bank()).join();
        database.execute("UPDATE accounts SET balance = 7 WHERE id = 1").join();

        database.publish(new Bank()).join();

        assertThat(rows("SELECT count(*), sum(balance) FROM accounts")).containsExactly("[10, 907]");
    }

    @Test
    void a_reducer_is_one_transaction() {
        database.publish(new Bank()).join();

        call("transfer", Bank.transferOf(1, 2, 30)).join();

        assertThat(rows("SELECT id, balance FROM accounts WHERE id < 3 ORDER BY id"))
                .containsExactly("[1, 70]", "[2, 130]");
        assertThat(rows("SELECT id, amount FROM ledger")).containsExactly("[1, 30]");
    }

    @Test
    void what_a_reducer_throws_takes_everything_back_and_reaches_the_caller() {
        database.publish(new Bank()).join();

        CodedException poor = failure(call("transfer", Bank.transferOf(1, 2, 101)));
        CodedException missing = failure(call("transfer", Bank.transferOf(1, 99, 10)));
        CodedException crash = failure(call("crash", new byte[0]));

        assertThat(poor.code()).isEqualTo(ErrorCode.REDUCER_FAILED);
        assertThat(poor.text()).isEqualTo("insufficient_funds");
        assertThat(missing.text()).isEqualTo("account_missing");
        assertThat(crash.code()).isEqualTo(ErrorCode.REDUCER_CRASHED);
        assertThat(rows("SELECT count(*) FROM accounts WHERE balance = 100")).containsExactly("[10]");
        assertThat(rows("SELECT * FROM ledger")).isEmpty();
    }

    @Test
    void calls_that_cannot_be_run_say_why() {
        assertThat(failure(call("transfer", new byte[0])).code()).isEqualTo(ErrorCode.NO_MODULE);
        database.publish(new Bank()).join();

        assertThat(failure(call("withdraw", new byte[0])).toString()).contains("transfer");
        assertThat(failure(call("open", new byte[0])).toString()).contains("life cycle");
        CodedException arguments = failure(call("transfer", new byte[5]));

        assertThat(arguments.code()).isEqualTo(ErrorCode.INVALID_ARGUMENTS);
        assertThat(arguments).hasMessageContaining("from");
    }

    @Test
    void clients_call_over_the_network_and_their_live_queries_follow() {
        database.publish(new Bank()).join();
        try (TestClient client = TestClient.connect(server)) {
            client.subscribe(1, "SELECT balance FROM accounts WHERE id = 1");
            client.skipTo(ServerMessage.Live.class);

            client.send(new ClientMessage.Call(7, "transfer", Bank.transferOf(1, 2, 30), Confirm.DURABLE));

            ServerMessage.Update update = client.skipTo(ServerMessage.Update.class);
            assertThat(update.changes()).hasSize(1);
            client.send(new ClientMessage.Call(8, "transfer", Bank.transferOf(1, 2, 1000), Confirm.COMMITTED));
            ServerMessage.RequestFailed failed = (ServerMessage.RequestFailed) client.answerTo(8);
            assertThat(failed.error().text()).isEqualTo("insufficient_funds");
        }
    }

    @Test
    void a_procedure_makes_transactions_and_returns_a_value() {
        database.publish(new Bank()).join();
        try (TestClient client = TestClient.connect(server)) {
            client.send(new ClientMessage.Call(1, "donate", new byte[] {3, 0, 0, 0}, Confirm.DURABLE));
            ServerMessage.Results returned = (ServerMessage.Results) client.answerTo(1);

            assertThat(returned.results().getFirst().rows())
                    .containsExactly(new BsatnWriter().putLong(10).toByteArray());
            assertThat(rows("SELECT id, balance FROM accounts WHERE balance <> 100 ORDER BY id"))
                    .containsExactly("[3, 10]", "[10, 190]");
        }
    }

    @Test
    void what_a_procedure_throws_reaches_its_caller() {
        database.publish(new Bank()).join();
        try (TestClient client = TestClient.connect(server)) {
            client.send(new ClientMessage.Call(1, "donate", new byte[] {99, 0, 0, 0}, Confirm.DURABLE));

            ServerMessage.RequestFailed failed = (ServerMessage.RequestFailed) client.answerTo(1);
            assertThat(failed.error().text()).isEqualTo("account_missing");
        }
    }

    @Test
    void the_module_is_told_who_comes_and_who_goes() throws Exception {
        database.publish(new Bank()).join();

        TestClient client = TestClient.connect(server);
        assertThat(rows("SELECT amount FROM ledger")).containsExactly("[1000000]");
        client.close();

        while (rows("SELECT amount FROM ledger").size() < 2) {
            Thread.sleep(10);
        }
        assertThat(rows("SELECT amount FROM ledger ORDER BY id")).containsExactly("[1000000]", "[2000000]");
    }

    @Test
    void whom_the_module_does_not_want_gets_no_further_than_hello() {
        database.publish(new Bank()).join();

        try (TestClient client = TestClient.open(server.port())) {
            client.send(
                    new ClientMessage.Hello(1, List.of(), INTRUDER, "", ""),
                    new ClientMessage.Call(1, "transfer", Bank.transferOf(1, 2, 30), Confirm.DURABLE));

            assertThat(client.expect(ServerMessage.Goodbye.class).reason()).contains("not here");
            assertThat(client.awaitClosed().code()).isEqualTo(CloseCode.FORBIDDEN.number());
        }
        assertThat(rows("SELECT * FROM ledger")).isEmpty();
    }

    @Test
    void a_table_altered_by_hand_stops_the_module_until_it_is_as_it_was() {
        database.publish(new Bank()).join();
        database.execute("ALTER TABLE accounts ADD COLUMN note text").join();

        assertThat(failure(call("transfer", Bank.transferOf(1, 2, 1))).code())
                .isEqualTo(ErrorCode.MODULE_SCHEMA_CHANGED);
        database.execute("ALTER TABLE accounts DROP COLUMN note").join();

        call("transfer", Bank.transferOf(1, 2, 1)).join();
    }

    @Test
    void another_version_may_add_columns_that_can_be_null() {
        database.publish(new Bank()).join();
        call("transfer", Bank.transferOf(1, 2, 1)).join();

        database.publish(ledgerOf(Column.required("amount", ScalarType.I64), Column.optional("note", ScalarType.TEXT)))
                .join();

        assertThat(rows("SELECT id, amount, note FROM ledger")).containsExactly("[1, 1, null]");
    }

    @Test
    void what_would_lose_something_is_refused_with_a_list_and_changes_nothing() {
        database.publish(new Bank()).join();

        CodedException refusal = failure(database.publish(
                ledgerOf(Column.required("total", ScalarType.I64), Column.required("note", ScalarType.TEXT))));

        assertThat(refusal.code()).isEqualTo(ErrorCode.MODULE_INCOMPATIBLE);
        assertThat(refusal).hasMessageContaining("table ledger: column amount is no longer there");
        call("transfer", Bank.transferOf(1, 2, 1)).join();
    }

    private static Bank ledgerOf(Column... columns) {
        return new Bank(List.of(columns).stream().map(ColumnDefinition::of).toList());
    }

    private CompletableFuture<?> call(String function, byte[] arguments) {
        return database.call(function, arguments, Confirm.DURABLE);
    }

    private List<String> rows(String sql) {
        var result = database.query(sql).join().value();
        RowLayout layout = RowLayout.of(result.columns());
        return result.rows().stream()
                .map(row -> Arrays.toString(layout.decode(row)))
                .toList();
    }

    private static CodedException failure(CompletableFuture<?> outcome) {
        CompletionException thrown = catchThrowableOfType(CompletionException.class, outcome::join);
        return (CodedException) thrown.getCause();
    }
}
