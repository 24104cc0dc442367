package dev.merapi.query.sql.bind;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.PolicyDefinition;
import dev.merapi.api.schema.PolicyDefinition.Command;
import dev.merapi.api.schema.RowSecurity;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.sql.BoundDdl;
import dev.merapi.query.sql.ast.Name;
import dev.merapi.query.sql.ast.Statement;
import dev.merapi.query.sql.scope.BindContext;
import dev.merapi.query.sql.scope.BindErrors;
import dev.merapi.query.sql.select.QueryBinder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CREATE, ALTER and DROP POLICY: each comes down to other row security for one table. */
final class PolicyBinder {
    private final ObjectNames names;
    private final String schema;
    private final String role;

    /**
     * @param schema where the conditions look up names without one
     * @param role of whoever makes the statement
     */
    PolicyBinder(ObjectNames names, String schema, String role) {
        this.names = names;
        this.schema = schema;
        this.role = role;
    }

    BoundDdl create(Statement.CreatePolicy create) {
        TableSchema table = names.get(create.table());
        String name =
                ObjectNames.requireValid(create.name().last(), create.name().position());
        requireFree(table, create.name(), name);
        PolicyDefinition policy = new PolicyDefinition(
                name,
                create.command(),
                create.permissive(),
                roles(create.roles()),
                schema,
                sql(create.using()),
                sql(create.check()));
        requireBindable(table, policy);
        return new BoundDdl.SecureTable(
                "CREATE POLICY", table, table.rowSecurity().with(policy));
    }

    BoundDdl alter(Statement.AlterPolicy alter) {
        TableSchema table = names.get(alter.table());
        PolicyDefinition old = get(table, alter.name());
        requireFits(old, alter);
        PolicyDefinition policy = new PolicyDefinition(
                old.name(),
                old.command(),
                old.permissive(),
                alter.roles() == null ? old.roles() : roles(alter.roles()),
                alter.using() == null && alter.check() == null ? old.searchSchema() : schema,
                alter.using() == null ? old.usingSql() : sql(alter.using()),
                alter.check() == null ? old.checkSql() : sql(alter.check()));
        requireBindable(table, policy);
        return new BoundDdl.SecureTable(
                "ALTER POLICY", table, table.rowSecurity().replacing(old.name(), policy));
    }

    private static void requireFits(PolicyDefinition policy, Statement.AlterPolicy alter) {
        boolean makesNothing = policy.command() == Command.SELECT || policy.command() == Command.DELETE;
        if (alter.check() != null && makesNothing) {
            throw BindErrors.at(alter.name(), ErrorCode.SYNTAX_ERROR, "policy is for a command without new rows")
                    .with("policy", policy.name())
                    .with("command", policy.command())
                    .hint("only USING can be set");
        }
        if (alter.using() != null && policy.command() == Command.INSERT) {
            throw BindErrors.at(alter.name(), ErrorCode.SYNTAX_ERROR, "policy is for INSERT, which finds no rows")
                    .with("policy", policy.name())
                    .hint("only WITH CHECK can be set");
        }
    }

    BoundDdl rename(Statement.RenamePolicy rename) {
        TableSchema table = names.get(rename.table());
        PolicyDefinition old = get(table, rename.name());
        String name = ObjectNames.requireValid(rename.newName(), rename.name().position());
        requireFree(table, rename.name(), name);
        PolicyDefinition policy = new PolicyDefinition(
                name, old.command(), old.permissive(), old.roles(), old.searchSchema(), old.usingSql(), old.checkSql());
        return new BoundDdl.SecureTable(
                "ALTER POLICY", table, table.rowSecurity().replacing(old.name(), policy));
    }

    BoundDdl drop(Statement.DropPolicy drop) {
        TableSchema found = names.find(drop.table());
        if (found == null && drop.ifExists()) {
            return new BoundDdl.NoOperation("DROP POLICY", "table does not exist, skipped: " + drop.table());
        }
        TableSchema table = names.get(drop.table());
        RowSecurity security = table.rowSecurity();
        if (drop.ifExists() && security.policy(drop.name().last()).isEmpty()) {
            return new BoundDdl.NoOperation("DROP POLICY", "policy does not exist, skipped: " + drop.name());
        }
        return new BoundDdl.SecureTable(
                "DROP POLICY", table, security.without(get(table, drop.name()).name()));
    }

    private static PolicyDefinition get(TableSchema table, Name name) {
        return table.rowSecurity()
                .policy(name.last())
                .orElseThrow(() -> BindErrors.at(name, ErrorCode.UNKNOWN_OBJECT, "policy does not exist")
                        .with("policy", name)
                        .with("table", table.name()));
    }

    private static void requireFree(TableSchema table, Name at, String name) {
        if (table.rowSecurity().policy(name).isPresent()) {
            throw BindErrors.at(at, ErrorCode.DUPLICATE_OBJECT, "policy exists already")
                    .with("policy", name)
                    .with("table", table.name());
        }
    }

    /** Nobody in particular is everybody. */
    private List<String> roles(Statement.PolicyRoles roles) {
        if (roles.everybody()) {
            return List.of();
        }
        List<String> named = new ArrayList<>(roles.names());
        if (roles.caller()) {
            named.add(role);
        }
        return named.stream().distinct().toList();
    }

    private static @Nullable String sql(Statement.@Nullable SourceExpr expression) {
        return expression == null ? null : expression.sql();
    }

    /** Whatever is wrong with the conditions is said now; only what others see is found out when they ask. */
    private void requireBindable(TableSchema table, PolicyDefinition policy) {
        BindContext context = new BindContext(names.catalog(), schema);
        try {
            QueryBinder.policies(context).require(table, policy);
        } catch (CodedException e) {
            throw e.with("policy", policy.name());
        }
        if (!context.parameters().isEmpty()) {
            throw new CodedException(ErrorCode.UNKNOWN_PARAMETER, "parameter in a policy")
                    .with("policy", policy.name())
                    .hint("write the value itself, or ask for the caller with auth.uid()");
        }
    }
}
