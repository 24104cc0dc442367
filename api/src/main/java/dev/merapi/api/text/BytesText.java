package dev.merapi.api.text;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ScalarType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;

/** Bytes and UUIDs as text. */
public final class BytesText {
    private static final HexFormat HEX = HexFormat.of();
    private static final Pattern UUID_DIGITS = Pattern.compile("[0-9a-fA-F]{4}(?:-?[0-9a-fA-F]{4}){7}");

    private BytesText() {}

    public static String format(byte[] bytes) {
        return "\\x" + HEX.formatHex(bytes);
    }

    /** Reads {@code \x…} or the older form where {@code \\} is a backslash and {@code \ooo} a byte in octal. */
    public static byte[] parse(String text) {
        if (text.startsWith("\\x") || text.startsWith("\\X")) {
            try {
                return HEX.parseHex(text.substring(2).replaceAll("\\s", ""));
            } catch (IllegalArgumentException e) {
                throw new CodedException(ErrorCode.INVALID_ARGUMENT, "invalid hexadecimal digits")
                        .with("value", InvalidText.abridged(text))
                        .hint("write two digits per byte: '\\xff00'")
                        .causedBy(e);
            }
        }
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
        for (int i = 0; i < in.length; i++) {
            if (in[i] != '\\') {
                out.write(in[i]);
            } else if (i + 1 < in.length && in[i + 1] == '\\') {
                out.write('\\');
                i++;
            } else if (i + 3 < in.length && isOctal(in, i + 1)) {
                out.write((in[i + 1] - '0') << 6 | (in[i + 2] - '0') << 3 | (in[i + 3] - '0'));
                i += 3;
            } else {
                throw InvalidText.of(ScalarType.BYTES, text);
            }
        }
        return out.toByteArray();
    }

    private static boolean isOctal(byte[] in, int at) {
        return in[at] >= '0'
                && in[at] <= '3'
                && in[at + 1] >= '0'
                && in[at + 1] <= '7'
                && in[at + 2] >= '0'
                && in[at + 2] <= '7';
    }

    /** The hexadecimal digits of a text, of which there have to be {@code count}; {@code 0x} in front is left out. */
    public static String digits(String type, String text, int count) {
        String trimmed = text.strip();
        int start = trimmed.startsWith("0x") || trimmed.startsWith("0X") ? 2 : 0;
        boolean valid =
                trimmed.length() - start == count && trimmed.chars().skip(start).allMatch(HexFormat::isHexDigit);
        if (!valid) {
            throw new CodedException(ErrorCode.INVALID_VALUE, "invalid input syntax")
                    .with("type", type)
                    .with("value", '"' + InvalidText.abridged(text) + '"')
                    .hint("write " + count + " hexadecimal digits");
        }
        return trimmed.substring(start);
    }

    public static UUID parseUuid(String text) {
        String trimmed = text.strip();
        if (trimmed.startsWith("{") && trimmed.endsWith("}")) {
            trimmed = trimmed.substring(1, trimmed.length() - 1);
        }
        if (!UUID_DIGITS.matcher(trimmed).matches()) {
            throw InvalidText.of(ScalarType.UUID, text);
        }
        String digits = trimmed.replace("-", "");
        return new UUID(HexFormat.fromHexDigitsToLong(digits, 0, 16), HexFormat.fromHexDigitsToLong(digits, 16, 32));
    }
}
