package dev.merapi.query.sql.bind;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.value.Json;
import dev.merapi.api.value.JsonText;
import dev.merapi.query.expr.value.JsonTree;
import dev.merapi.query.sql.BoundSession;
import dev.merapi.query.sql.ast.Name;
import dev.merapi.query.sql.ast.Statement;
import dev.merapi.query.sql.scope.BindErrors;
import dev.merapi.query.sql.scope.Nearest;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The settings SET and SHOW know, which are those that drivers and tools of PostgreSQL ask for. */
final class Settings {
    private static final Set<String> SETTABLE = Set.of(
            "search_path",
            "timezone",
            "application_name",
            "client_encoding",
            "client_min_messages",
            "datestyle",
            "intervalstyle",
            "extra_float_digits",
            "bytea_output",
            "standard_conforming_strings",
            "statement_timeout",
            "lock_timeout",
            "idle_in_transaction_session_timeout",
            "default_transaction_isolation",
            "transaction_isolation");

    private static final Set<String> READ_ONLY = Set.of(
            "server_version",
            "server_version_num",
            "server_encoding",
            "integer_datetimes",
            "max_identifier_length",
            "all");

    /** Settings with one value each that they can have: what Merapi does anyway. */
    private static final Set<String> UTC =
            Set.of("utc", "gmt", "etc/utc", "z", "zulu", "0", "+00", "+00:00", "default");

    private Settings() {}

    /** Those that make somebody else of the caller. */
    private static final String ROLE = "role";

    private static final String CLAIMS = "request.jwt.claims";

    private static final Set<String> KNOWN =
            Stream.of(SETTABLE, Set.of(ROLE, CLAIMS)).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());

    /** Binds a SET; {@code schema} is the one the session looks into, which a request cannot change. */
    static BoundSession set(Statement.SetSetting set, String schema) {
        String name = name(set.name());
        if (name.equals("all") && set.values().isEmpty()) {
            return new BoundSession.SetSetting(name, List.of());
        }
        if (name.equals(ROLE)) {
            return new BoundSession.SetRole(role(set), set.local());
        }
        if (name.equals(CLAIMS)) {
            return new BoundSession.SetClaims(claims(set), set.local());
        }
        if (!SETTABLE.contains(name)) {
            throw READ_ONLY.contains(name) ? readOnly(set.name()) : unknown(set.name());
        }
        if (!accepts(name, set.values(), schema)) {
            throw BindErrors.unsupported(
                    set.name().position(), name + " = " + String.join(", ", set.values()), expected(name));
        }
        return new BoundSession.SetSetting(name, set.values());
    }

    static BoundSession show(Statement.ShowSetting show) {
        String name = name(show.name());
        if (!KNOWN.contains(name) && !READ_ONLY.contains(name)) {
            throw unknown(show.name());
        }
        return new BoundSession.ShowSetting(name);
    }

    private static @Nullable String role(Statement.SetSetting set) {
        if (set.values().isEmpty()) {
            return null;
        }
        String role = set.values().getFirst();
        if (set.values().size() > 1 || role.isBlank()) {
            throw BindErrors.at(set.name(), ErrorCode.INVALID_ARGUMENT, "this is not a role")
                    .with("value", String.join(", ", set.values()))
                    .hint("write SET ROLE name, or SET ROLE NONE for the caller's own");
        }
        return role.equals("none") ? null : role;
    }

    /** The members of a JSON object, as the claims of a token are given to SQL; an empty text is none. */
    private static @Nullable Map<String, String> claims(Statement.SetSetting set) {
        if (set.values().isEmpty() || set.values().equals(List.of(""))) {
            return null;
        }
        String text = String.join(", ", set.values());
        try {
            if (JsonTree.of(new Json(JsonText.canonical(text))) instanceof JsonTree.Members object) {
                Map<String, String> claims = new HashMap<>();
                object.members().forEach((name, value) -> {
                    String claim = value.asText();
                    if (claim != null) {
                        claims.put(name, claim);
                    }
                });
                return claims;
            }
        } catch (CodedException e) {
            throw notClaims(set, text).causedBy(e);
        }
        throw notClaims(set, text);
    }

    private static CodedException notClaims(Statement.SetSetting set, String text) {
        return BindErrors.at(set.name(), ErrorCode.INVALID_ARGUMENT, "claims are not a JSON object")
                .with("value", text)
                .hint("write SET request.jwt.claims = '{\"sub\": \"ann\"}'");
    }

    private static String name(Name name) {
        return name.toString().toLowerCase(Locale.ROOT);
    }

    private static boolean accepts(String name, List<String> values, String schema) {
        if (values.isEmpty()) {
            return true;
        }
        String value = String.join(", ", values).toLowerCase(Locale.ROOT);
        return switch (name) {
            case "search_path" ->
                values.contains(schema) && Set.of(schema, "$user", "pg_catalog").containsAll(values);
            case "statement_timeout" -> value.equals("0");
            case "timezone" -> UTC.contains(value);
            case "client_encoding" -> value.equals("utf8") || value.equals("utf-8") || value.equals("unicode");
            case "datestyle" -> value.startsWith("iso");
            case "intervalstyle" -> value.equals("postgres");
            case "bytea_output" -> value.equals("hex");
            case "standard_conforming_strings" -> value.equals("on") || value.equals("true") || value.equals("1");
            default -> true;
        };
    }

    private static String expected(String name) {
        return switch (name) {
            case "search_path" -> "write the schema in front of the name: schema.table";
            case "statement_timeout" -> "the server's limit statement-millis holds";
            case "timezone" -> "sessions are in UTC: convert with AT TIME ZONE";
            case "client_encoding" -> "text is UTF-8";
            case "datestyle" -> "dates are in ISO style: format with to_char";
            case "intervalstyle" -> "intervals are in style postgres";
            case "bytea_output" -> "bytea is printed in hex";
            default -> "backslashes are plain characters: write E'…' for escapes";
        };
    }

    private static RuntimeException readOnly(Name name) {
        return BindErrors.at(name, ErrorCode.UNSUPPORTED_SQL, "setting cannot be changed")
                .with("setting", name);
    }

    private static RuntimeException unknown(Name name) {
        var error = BindErrors.at(name, ErrorCode.UNKNOWN_SETTING, "setting does not exist")
                .with("setting", name);
        String nearest = Nearest.of(name.toString(), KNOWN);
        return nearest == null ? error : error.hint("did you mean " + nearest + "?");
    }
}
