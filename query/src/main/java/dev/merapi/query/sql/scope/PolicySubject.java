package dev.merapi.query.sql.scope;

import dev.merapi.api.schema.RowSecurity;

/**
 * For whom a statement is bound, as far as row policies go: statements bound for equal subjects mean the same. Who the
 * caller is, beyond the role, is looked up when the statement runs.
 *
 * @param role whose policies apply
 */
public record PolicySubject(String role, Privilege privilege) {
    /** Whose rows the policies of a table are about. */
    public enum Privilege {
        /** Policies apply. */
        NONE,
        /** Owns all tables: policies apply to tables that force them. */
        OWNER,
        /** Policies never apply: PostgreSQL's BYPASSRLS. */
        BYPASS
    }

    /** The privileged role that no policy concerns, forced or not. */
    private static final String BYPASSING_ROLE = "service_role";

    /** Sees and writes every row. */
    public static final PolicySubject UNGUARDED = new PolicySubject("", Privilege.BYPASS);

    public static PolicySubject of(String role, boolean privileged) {
        if (!privileged) {
            return new PolicySubject(role, Privilege.NONE);
        }
        return new PolicySubject(role, role.equals(BYPASSING_ROLE) ? Privilege.BYPASS : Privilege.OWNER);
    }

    /** Whether the policies of a table apply. */
    public boolean isSubjectTo(RowSecurity security) {
        return switch (privilege) {
            case NONE -> security.enabled();
            case OWNER -> security.enabled() && security.forced();
            case BYPASS -> false;
        };
    }
}
