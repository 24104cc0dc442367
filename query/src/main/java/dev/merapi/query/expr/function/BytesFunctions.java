package dev.merapi.query.expr.function;

import static dev.merapi.api.schema.ScalarType.BYTES;
import static dev.merapi.api.schema.ScalarType.I32;
import static dev.merapi.api.schema.ScalarType.I64;
import static dev.merapi.api.schema.ScalarType.TEXT;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.expr.value.Errors;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** Functions of bytes, digests, and bytes written as text. */
final class BytesFunctions {
    private static final HexFormat HEX = HexFormat.of();
    /** Base64 lines are as long as MIME's, and end with a bare newline. */
    private static final Base64.Encoder MIME = Base64.getMimeEncoder(76, new byte[] {'\n'});

    private BytesFunctions() {}

    static void register(Registrar to) {
        to.operator("||", BYTES, BYTES, BYTES, BytesFunctions::concat);
        to.add("length", I32, BYTES, (byte[] bytes) -> bytes.length);
        to.add("octet_length", I32, BYTES, (byte[] bytes) -> bytes.length);
        to.add("bit_length", I32, BYTES, (byte[] bytes) -> bytes.length * 8);
        to.add("reverse", BYTES, BYTES, BytesFunctions::reverse);
        for (String name : new String[] {"substr", "substring"}) {
            to.add(name, BYTES, BYTES, I32, (byte[] bytes, Integer start) -> slice(bytes, start - 1L, bytes.length));
            to.add(
                    name,
                    BYTES,
                    BYTES,
                    I32,
                    I32,
                    (byte[] bytes, Integer start, Integer count) ->
                            slice(bytes, start - 1L, TextFunctions.end(start, count)));
        }
        to.add("position", I32, BYTES, BYTES, BytesFunctions::position);
        to.add("btrim", BYTES, BYTES, BYTES, BytesFunctions::trim);
        to.add("get_byte", I32, BYTES, I32, (byte[] bytes, Integer at) -> bytes[index(bytes.length, at)] & 0xff);
        to.add("set_byte", BYTES, BYTES, I32, I32, BytesFunctions::setByte);
        to.add("get_bit", I32, BYTES, I64, (byte[] bytes, Long at) -> {
            int bit = index(bytes.length * 8L, at);
            return bytes[bit / 8] >> bit % 8 & 1;
        });
        digests(to);
        encodings(to);
    }

