package dev.merapi.query.sql.token;

import java.util.Set;

/**
 * PostgreSQL's keywords in their four classes, which decide where a word without quotes is a name. Words in no class
 * here (or in its class "unreserved") are names everywhere.
 */
public final class Keywords {
    /** Never a name, except behind AS. */
    private static final Set<String> RESERVED = words("""
        all analyse analyze and any array as asc asymmetric both case cast check collate column constraint
        create current_catalog current_date current_role current_time current_timestamp current_user default
        deferrable desc distinct do else end except false fetch for foreign from grant group having in
        initially intersect into lateral leading limit localtime localtimestamp not null offset on only or
        order placing primary references returning select session_user some symmetric table then to trailing
        true union unique user using variadic when where window with
        """);

    /** Names of columns and tables, but not of functions or types without special syntax. */
    private static final Set<String> COLUMN_ONLY = words("""
        between bigint bit boolean char character coalesce dec decimal exists extract float greatest
        grouping inout int integer interval least national nchar none normalize nullif numeric out overlay
        position precision real row setof smallint substring time timestamp treat trim values varchar
        xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot
        xmlserialize xmltable
        """);

    /** Names of functions and types, but not of columns or tables. */
    private static final Set<String> FUNCTION_ONLY = words("""
        authorization binary collation concurrently cross current_schema freeze full ilike inner is isnull
        join left like natural notnull outer overlaps right similar tablesample verbose
        """);

    /** Never an output name without AS. */
    private static final Set<String> NO_BARE_LABEL = words("""
        array as char character create day except fetch filter for from grant group having hour intersect
        into isnull limit minute month notnull offset on order over overlaps precision returning second to
        union varying where window with within without year
        """);

    private Keywords() {}

    /** Whether a word can name a column or a table. */
    public static boolean isColumnName(String word) {
        return !RESERVED.contains(word) && !FUNCTION_ONLY.contains(word);
    }

    /** Whether a word can name a function or a type. */
    public static boolean isFunctionName(String word) {
        return !RESERVED.contains(word) && !COLUMN_ONLY.contains(word);
    }

    /** Whether a word can name a result column without AS in front. */
    public static boolean isBareLabel(String word) {
        return !NO_BARE_LABEL.contains(word);
    }

    public static boolean isReserved(String word) {
        return RESERVED.contains(word);
    }

    private static Set<String> words(String text) {
        return Set.of(text.trim().split("\\s+"));
    }
}
