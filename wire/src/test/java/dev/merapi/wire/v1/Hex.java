package dev.merapi.wire.v1;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bytes written by hand: two-digit groups, one space between them, then two spaces or more and a comment. */
final class Hex {
    private static final Pattern LINE = Pattern.compile("((?:[0-9a-f]{2} )*[0-9a-f]{2})(?:\\s{2,}.*)?");

    private Hex() {}

    static byte[] bytes(String commented) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        commented.lines().filter(line -> !line.isBlank()).forEach(line -> {
            Matcher matcher = LINE.matcher(line.strip());
            if (!matcher.matches()) {
                throw new IllegalArgumentException("not a line of hexadecimal bytes: " + line);
            }
            bytes.writeBytes(HexFormat.ofDelimiter(" ").parseHex(matcher.group(1)));
        });
        return bytes.toByteArray();
    }

    static String of(byte[] bytes) {
        return HexFormat.ofDelimiter(" ").formatHex(bytes);
    }
}