    private static byte[] concat(byte[] left, byte[] right) {
        byte[] all = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, all, left.length, right.length);
        return all;
    }

    private static byte[] reverse(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    private static byte[] slice(byte[] bytes, long start, long end) {
        int from = (int) Math.min(bytes.length, Math.max(0, start));
        int to = (int) Math.max(from, Math.min(bytes.length, end));
        return Arrays.copyOfRange(bytes, from, to);
    }

    private static Integer position(byte[] bytes, byte[] wanted) {
        for (int i = 0; i + wanted.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i + 1;
            }
        }
        return 0;
    }

    private static byte[] trim(byte[] bytes, byte[] set) {
        int start = 0;
        int end = bytes.length;
        while (start < end && contains(set, bytes[start])) {
            start++;
        }
        while (end > start && contains(set, bytes[end - 1])) {
            end--;
        }
        return Arrays.copyOfRange(bytes, start, end);
    }

    private static boolean contains(byte[] set, byte wanted) {
        for (byte b : set) {
            if (b == wanted) {
                return true;
            }
        }
        return false;
    }

    private static int index(long length, long at) {
        if (at < 0 || at >= length) {
            throw new CodedException(ErrorCode.ARRAY_SUBSCRIPT, "index out of valid range")
                    .with("index", at)
                    .with("length", length);
        }
        return (int) at;
    }

    private static byte[] setByte(byte[] bytes, Integer at, Integer value) {
        byte[] changed = bytes.clone();
        changed[index(bytes.length, at)] = value.byteValue();
        return changed;
    }

    private static void digests(Registrar to) {
        to.add("md5", TEXT, TEXT, (String text) -> HEX.formatHex(digest("MD5", text.getBytes(StandardCharsets.UTF_8))));
        to.add("md5", TEXT, BYTES, (byte[] bytes) -> HEX.formatHex(digest("MD5", bytes)));
        to.add("sha224", BYTES, BYTES, (byte[] bytes) -> digest("SHA-224", bytes));
        to.add("sha256", BYTES, BYTES, (byte[] bytes) -> digest("SHA-256", bytes));
        to.add("sha384", BYTES, BYTES, (byte[] bytes) -> digest("SHA-384", bytes));
        to.add("sha512", BYTES, BYTES, (byte[] bytes) -> digest("SHA-512", bytes));
        to.add("crc32", I64, BYTES, (byte[] bytes) -> {
            CRC32 crc = new CRC32();
            crc.update(bytes);
            return crc.getValue();
        });
        to.add("crc32c", I64, BYTES, (byte[] bytes) -> {
            CRC32C crc = new CRC32C();
            crc.update(bytes);
            return crc.getValue();
        });
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new CodedException(ErrorCode.UNSUPPORTED_SQL, "this JVM has no such digest")
                    .with("algorithm", algorithm)
                    .causedBy(e);
        }
    }

    private static void encodings(Registrar to) {
        to.add("encode", TEXT, BYTES, TEXT, BytesFunctions::encode);
        to.add("decode", BYTES, TEXT, TEXT, BytesFunctions::decode);
        to.add("convert_to", BYTES, TEXT, TEXT, (String text, String encoding) -> {
            requireUtf8(encoding);
            return text.getBytes(StandardCharsets.UTF_8);
        });
        to.add("convert_from", TEXT, BYTES, TEXT, (byte[] bytes, String encoding) -> {
            requireUtf8(encoding);
            return utf8(bytes);
        });
    }

    private static void requireUtf8(String encoding) {
        String name = encoding.replaceAll("[-_]", "");
        if (!name.equalsIgnoreCase("utf8") && !name.equalsIgnoreCase("unicode")) {
            throw new CodedException(ErrorCode.UNSUPPORTED_SQL, "the only encoding is UTF8").with("encoding", encoding);
        }
    }

    private static String utf8(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.indexOf('\0') >= 0) {
                throw new CodedException(ErrorCode.INVALID_CHARACTER, "invalid byte sequence for encoding UTF8")
                        .hint("text cannot hold the character with code 0");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new CodedException(ErrorCode.INVALID_CHARACTER, "invalid byte sequence for encoding UTF8")
                    .causedBy(e);
        }
    }

    private static String encode(byte[] bytes, String format) {
        return switch (format.toLowerCase(java.util.Locale.ROOT)) {
            case "hex" -> HEX.formatHex(bytes);
            case "base64" -> MIME.encodeToString(bytes);
            case "escape" -> escape(bytes);
            default -> throw unknownEncoding(format);
        };
    }

    private static CodedException unknownEncoding(String format) {
        return Errors.argument("unrecognized encoding")
                .with("encoding", format)
                .hint("the encodings are hex, base64 and escape");
    }

    private static String escape(byte[] bytes) {
        StringBuilder out = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            if (b == '\\') {
                out.append("\\\\");
            } else if (b == 0 || b < 0) {
                out.append('\\').append(String.format("%03o", b & 0xff));
            } else {
                out.append((char) b);
            }
        }
        return out.toString();
    }

    private static byte[] decode(String text, String format) {
        try {
            return switch (format.toLowerCase(java.util.Locale.ROOT)) {
                case "hex" -> HEX.parseHex(text.replaceAll("\\s", ""));
                case "base64" -> Base64.getDecoder().decode(text.replaceAll("\\s", ""));
                case "escape" -> unescape(text);
                default -> throw unknownEncoding(format);
            };
        } catch (IllegalArgumentException e) {
            throw Errors.argument("text is not in this encoding")
                    .with("encoding", format)
                    .with("value", Errors.abridged(text))
                    .causedBy(e);
        }
    }

    private static byte[] unescape(String text) {
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
        for (int i = 0; i < in.length; i++) {
            if (in[i] != '\\') {
                out.write(in[i]);
            } else if (i + 1 < in.length && in[i + 1] == '\\') {
                out.write('\\');
                i++;
            } else if (i + 3 < in.length
                    && new String(in, i + 1, 3, StandardCharsets.US_ASCII).matches("[0-3][0-7]{2}")) {
                out.write(Integer.parseInt(new String(in, i + 1, 3, StandardCharsets.US_ASCII), 8));
                i += 3;
            } else {
                throw new IllegalArgumentException("a backslash without its octal digits");
            }
        }
        return out.toByteArray();
    }
}
