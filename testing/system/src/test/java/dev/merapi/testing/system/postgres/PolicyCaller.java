package dev.merapi.testing.system.postgres;

/**
 * Somebody without privilege who asks.
 *
 * @param user empty for nobody in particular
 * @param role one of {@link #ROLES}
 * @param team what the claim {@code team} says
 */
record PolicyCaller(String user, String role, int team) {
    static final String[] ROLES = {"editor", "viewer", "anon"};

    String claims() {
        return "{\"sub\": \"%s\", \"role\": \"%s\", \"team\": \"%d\"}".formatted(user, role, team);
    }
}
