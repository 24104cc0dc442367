package dev.merapi.query.expr.function;

import static dev.merapi.api.schema.ScalarType.BOOL;
import static dev.merapi.api.schema.ScalarType.I32;
import static dev.merapi.api.schema.ScalarType.TEXT;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.expr.value.Errors;
import dev.merapi.query.expr.value.Texts;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Text in, text or a number out. */
final class TextFunctions {
    private TextFunctions() {}

    static void register(Registrar to) {
        lengths(to);
        cases(to);
        trimming(to);
        slices(to);
        searching(to);
        changing(to);
        characters(to);
    }

    private static void lengths(Registrar to) {
        for (String name : new String[] {"length", "char_length", "character_length"}) {
            to.add(name, I32, TEXT, Texts::length);
        }
        to.add("octet_length", I32, TEXT, (String text) -> utf8Length(text));
        to.add("bit_length", I32, TEXT, (String text) -> 8 * utf8Length(text));
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void cases(Registrar to) {
        to.add("lower", TEXT, TEXT, Texts::lower);
        to.add("upper", TEXT, TEXT, Texts::upper);
        to.add("initcap", TEXT, TEXT, Texts::capitalized);
        to.add("casefold", TEXT, TEXT, (String text) -> Texts.lower(Texts.upper(text)));
    }

    private static void trimming(Registrar to) {
        to.add("btrim", TEXT, TEXT, (String text) -> trim(text, " ", true, true));
        to.add("btrim", TEXT, TEXT, TEXT, (String text, String set) -> trim(text, set, true, true));
        to.add("ltrim", TEXT, TEXT, (String text) -> trim(text, " ", true, false));
        to.add("ltrim", TEXT, TEXT, TEXT, (String text, String set) -> trim(text, set, true, false));
        to.add("rtrim", TEXT, TEXT, (String text) -> trim(text, " ", false, true));
        to.add("rtrim", TEXT, TEXT, TEXT, (String text, String set) -> trim(text, set, false, true));
    }

    static String trim(String text, String set, boolean left, boolean right) {
        int start = 0;
        int end = text.length();
        while (left && start < end && set.indexOf(text.codePointAt(start)) >= 0) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (right && end > start && set.indexOf(text.codePointBefore(end)) >= 0) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(start, end);
    }

    private static void slices(Registrar to) {
        to.add(
                "left",
                TEXT,
                TEXT,
                I32,
                (String text, Integer n) ->
                        n >= 0 ? Texts.slice(text, 0, n) : Texts.slice(text, 0, Texts.length(text) + (long) n));
        to.add("right", TEXT, TEXT, I32, (String text, Integer n) -> {
            long length = Texts.length(text);
            return Texts.slice(text, n >= 0 ? length - n : -(long) n, length);
        });
        for (String name : new String[] {"substr", "substring"}) {
            to.add(
                    name,
                    TEXT,
                    TEXT,
                    I32,
                    (String text, Integer start) -> Texts.slice(text, start - 1L, Long.MAX_VALUE));
            to.add(
                    name,
                    TEXT,
                    TEXT,
                    I32,
                    I32,
                    (String text, Integer start, Integer count) -> Texts.slice(text, start - 1L, end(start, count)));
        }
        to.add(
                "overlay",
                TEXT,
                TEXT,
                TEXT,
                I32,
                (String text, String with, Integer start) -> overlay(text, with, start, Texts.length(with)));
        to.add("overlay", TEXT, TEXT, TEXT, I32, I32, TextFunctions::overlay);
        to.add("split_part", TEXT, TEXT, TEXT, I32, TextFunctions::splitPart);
    }

    static long end(int start, int count) {
        if (count < 0) {
            throw new CodedException(ErrorCode.SUBSTRING_LENGTH, "negative substring length not allowed")
                    .with("length", count);
        }
        return start - 1L + count;
    }

    private static String overlay(String text, String with, Integer start, Integer count) {
        if (start <= 0) {
            throw new CodedException(ErrorCode.SUBSTRING_LENGTH, "negative substring length not allowed")
                    .with("start", start);
        }
        long cut = start - 1L;
        return Texts.slice(text, 0, cut) + with + Texts.slice(text, cut + count, Long.MAX_VALUE);
    }

    private static String splitPart(String text, String separator, Integer field) {
        if (field == 0) {
            throw Errors.argument("field position must not be zero");
        }
        List<String> parts = split(text, separator);
        int index = field > 0 ? field - 1 : parts.size() + field;
        return index < 0 || index >= parts.size() ? "" : parts.get(index);
    }

    /** The parts between separators; all of it is one part when the separator is empty. */
    static List<String> split(String text, String separator) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        if (!separator.isEmpty()) {
            for (int found = text.indexOf(separator); found >= 0; found = text.indexOf(separator, from)) {
                parts.add(text.substring(from, found));
                from = found + separator.length();
            }
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static void searching(Registrar to) {
        to.add("strpos", I32, TEXT, TEXT, TextFunctions::position);
        to.add("position", I32, TEXT, TEXT, TextFunctions::position);
        to.add("starts_with", BOOL, TEXT, TEXT, (String text, String start) -> text.startsWith(start));
        to.operator("^@", BOOL, TEXT, TEXT, (String text, String start) -> text.startsWith(start));
    }

    private static Integer position(String text, String wanted) {
        int found = text.indexOf(wanted);
        return found < 0 ? 0 : text.codePointCount(0, found) + 1;
    }

    private static void changing(Registrar to) {
        to.operator("||", TEXT, TEXT, TEXT, (String a, String b) -> a.concat(b));
        to.add("replace", TEXT, TEXT, TEXT, TEXT, TextFunctions::replace);
        to.add("translate", TEXT, TEXT, TEXT, TEXT, TextFunctions::translate);
        to.add(
                "reverse",
                TEXT,
                TEXT,
                (String text) -> new StringBuilder(text).reverse().toString());
        to.add("repeat", TEXT, TEXT, I32, TextFunctions::repeat);
        to.add("lpad", TEXT, TEXT, I32, (String text, Integer length) -> pad(text, length, " ", true));
        to.add(
                "lpad",
                TEXT,
                TEXT,
                I32,
                TEXT,
                (String text, Integer length, String fill) -> pad(text, length, fill, true));
        to.add("rpad", TEXT, TEXT, I32, (String text, Integer length) -> pad(text, length, " ", false));
        to.add(
                "rpad",
                TEXT,
                TEXT,
                I32,
                TEXT,
                (String text, Integer length, String fill) -> pad(text, length, fill, false));
        to.add("normalize", TEXT, TEXT, (String text) -> Normalizer.normalize(text, Normalizer.Form.NFC));
        to.add("normalize", TEXT, TEXT, TEXT, TextFunctions::normalize);
    }

    private static String replace(String text, String from, String to) {
        if (from.isEmpty() || text.isEmpty()) {
            return text;
        }
        long growth = Math.max(0, to.length() - from.length()) * (long) (text.length() / from.length());
        Texts.checkLength(text.length() + growth);
        return text.replace(from, to);
    }

    /** Each character of {@code from} becomes the one at its place in {@code to}, or vanishes if there is none. */
    private static String translate(String text, String from, String to) {
        int[] targets = to.codePoints().toArray();
        int[] sources = from.codePoints().toArray();
        Map<Integer, Integer> places = new HashMap<>();
        for (int i = 0; i < sources.length; i++) {
            places.putIfAbsent(sources[i], i);
        }
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            Integer place = places.get(c);
            if (place == null) {
                out.appendCodePoint(c);
            } else if (place < targets.length) {
                out.appendCodePoint(targets[place]);
            }
        });
        return out.toString();
    }

