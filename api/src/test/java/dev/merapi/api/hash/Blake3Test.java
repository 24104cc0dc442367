package dev.merapi.api.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The test vectors published with BLAKE3: inputs of the bytes 0, 1, … 250, 0, 1, … */
class Blake3Test {
    @ParameterizedTest
    @CsvSource({
        "0, af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262",
        "1, 2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213",
        "2, 7b7015bb92cf0b318037702a6cdd81dee41224f734684c2c122cd6359cb1ee63",
        "7, 3f8770f387faad08faa9d8414e9f449ac68e6ff0417f673f602a646a891419fe",
        "63, e9bc37a594daad83be9470df7f7b3798297c3d834ce80ba85d6e207627b7db7b",
        "64, 4eed7141ea4a5cd4b788606bd23f46e212af9cacebacdc7d1f4c6dc7f2511b98",
        "65, de1e5fa0be70df6d2be8fffd0e99ceaa8eb6e8c93a63f2d8d1c30ecb6b263dee",
        "127, d81293fda863f008c09e92fc382a81f5a0b4a1251cba1634016a0f86a6bd640d",
        "128, f17e570564b26578c33bb7f44643f539624b05df1a76c81f30acd548c44b45ef",
        "129, 683aaae9f3c5ba37eaaf072aed0f9e30bac0865137bae68b1fde4ca2aebdcb12",
        "1023, 10108970eeda3eb932baac1428c7a2163b0e924c9a9e25b35bba72b28f70bd11",
        "1024, 42214739f095a406f3fc83deb889744ac00df831c10daa55189b5d121c855af7"
    })
    void published_inputs_have_the_published_hash(int length, String hash) {
        byte[] input = new byte[length];
        for (int i = 0; i < length; i++) {
            input[i] = (byte) (i % 251);
        }

        assertThat(HexFormat.of().formatHex(Blake3.hash(input, 32))).isEqualTo(hash);
        assertThat(HexFormat.of().formatHex(Blake3.hash(input, 4))).isEqualTo(hash.substring(0, 8));
    }

    @Test
    void more_than_one_chunk_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Blake3.hash(new byte[1025], 32));
    }
}
