package dev.merapi.api.text;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Time zones by the names PostgreSQL knows: of regions, usual abbreviations, and offsets east of Greenwich. */
public final class TimeZones {
    private static final Pattern OFFSET = Pattern.compile("([+-])(\\d{1,2})(?::?(\\d{2}))?(?::?(\\d{2}))?");

    private static final Pattern POSIX = Pattern.compile("(?:[A-Za-z]{3,})?([+-]\\d{1,2}(?::\\d{2}){0,2})");

    private static final Map<String, Integer> ABBREVIATION_HOURS = Map.ofEntries(
            Map.entry("z", 0),
            Map.entry("zulu", 0),
            Map.entry("utc", 0),
            Map.entry("ut", 0),
            Map.entry("gmt", 0),
            Map.entry("wet", 0),
            Map.entry("bst", 1),
            Map.entry("cet", 1),
            Map.entry("met", 1),
            Map.entry("west", 1),
            Map.entry("cest", 2),
            Map.entry("eet", 2),
            Map.entry("mest", 2),
            Map.entry("eest", 3),
            Map.entry("msk", 3),
            Map.entry("jst", 9),
            Map.entry("kst", 9),
            Map.entry("est", -5),
            Map.entry("edt", -4),
            Map.entry("cst", -6),
            Map.entry("cdt", -5),
            Map.entry("mst", -7),
            Map.entry("mdt", -6),
            Map.entry("pst", -8),
            Map.entry("pdt", -7),
            Map.entry("akst", -9),
            Map.entry("akdt", -8),
            Map.entry("hst", -10));

    /** Regions by their names in any case. */
    private static final Map<String, ZoneId> REGIONS = regions();

    private TimeZones() {}

    private static Map<String, ZoneId> regions() {
        Map<String, ZoneId> regions = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String id : ZoneId.getAvailableZoneIds()) {
            if (!id.startsWith("SystemV/")) {
                regions.put(id, ZoneId.of(id));
            }
        }
        return Map.copyOf(lowerCase(regions));
    }

    private static Map<String, ZoneId> lowerCase(Map<String, ZoneId> regions) {
        Map<String, ZoneId> lower = new TreeMap<>();
        regions.forEach((name, zone) -> lower.put(name.toLowerCase(Locale.ROOT), zone));
        return lower;
    }

    /**
     * Returns the zone of a name as dates and times in text use it: {@code +02} is two hours east.
     *
     * @throws CodedException INVALID_ARGUMENT for a name nobody knows
     */
    public static ZoneId of(String name) {
        String key = name.strip().toLowerCase(Locale.ROOT);
        Integer hours = ABBREVIATION_HOURS.get(key);
        if (hours != null) {
            return ZoneOffset.ofHours(hours);
        }
        ZoneId region = REGIONS.get(key);
        if (region != null) {
            return region;
        }
        Matcher matcher = OFFSET.matcher(key);
        if (matcher.matches()) {
            return offset(matcher, name);
        }
        throw new CodedException(ErrorCode.INVALID_ARGUMENT, "time zone not recognized")
                .with("zone", name)
                .hint("use a region such as Europe/Berlin, or an offset such as +02");
    }

    /**
     * Returns the zone of a name as AT TIME ZONE uses it: like {@link #of}, but offsets count west of Greenwich, as
     * POSIX has it: {@code +02} and {@code UTC+2} are two hours behind.
     *
     * @throws CodedException INVALID_ARGUMENT for a name nobody knows
     */
    public static ZoneId named(String name) {
        Matcher posix = POSIX.matcher(name.strip());
        if (!posix.matches()) {
            return of(name);
        }
        String offset = posix.group(1);
        return of((offset.startsWith("-") ? "+" : "-") + offset.replaceFirst("^[+-]", ""));
    }

    private static ZoneOffset offset(Matcher matcher, String name) {
        try {
            int hours = Integer.parseInt(matcher.group(2));
            int minutes = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
            int seconds = matcher.group(4) == null ? 0 : Integer.parseInt(matcher.group(4));
            int sign = matcher.group(1).equals("-") ? -1 : 1;
            return ZoneOffset.ofHoursMinutesSeconds(sign * hours, sign * minutes, sign * seconds);
        } catch (DateTimeException e) {
            throw new CodedException(ErrorCode.DATETIME_OUT_OF_RANGE, "time zone displacement out of range")
                    .with("zone", name)
                    .causedBy(e);
        }
    }

    /**
     * Returns the instant of a local time. A time that the clock skips or shows twice is taken as standard time, as
     * PostgreSQL does.
     */
    public static Instant instant(LocalDateTime local, ZoneId zone) {
        return local.atZone(zone).withLaterOffsetAtOverlap().toInstant();
    }
}
