package dev.merapi.query.system;

import static dev.merapi.api.schema.Column.optional;
import static dev.merapi.api.schema.Column.required;
import static dev.merapi.api.schema.ScalarType.TEXT;

import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.PolicyDefinition;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.store.ReadView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code pg_policies}: the policies of all tables, in force or not. Conditions read as they were written. */
final class PgPolicies {
    private PgPolicies() {}

    static Column[] columns() {
        return new Column[] {
            required("schemaname", TEXT),
            required("tablename", TEXT),
            required("policyname", TEXT),
            required("permissive", TEXT),
            required("roles", new ArrayType(TEXT)),
            required("cmd", TEXT),
            optional("qual", TEXT),
            optional("with_check", TEXT),
        };
    }

    static List<@Nullable Object[]> rows(ReadView view) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (TableSchema table : view.catalog().tables()) {
            for (PolicyDefinition policy : table.rowSecurity().policies()) {
                rows.add(new @Nullable Object[] {
                    table.name().schema(),
                    table.name().table(),
                    policy.name(),
                    policy.permissive() ? "PERMISSIVE" : "RESTRICTIVE",
                    policy.roles().isEmpty() ? List.of("public") : policy.roles(),
                    policy.command().name(),
                    policy.usingSql(),
                    policy.checkSql()
                });
            }
        }
        return rows;
    }
}
