package dev.merapi.api.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who may see and write which rows of a table. Immutable. Policies are there whether or not they are in force.
 *
 * @param enabled whether policies are in force for callers without privilege; without any policy they see nothing
 * @param forced whether they are in force for owners too
 * @param revision how often any of it has been changed: 0 for a table of which nothing was ever said
 */
public record RowSecurity(boolean enabled, boolean forced, List<PolicyDefinition> policies, int revision) {
    /** Every row is everybody's. */
    public static final RowSecurity NONE = new RowSecurity(false, false, List.of(), 0);

    public RowSecurity {
        policies = List.copyOf(policies);
    }

    /** The policy with this exact name. */
    public Optional<PolicyDefinition> policy(String name) {
        return policies.stream().filter(policy -> policy.name().equals(name)).findFirst();
    }

    public RowSecurity withEnabled(boolean nowEnabled) {
        return new RowSecurity(nowEnabled, forced, policies, revision + 1);
    }

    public RowSecurity withForced(boolean nowForced) {
        return new RowSecurity(enabled, nowForced, policies, revision + 1);
    }

    public RowSecurity withPolicies(List<PolicyDefinition> newPolicies) {
        return new RowSecurity(enabled, forced, newPolicies, revision + 1);
    }

    /** With one policy more. */
    public RowSecurity with(PolicyDefinition policy) {
        List<PolicyDefinition> more = new ArrayList<>(policies);
        more.add(policy);
        return withPolicies(more);
    }

    /** Without the policy of this name. */
    public RowSecurity without(String name) {
        return withPolicies(
                policies.stream().filter(policy -> !policy.name().equals(name)).toList());
    }

    /** With another policy in the place of the one of this name. */
    public RowSecurity replacing(String name, PolicyDefinition policy) {
        return withPolicies(policies.stream()
                .map(old -> old.name().equals(name) ? policy : old)
                .toList());
    }
}
