package dev.merapi.server.http;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.server.database.SqlStatement;
import dev.merapi.wire.Confirm;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;

/**
 * The body of {@code POST /v1/sql}: {@code sql} with {@code params}, or {@code statements}, a list of objects
 * with both.
 *
 * @param database empty for the default one
 */
record SqlRequest(List<SqlStatement> statements, String database, Confirm confirm) {

    /**
     * @throws CodedException INVALID_REQUEST
     */
    static SqlRequest parse(byte[] body) {
        try (JsonParser in = Json.FACTORY.createParser(ObjectReadContext.empty(), body)) {
            SqlRequest request = new Reader(in).request();
            if (in.nextToken() != null) {
                throw invalid("something follows the JSON object");
            }
            return request;
        } catch (JacksonException e) {
            throw invalid("body is not valid JSON")
                    .with("reason", e.getOriginalMessage())
                    .causedBy(e);
        }
    }

    private static CodedException invalid(String text) {
        return new CodedException(ErrorCode.INVALID_REQUEST, text)
                .hint("send {\"sql\": \"SELECT $1\", \"params\": [1]} as application/json");
    }

    /** Reads the tokens one after the other. */
    private static final class Reader {
        private final JsonParser in;
        private @Nullable String sql;
        private @Nullable List<@Nullable Object> params;
        private final List<SqlStatement> statements = new ArrayList<>();
        private String database = "";
        private Confirm confirm = Confirm.DURABLE;

        Reader(JsonParser in) {
            this.in = in;
        }

        SqlRequest request() {
            expect(in.nextToken(), JsonToken.START_OBJECT, "body");
            while (in.nextToken() == JsonToken.PROPERTY_NAME) {
                String field = in.currentName();
                JsonToken token = in.nextToken();
                switch (field) {
                    case "sql" -> sql = text(token, field);
                    case "params" -> params = params(token);
                    case "statements" -> readStatements(token);
                    case "database" -> database = text(token, field);
                    case "confirm" -> confirm = confirm(text(token, field));
                    default -> throw invalid("unknown field").with("field", field);
                }
            }
            if (sql != null) {
                if (!statements.isEmpty()) {
                    throw invalid("both sql and statements are given");
                }
                statements.add(new SqlStatement(sql, params == null ? List.of() : params));
            } else if (params != null || statements.isEmpty()) {
                throw invalid("sql is missing");
            }
            return new SqlRequest(List.copyOf(statements), database, confirm);
        }

        private void readStatements(JsonToken token) {
            expect(token, JsonToken.START_ARRAY, "statements");
            while (in.nextToken() != JsonToken.END_ARRAY) {
                expect(in.currentToken(), JsonToken.START_OBJECT, "statement");
                String statement = null;
                List<@Nullable Object> values = List.of();
                while (in.nextToken() == JsonToken.PROPERTY_NAME) {
                    String field = in.currentName();
                    JsonToken value = in.nextToken();
                    switch (field) {
                        case "sql" -> statement = text(value, field);
                        case "params" -> values = params(value);
                        default -> throw invalid("unknown field").with("field", field);
                    }
                }
                if (statement == null) {
                    throw invalid("sql is missing in a statement");
                }
                statements.add(new SqlStatement(statement, values));
            }
        }

        private List<@Nullable Object> params(JsonToken token) {
            expect(token, JsonToken.START_ARRAY, "params");
            return array();
        }

        private List<@Nullable Object> array() {
            List<@Nullable Object> values = new ArrayList<>();
            for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
                values.add(value(token));
            }
            return values;
        }

        private @Nullable Object value(JsonToken token) {
            return switch (token) {
                case VALUE_NULL -> null;
                case VALUE_TRUE -> true;
                case VALUE_FALSE -> false;
                case VALUE_STRING -> in.getString();
                case VALUE_NUMBER_INT -> integer();
                case VALUE_NUMBER_FLOAT -> in.getDecimalValue();
                case START_ARRAY -> array();
                case START_OBJECT -> object();
                default -> throw invalid("unexpected JSON").with("token", token);
            };
        }

        private Object integer() {
            return switch (in.getNumberType()) {
                case INT, LONG -> in.getLongValue();
                default -> in.getBigIntegerValue();
            };
        }

        /** An object becomes its own text, which is how a value of type jsonb is written. */
        private String object() {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (JsonGenerator out = Json.FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
                out.copyCurrentStructureExact(in);
            }
            return bytes.toString(StandardCharsets.UTF_8);
        }

        private static String text(JsonToken token, String field, JsonParser in) {
            expect(token, JsonToken.VALUE_STRING, field);
            return in.getString();
        }

        private String text(JsonToken token, String field) {
            return text(token, field, in);
        }

        private static Confirm confirm(String name) {
            return switch (name.toUpperCase(Locale.ROOT)) {
                case "DURABLE" -> Confirm.DURABLE;
                case "COMMITTED" -> Confirm.COMMITTED;
                default ->
                    throw invalid("unknown confirmation").with("confirm", name).hint("use durable or committed");
            };
        }

        private static void expect(@Nullable JsonToken token, JsonToken expected, String what) {
            if (token != expected) {
                throw invalid("unexpected JSON")
                        .with("at", what)
                        .with("expected", expected)
                        .with("found", token);
            }
        }
    }
}
