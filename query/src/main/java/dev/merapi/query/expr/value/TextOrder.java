package dev.merapi.query.expr.value;

import java.util.Comparator;

/** Text in the order of its code points, which is that of its UTF-8 bytes and of the store's indexes. */
public final class TextOrder {
    public static final Comparator<String> COMPARATOR = TextOrder::compare;

    private TextOrder() {}

    /** {@code String.compareTo} puts the characters above U+FFFF in front of U+E000; this does not. */
    public static int compare(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                return Integer.compare(weight(a), weight(b));
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    private static int weight(char c) {
        return Character.isSurrogate(c) ? c + 0x10000 : c;
    }
}
