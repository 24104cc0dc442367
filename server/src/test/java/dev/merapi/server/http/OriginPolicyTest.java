package dev.merapi.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OriginPolicyTest {
    private final OriginPolicy policy = new OriginPolicy(List.of("https://App.example"), "db.example");

    @Test
    void programs_send_no_origin_and_are_allowed() {
        assertThat(policy.allows(null, "anything")).isTrue();
    }

    @Test
    void configured_origins_are_allowed() {
        assertThat(policy.allows("https://app.example", "127.0.0.1:3000")).isTrue();
        assertThat(policy.allows("http://app.example", "127.0.0.1:3000")).isFalse();
        assertThat(policy.allows("https://app.example.evil.example", "127.0.0.1:3000"))
                .isFalse();
    }

    @Test
    void pages_of_this_server_are_allowed() {
        assertThat(policy.allows("http://127.0.0.1:3000", "127.0.0.1:3000")).isTrue();
        assertThat(policy.allows("http://localhost:3000", "localhost:3000")).isTrue();
        assertThat(policy.allows("http://[::1]:3000", "[::1]:3000")).isTrue();
        assertThat(policy.allows("https://db.example", "db.example")).isTrue();
    }

    @Test
    void a_foreign_name_that_points_here_is_not_this_server() {
        assertThat(policy.allows("http://evil.example:3000", "evil.example:3000"))
                .isFalse();
    }

    @Test
    void other_ports_and_nonsense_are_refused() {
        assertThat(policy.allows("http://127.0.0.1:8080", "127.0.0.1:3000")).isFalse();
        assertThat(policy.allows("null", "127.0.0.1:3000")).isFalse();
        assertThat(policy.allows("not an origin", "127.0.0.1:3000")).isFalse();
        assertThat(policy.allows("http://127.0.0.1:3000", null)).isFalse();
    }

    @Test
    void a_star_allows_all() {
        assertThat(new OriginPolicy(List.of("*"), "x").allows("https://evil.example", null))
                .isTrue();
    }
}
