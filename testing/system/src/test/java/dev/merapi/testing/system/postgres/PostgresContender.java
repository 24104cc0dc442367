package dev.merapi.testing.system.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL: an embedded server of its own, or with {@code -Dpg.url=jdbc:postgresql:…} a database whose schemas may be
 * dropped. Statements go out in the simple protocol, so that every value arrives in the server's own text form.
 */
final class PostgresContender implements Contender {
    private final @Nullable EmbeddedPostgres server;
    private final Connection connection;
    private List<String> schema = List.of();
    private boolean clean;

    private PostgresContender(@Nullable EmbeddedPostgres server, Connection connection) {
        this.server = server;
        this.connection = connection;
    }

    static PostgresContender start() {
        try {
            String url = System.getProperty("pg.url");
            if (url != null) {
                return new PostgresContender(null, connect(url));
            }
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setPort(0)
                    .setServerConfig("fsync", "off")
                    .setServerConfig("synchronous_commit", "off")
                    .setServerConfig("max_stack_depth", "7MB")
                    .setLocaleConfig("locale-provider", "builtin")
                    .setLocaleConfig("builtin-locale", "C.UTF-8")
                    .setLocaleConfig("locale", "C")
                    .start();
            return new PostgresContender(server, connect(server.getJdbcUrl("postgres", "postgres")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Connection connect(String url) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("options", "-c TimeZone=UTC -c DateStyle=ISO,MDY -c IntervalStyle=postgres");
        Connection connection = DriverManager.getConnection(url, properties);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TIME ZONE 'UTC'");
        }
        return connection;
    }

    @Override
    public List<Answer> answer(SqlCase question) {
        try {
            prepareSchema(question);
            if (!question.parameters().isEmpty()) {
                return withParameters(question);
            }
            return question.script() ? script(question.statements()) : oneByOne(question.statements());
        } catch (SQLException e) {
            throw new IllegalStateException(question.id(), e);
        }
    }

    /** Makes everything anew: tables by the owner, then the roles of callers, who may do anything policies let them. */
    void prepare(List<String> definitions) throws SQLException {
        dropEverything();
        schema = List.of();
        clean = false;
        execute("""
            CREATE SCHEMA auth;
            CREATE FUNCTION auth.jwt() RETURNS jsonb STABLE LANGUAGE sql AS
                'SELECT current_setting(''request.jwt.claims'', true)::jsonb';
            CREATE FUNCTION auth.uid() RETURNS text STABLE LANGUAGE sql AS
                'SELECT nullif(auth.jwt() ->> ''sub'', '''')';
            CREATE FUNCTION auth.role() RETURNS text STABLE LANGUAGE sql AS 'SELECT auth.jwt() ->> ''role''';
            """);
        for (String role : PolicyCaller.ROLES) {
            execute("DO $$ BEGIN CREATE ROLE " + role + "; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
            execute("GRANT USAGE ON SCHEMA public, auth TO " + role);
        }
        for (String sql : definitions) {
            execute(sql);
        }
        for (String role : PolicyCaller.ROLES) {
            execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO " + role);
        }
    }

    /** What the owner gets for a statement. */
    Answer asOwner(String sql) {
        return answer(sql);
    }

    /** What a caller gets for a statement, which is a transaction. */
    Answer as(PolicyCaller caller, String sql) throws SQLException {
        connection.setAutoCommit(false);
        try {
            execute("SET LOCAL request.jwt.claims = '" + caller.claims() + "'");
            execute("SET LOCAL ROLE " + caller.role());
            Answer answer = answer(sql);
            if (answer instanceof Answer.Refused) {
                connection.rollback();
            } else {
                connection.commit();
            }
            return answer;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** Makes an empty database of a schema, for {@link #tell}. */
    void begin(List<String> statements) {
        try {
            dropEverything();
            for (String sql : statements) {
                execute(sql);
            }
            clean = false;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the database, as it is now, says to a statement. */
    Answer tell(String sql) {
        return answer(sql);
    }

    private void prepareSchema(SqlCase question) throws SQLException {
        if (!clean || !schema.equals(question.schema())) {
            dropEverything();
            schema = question.schema();
            for (String sql : schema) {
                execute(sql);
            }
        }
        clean = question.statements().stream().allMatch(PostgresContender::isReadOnly);
    }

    private static boolean isReadOnly(String sql) {
        String lower = sql.toLowerCase(Locale.ROOT);
        return (lower.startsWith("select") || lower.startsWith("values") || lower.startsWith("with"))
                && !lower.matches("(?s).*\\b(insert|update|delete|nextval|setval)\\b.*");
    }

    private void dropEverything() throws SQLException {
        List<String> schemas = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet names = statement.executeQuery("SELECT quote_ident(nspname) FROM pg_namespace"
                        + " WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'")) {
            while (names.next()) {
                schemas.add(names.getString(1));
            }
        }
        for (String name : schemas) {
            execute("DROP SCHEMA " + name + " CASCADE");
        }
        execute("CREATE SCHEMA public");
        execute("DISCARD TEMP");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        } catch (SQLException e) {
            throw new SQLException(e.getMessage() + "\nin: " + sql, e.getSQLState(), e);
        }
    }

    private List<Answer> oneByOne(List<String> statements) {
        List<Answer> answers = new ArrayList<>();
        for (String sql : statements) {
            answers.add(answer(sql));
        }
        return answers;
    }

    /** One transaction up to the first refusal; an explicit COMMIT or ROLLBACK ends it and the rest is a new one. */
    private List<Answer> script(List<String> statements) throws SQLException {
        List<Answer> answers = new ArrayList<>();
        connection.setAutoCommit(false);
        try {
            for (String sql : statements) {
                Answer answer = answer(sql);
                if (!isTransactionControl(sql) || answer instanceof Answer.Refused) {
                    answers.add(answer);
                }
                if (answer instanceof Answer.Refused) {
                    connection.rollback();
                    return answers;
                }
            }
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            answers.add(new Answer.Refused(e.getSQLState(), e.getMessage()));
        } finally {
            connection.setAutoCommit(true);
        }
        return answers;
    }

    /** BEGIN and the like only say how statements belong together: they have no answer of their own here. */
    private static boolean isTransactionControl(String sql) {
        return sql.matches("(?is)(begin|start\\s+transaction|commit|end|rollback)\\b(?!\\s+to).*");
    }

    private List<Answer> withParameters(SqlCase question) throws SQLException {
        List<Answer> answers = new ArrayList<>();
        try {
            execute("PREPARE question AS " + question.statements().getFirst());
        } catch (SQLException e) {
            return List.of(new Answer.Refused(e.getSQLState(), e.getMessage()));
        }
        for (List<@Nullable String> values : question.parameters()) {
            answers.add(answer("EXECUTE question("
                    + values.stream()
                            .map(v -> v == null ? "NULL" : "'" + v.replace("'", "''") + "'")
                            .collect(Collectors.joining(", "))
                    + ")"));
        }
        execute("DEALLOCATE question");
        return answers;
    }

    private Answer answer(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            if (!statement.execute(sql)) {
                return new Answer.Count(Math.max(0, statement.getUpdateCount()));
            }
            try (ResultSet result = statement.getResultSet()) {
                return rows(result);
            }
        } catch (SQLException e) {
            return new Answer.Refused(String.valueOf(e.getSQLState()), String.valueOf(e.getMessage()));
        }
    }

    private static Answer rows(ResultSet result) throws SQLException {
        ResultSetMetaData meta = result.getMetaData();
        List<Answer.Rows.Column> columns = new ArrayList<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            columns.add(new Answer.Rows.Column(meta.getColumnLabel(i), typeName(meta.getColumnTypeName(i))));
        }
        List<List<@Nullable String>> rows = new ArrayList<>();
        while (result.next()) {
            List<@Nullable String> row = new ArrayList<>();
            for (int i = 1; i <= columns.size(); i++) {
                row.add(result.getString(i));
            }
            rows.add(row);
        }
        return new Answer.Rows(columns, rows);
    }

    /** SQL's name of a type. Names Merapi does not keep apart are made one:
     * json and jsonb, name and varchar and text, serial and integer. */
    private static String typeName(String name) {
        if (name.startsWith("_")) {
            return typeName(name.substring(1)) + "[]";
        }
        return switch (name) {
            case "bool" -> "boolean";
            case "int2", "smallserial" -> "smallint";
            case "int4", "serial" -> "integer";
            case "int8", "bigserial" -> "bigint";
            case "float4" -> "real";
            case "float8" -> "double precision";
            case "varchar", "name" -> "text";
            case "bpchar" -> "character";
            case "json" -> "jsonb";
            case "timestamptz" -> "timestamp with time zone";
            case "timestamp" -> "timestamp without time zone";
            case "time" -> "time without time zone";
            default -> name;
        };
    }

    @Override
    public void close() {
        try {
            connection.close();
            if (server != null) {
                server.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
