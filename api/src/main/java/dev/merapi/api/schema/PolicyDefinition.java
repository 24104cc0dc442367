package dev.merapi.api.schema;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says which rows of a table some callers may see or write. Immutable. Its conditions are kept as text, as checks and
 * defaults are.
 *
 * @param name unlike that of any other policy of the table
 * @param permissive whether one such policy is enough for a row; otherwise none may refuse it
 * @param roles whom it concerns; empty: everybody
 * @param searchSchema where its conditions look up tables named without a schema
 * @param usingSql what rows that exist must satisfy; null: nothing was said
 * @param checkSql what new rows must satisfy; null: the same as rows that exist
 */
public record PolicyDefinition(
        String name,
        Command command,
        boolean permissive,
        List<String> roles,
        String searchSchema,
        @Nullable String usingSql,
        @Nullable String checkSql) {
    /** The statements a policy concerns. The order is stored. */
    public enum Command {
        ALL,
        SELECT,
        INSERT,
        UPDATE,
        DELETE
    }

    public PolicyDefinition {
        roles = List.copyOf(roles);
    }

    /** Whether it concerns what is done to the rows; {@code wanted} is not ALL. */
    public boolean concerns(Command wanted) {
        return command == Command.ALL || command == wanted;
    }

    /** Whether it concerns callers of a role. */
    public boolean concerns(String role) {
        return roles.isEmpty() || roles.contains(role);
    }

    /** What new rows must satisfy: {@link #checkSql}, or else {@link #usingSql}. */
    public Optional<String> effectiveCheckSql() {
        return Optional.ofNullable(checkSql == null ? usingSql : checkSql);
    }

    /** The policy with other conditions. */
    public PolicyDefinition withConditions(@Nullable String newUsing, @Nullable String newCheck) {
        return new PolicyDefinition(name, command, permissive, roles, searchSchema, newUsing, newCheck);
    }
}