    private static String repeat(String text, Integer count) {
        int times = Math.max(0, count);
        Texts.checkLength((long) text.length() * times);
        return text.repeat(times);
    }

    private static String pad(String text, int length, String fill, boolean left) {
        Texts.checkLength(length);
        int have = Texts.length(text);
        if (have >= length || fill.isEmpty()) {
            return Texts.slice(text, 0, length);
        }
        int missing = length - have;
        int[] pattern = fill.codePoints().toArray();
        StringBuilder padding = new StringBuilder(missing);
        for (int i = 0; i < missing; i++) {
            padding.appendCodePoint(pattern[i % pattern.length]);
        }
        return left ? padding.append(text).toString() : text + padding;
    }

    private static String normalize(String text, String form) {
        return switch (Texts.upper(form)) {
            case "NFC" -> Normalizer.normalize(text, Normalizer.Form.NFC);
            case "NFD" -> Normalizer.normalize(text, Normalizer.Form.NFD);
            case "NFKC" -> Normalizer.normalize(text, Normalizer.Form.NFKC);
            case "NFKD" -> Normalizer.normalize(text, Normalizer.Form.NFKD);
            default -> throw Errors.argument("invalid normalization form").with("form", form);
        };
    }

    private static void characters(Registrar to) {
        to.add("ascii", I32, TEXT, (String text) -> text.isEmpty() ? 0 : text.codePointAt(0));
        to.add("chr", TEXT, I32, TextFunctions::character);
        to.add("unistr", TEXT, TEXT, TextFunctions::unescapeUnicode);
    }

    private static String character(Integer code) {
        if (code == 0) {
            throw new CodedException(ErrorCode.STATEMENT_LIMIT, "null character not permitted");
        }
        if (code < 0 || !Character.isValidCodePoint(code) || (code >= 0xD800 && code <= 0xDFFF)) {
            throw new CodedException(ErrorCode.STATEMENT_LIMIT, "requested character not valid for UTF-8")
                    .with("code", code);
        }
        return Character.toString(code);
    }

    /** Replaces {@code \XXXX}, {@code \+XXXXXX}, {@code \\uXXXX} and {@code \\UXXXXXXXX}. */
    private static String unescapeUnicode(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            char c = text.charAt(i);
            if (c != '\\') {
                out.append(c);
                i++;
            } else if (text.startsWith("\\", i + 1)) {
                out.append('\\');
                i += 2;
            } else {
                char kind = i + 1 < text.length() ? text.charAt(i + 1) : 0;
                int skip = kind == '+' || kind == 'u' || kind == 'U' ? 2 : 1;
                int digits = kind == '+' ? 6 : kind == 'U' ? 8 : 4;
                out.append(unicode(text, i + skip, digits));
                i += skip + digits;
            }
        }
        return out.toString();
    }

    private static String unicode(String text, int from, int digits) {
        int to = from + digits;
        boolean valid =
                to <= text.length() && text.substring(from, to).chars().allMatch(c -> Character.digit(c, 16) >= 0);
        int code = valid ? Integer.parseUnsignedInt(text, from, to, 16) : -1;
        if (!Character.isValidCodePoint(code) || code == 0) {
            throw new CodedException(ErrorCode.SYNTAX_ERROR, "invalid Unicode escape")
                    .hint("Unicode escapes are \\XXXX, \\+XXXXXX, \\uXXXX and \\UXXXXXXXX");
        }
        return code < 0x10000 ? String.valueOf((char) code) : Character.toString(code);
    }
}
