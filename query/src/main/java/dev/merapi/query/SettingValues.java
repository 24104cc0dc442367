package dev.merapi.query;

import dev.merapi.query.expr.value.JsonTree;

/** The values of the settings, for SHOW: fixed but for who asks. */
final class SettingValues {
    /** The PostgreSQL whose meaning of SQL is ours; drivers choose by it what they may ask. */
    private static final String POSTGRES_VERSION = "18.0";

    private SettingValues() {}

    /** The name as SHOW writes it above its answer. */
    static String title(String name) {
        return switch (name) {
            case "timezone" -> "TimeZone";
            case "datestyle" -> "DateStyle";
            case "intervalstyle" -> "IntervalStyle";
            default -> name;
        };
    }

    static String of(String name, SessionInfo session) {
        return switch (name) {
            case "search_path" -> session.schema();
            case "role" -> session.role();
            case "request.jwt.claims" -> claims(session);
            case "timezone" -> "UTC";
            case "client_encoding", "server_encoding" -> "UTF8";
            case "client_min_messages" -> "notice";
            case "datestyle" -> "ISO, MDY";
            case "intervalstyle" -> "postgres";
            case "extra_float_digits" -> "1";
            case "bytea_output" -> "hex";
            case "standard_conforming_strings", "integer_datetimes" -> "on";
            case "default_transaction_isolation", "transaction_isolation" -> "serializable";
            case "server_version" -> POSTGRES_VERSION;
            case "server_version_num" -> "180000";
            case "max_identifier_length" -> "63";
            case "statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout" -> "0";
            default -> "";
        };
    }

    private static String claims(SessionInfo session) {
        JsonTree.Members object = JsonTree.object();
        session.claims().forEach((name, value) -> object.members().put(name, new JsonTree.Text(value)));
        return object.json().text();
    }
}
