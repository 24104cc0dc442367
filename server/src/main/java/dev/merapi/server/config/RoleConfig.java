package dev.merapi.server.config;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What callers may do follows from their role, which the claim {@code role} of their token names. Those whose token
 * does not say have the role {@value #AUTHENTICATED}; those without a token have one of the roles here.
 *
 * @param privileged roles that may change the schema, see all rows whatever the policies say, and become other roles
 * @param loopback role of anonymous callers on this machine. Null: {@value #OWNER} as long as nothing is configured
 *     about who may come ({@link AuthConfig#isConfigured}), else the same as from elsewhere
 * @param anonymous role of anonymous callers from elsewhere
 */
public record RoleConfig(Set<String> privileged, @Nullable String loopback, String anonymous) {
    /** Whoever a database belongs to. */
    public static final String OWNER = "owner";

    /** A program that acts for everybody, such as the back end of an application. */
    public static final String SERVICE = "service_role";

    /** Somebody with a token that names no role. */
    public static final String AUTHENTICATED = "authenticated";

    /** Somebody without a token. */
    public static final String ANON = "anon";

    /** {@value #OWNER} and {@value #SERVICE} are privileged; anonymous callers are {@value #ANON} but at home. */
    public static final RoleConfig DEFAULT = new RoleConfig(Set.of(OWNER, SERVICE), null, ANON);

    public RoleConfig {
        privileged = Set.copyOf(privileged);
        privileged.forEach(RoleConfig::requireName);
        requireName(anonymous);
        if (loopback != null) {
            requireName(loopback);
        }
    }

    public RoleConfig withPrivileged(String... newPrivileged) {
        return new RoleConfig(Set.of(newPrivileged), loopback, anonymous);
    }

    public RoleConfig withLoopback(String newLoopback) {
        return new RoleConfig(privileged, newLoopback, anonymous);
    }

    public RoleConfig withAnonymous(String newAnonymous) {
        return new RoleConfig(privileged, loopback, newAnonymous);
    }

    private static void requireName(String role) {
        if (role.isBlank()) {
            throw new CodedException(ErrorCode.INVALID_CONFIGURATION, "a role has no name")
                    .hint("name the roles under auth, such as " + ANON);
        }
    }
}
