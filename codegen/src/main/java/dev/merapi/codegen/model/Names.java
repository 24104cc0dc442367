package dev.merapi.codegen.model;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/** Names as Java and SQL write them. */
public final class Names {
    /** PostgreSQL's limit, and ours. */
    public static final int MAX_SQL_NAME_LENGTH = 63;

    private static final Pattern SQL_NAME = Pattern.compile("[a-z_][a-z0-9_]*");
    private static final Pattern MODULE_NAME = Pattern.compile("[a-z][a-z0-9_-]{0,62}");

    /** Methods every object has without parameters: an accessor cannot be called so. */
    private static final Set<String> OF_OBJECT =
            Set.of("clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");

    private Names() {}

    /** {@code ChatMessage}, {@code chatMessage} and {@code CHAT_MESSAGE} as {@code chat_message}. */
    public static String toSql(String javaName) {
        if (javaName.equals(javaName.toUpperCase(Locale.ROOT))) {
            return javaName.toLowerCase(Locale.ROOT);
        }
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < javaName.length(); i++) {
            char c = javaName.charAt(i);
            if (beginsWord(javaName, i) && !sql.isEmpty() && sql.charAt(sql.length() - 1) != '_') {
                sql.append('_');
            }
            sql.append(Character.toLowerCase(c));
        }
        return sql.toString();
    }

    /** A capital begins a word unless it goes on with one: {@code httpURLPath} is {@code http_url_path}. */
    private static boolean beginsWord(String name, int at) {
        if (!Character.isUpperCase(name.charAt(at))) {
            return false;
        }
        boolean afterCapital = at > 0 && Character.isUpperCase(name.charAt(at - 1));
        boolean beforeSmall = at + 1 < name.length() && Character.isLowerCase(name.charAt(at + 1));
        return !afterCapital || beforeSmall;
    }

    /** {@code chat_message} as {@code chatMessage}; with an underscore behind it where Java needs the word itself. */
    public static String toMethod(String sqlName) {
        StringBuilder method = new StringBuilder();
        boolean capital = false;
        for (int i = 0; i < sqlName.length(); i++) {
            char c = sqlName.charAt(i);
            if (c == '_') {
                capital = !method.isEmpty();
            } else {
                method.append(capital ? Character.toUpperCase(c) : c);
                capital = false;
            }
        }
        if (method.isEmpty() || Character.isDigit(method.charAt(0))) {
            method.insert(0, '_');
        }
        String name = method.toString();
        return SourceVersion.isKeyword(name) || OF_OBJECT.contains(name) ? name + "_" : name;
    }

    /** {@code chat_message} as {@code ChatMessage}. */
    public static String toClass(String sqlName) {
        String method = toMethod(sqlName);
        String name = method.endsWith("_") ? method.substring(0, method.length() - 1) : method;
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    /** Whether SQL takes it without quotes (but for reserved words). */
    public static boolean isSqlName(String name) {
        return name.length() <= MAX_SQL_NAME_LENGTH && SQL_NAME.matcher(name).matches();
    }

    /** Whether a database can be called so. */
    public static boolean isModuleName(String name) {
        return MODULE_NAME.matcher(name).matches();
    }
}
