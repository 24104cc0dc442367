package dev.merapi.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.SqlEngine;
import dev.merapi.query.SqlOptions;
import dev.merapi.server.config.ServerLimits;
import dev.merapi.store.Caller;
import dev.merapi.store.Database;
import dev.merapi.store.DatabaseOptions;
import dev.merapi.store.StoreLimits;
import dev.merapi.wire.Confirm;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The writer outlives whatever a single request does. */
final class DatabaseLoopTest {
    private final SqlEngine engine = new SqlEngine(SqlOptions.DEFAULT);
    private final DatabaseRuntime runtime = new DatabaseRuntime(
            Database.open(new DatabaseOptions("test", StoreLimits.DEFAULT, engine.constraintCompiler(), new Random(7))),
            false,
            commits -> {},
            InstantSource.system(),
            System::nanoTime,
            ServerLimits.DEFAULT);

    DatabaseLoopTest() {
        runtime.start();
    }

    @AfterEach
    void close() throws InterruptedException {
        runtime.close(10_000);
    }

    @Test
    void an_error_in_one_request_fails_that_request_and_no_other() {
        CompletableFuture<String> bad = submit(tx -> {
            throw new NoClassDefFoundError("a class of a broken installation");
        });
        CompletableFuture<String> good = submit(tx -> "done");

        assertThat(bad)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(CodedException.class)
                .satisfies(
                        e -> assertThat(((CodedException) e.getCause()).code()).isEqualTo(ErrorCode.INTERNAL))
                .withMessageContaining("a class of a broken installation");
        assertThat(good).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("done");
    }

    private CompletableFuture<String> submit(Request.Work<String> work) {
        CompletableFuture<String> outcome = new CompletableFuture<>();
        runtime.loop()
                .submit(new Request.Write<>(Caller.SYSTEM, "test", work, Confirm.COMMITTED, new Request.Completion<>() {
                    @Override
                    public void completed(String value, Request.Receipt receipt) {
                        outcome.complete(value);
                    }

                    @Override
                    public void failed(CodedException reason) {
                        outcome.completeExceptionally(reason);
                    }
                }));
        return outcome;
    }
}
