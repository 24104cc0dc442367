package dev.merapi.api.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {
    private static final String HEX = "c2003a649183275719a1176e2b7de9767e15116140665412d14aab473d731a35";

    @ParameterizedTest
    @CsvSource({
        "localhost, 11111111-2222-4333-8444-555555555555, " + HEX,
        "https://example.com, user-1, c200ec8b94d34fee5279b6fd8d84ddf66557627249e017aead43b73489c2f183"
    })
    void a_token_leads_to_the_identity_spacetimedb_gives_it(String issuer, String subject, String hex) {
        assertThat(Identity.of(issuer, subject).toHex()).isEqualTo(hex);
    }

    @Test
    void claims_that_make_no_identity_are_refused() {
        assertRefused(() -> Identity.of("", "ann"), ErrorCode.INVALID_VALUE);
        assertRefused(() -> Identity.of("merapi", ""), ErrorCode.INVALID_VALUE);
        assertRefused(() -> Identity.of("merapi", "a".repeat(1018)), ErrorCode.INVALID_VALUE);
        assertThat(Identity.of("merapi", "a".repeat(1017)).toHex()).startsWith("c200");
    }

    @Test
    void bytes_are_the_printed_digits_turned_round() {
        Identity identity = Identity.fromHex(HEX);

        assertThat(HexFormat.of().formatHex(identity.toBytes()))
                .isEqualTo("351a733d47ab4ad1125466406111157e76e97d2b6e17a11957278391643a00c2");
        assertThat(Identity.fromBytes(identity.toBytes())).isEqualTo(identity);
        assertThat(identity).hasToString(HEX);

        ConnectionId connection = ConnectionId.fromHex("0102030405060708090a0b0c0d0e0f10");
        assertThat(HexFormat.of().formatHex(connection.toBytes())).isEqualTo("100f0e0d0c0b0a090807060504030201");
        assertThat(ConnectionId.fromBytes(connection.toBytes())).isEqualTo(connection);
        assertThat(connection).hasToString("0102030405060708090a0b0c0d0e0f10");
    }

    @Test
    void digits_of_either_case_with_or_without_prefix_are_read() {
        assertThat(Identity.fromHex("0x" + HEX.toUpperCase(java.util.Locale.ROOT)))
                .isEqualTo(Identity.fromHex(HEX));
        assertThat(ConnectionId.fromHex(" 0X0102030405060708090A0B0C0D0E0F10 "))
                .isEqualTo(ConnectionId.fromHex("0102030405060708090a0b0c0d0e0f10"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0x", "c2", "g2003a649183275719a1176e2b7de976", "+1020304050607080900a0b0c0d0e0f10"})
    void other_texts_are_refused(String text) {
        assertRefused(() -> Identity.fromHex(text), ErrorCode.INVALID_VALUE);
        assertRefused(() -> ConnectionId.fromHex(text), ErrorCode.INVALID_VALUE);
    }

    @Test
    void another_number_of_bytes_is_refused() {
        for (int size : new int[] {0, 15, 17, 31, 33}) {
            assertRefused(() -> Identity.fromBytes(new byte[size]), ErrorCode.MALFORMED_BSATN);
            assertRefused(() -> ConnectionId.fromBytes(new byte[size]), ErrorCode.MALFORMED_BSATN);
        }
    }

    @Test
    void order_and_equality_are_those_of_the_numbers() {
        long seed = Long.getLong("property.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        List<Identity> identities = new ArrayList<>();
        List<ConnectionId> connections = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            byte[] bytes = new byte[32];
            random.nextBytes(bytes);
            // Long equal beginnings, so that every word gets to decide.
            java.util.Arrays.fill(bytes, random.nextInt(33), 32, (byte) 0x80);
            identities.add(Identity.fromBytes(bytes));
            connections.add(ConnectionId.fromBytes(java.util.Arrays.copyOf(bytes, 16)));
        }

        identities.sort(null);
        connections.sort(null);
        assertThat(identities).as("seed=%d", seed).isSortedAccordingTo(Comparator.comparing(i -> number(i.toHex())));
        assertThat(connections).as("seed=%d", seed).isSortedAccordingTo(Comparator.comparing(c -> number(c.toHex())));
        for (int i = 1; i < identities.size(); i++) {
            Identity one = identities.get(i - 1);
            Identity next = identities.get(i);
            assertThat(one.equals(next)).as("seed=%d", seed).isEqualTo(one.compareTo(next) == 0);
            assertThat(Identity.fromHex(one.toHex())).hasSameHashCodeAs(one).isEqualTo(one);
        }
    }

    @Test
    void a_drawn_connection_id_is_never_the_one_for_none() {
        long[] draws = {0, 0, 0, 7};
        int[] next = {0};
        RandomGenerator scripted = () -> draws[next[0]++];

        ConnectionId id = ConnectionId.random(scripted);

        assertThat(id.toHex()).isEqualTo("00000000000000000000000000000007");
        assertThat(id.isZero()).isFalse();
        assertThat(ConnectionId.ZERO.isZero()).isTrue();
    }

    private static BigInteger number(String hex) {
        return new BigInteger(hex, 16);
    }

    private static void assertRefused(Runnable action, ErrorCode code) {
        assertThatExceptionOfType(CodedException.class)
                .isThrownBy(action::run)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }
}
